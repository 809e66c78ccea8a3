"""btree: entries in order, kept in a file, with the documented API."""

from __future__ import annotations

from pathlib import Path

from tests.virtual.guest_harness import last_line, run_programs


def test_entries_outlive_close_and_come_in_order(tmp_path: Path) -> None:
    """What was put, changed and deleted is in the file as it was when the database was closed."""
    write = """
import btree
with open('data', 'w+b') as f:
    db = btree.open(f)
    for key in ('c', 'a', 'd', 'b'): db[key] = key * 3
    del db[b'd']
    db['a'] = '1'
    db.close()
"""
    read = """
import btree
with open('data', 'r+b') as f:
    db = btree.open(f)
    print(list(db.items()), db.get('z', 0), b'b' in db)
    print(list(db.keys('b')), list(db.keys('a', 'b')), list(db.values('a', 'b', btree.INCL)), list(db.keys('b', None, btree.DESC)))
    try: db['z']
    except KeyError: print('KeyError')
"""
    (_, wrong), (out, err) = run_programs(tmp_path, write, read)
    assert (wrong, err) == ("", "")
    assert out == ("[(b'a', b'1'), (b'b', b'bbb'), (b'c', b'ccc')] 0 True\n[b'b', b'c'] [b'a'] [b'1', b'bbb'] [b'b', b'a']\nKeyError\n")


def test_a_closed_database_says_so(tmp_path: Path) -> None:
    """As on the chip, with its words."""
    ((_, err),) = run_programs(tmp_path, "import btree, io\ndb = btree.open(io.BytesIO())\ndb.close()\ndb['a']")
    assert last_line(err) == "ValueError: database closed"
