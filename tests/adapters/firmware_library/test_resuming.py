"""A download that broke off goes on where it stopped, and never with the wrong bytes."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import msgspec
import pytest
from lovhe.core.errors import UnavailableError

from tests.adapters.firmware_library.conftest import IMAGE, NAME, PATH, Fetching, assert_whole
from tests.firmware_files import images_toml, micropython_release
from tests.firmware_server import (
    WebServer,
    hold,
    status,
    whole,
)


def test_a_download_that_breaks_off_goes_on_where_it_stopped(fetching: Fetching, web: WebServer) -> None:
    """Three cuts: each request begins where the last one ended, and no byte goes out twice."""
    web.serve(PATH, *(whole(IMAGE, cut_after=50_000) for _ in range(3)), whole(IMAGE))
    fetching.fetch()
    assert_whole(fetching)
    assert [asked.range for asked in web.asked] == ["", "bytes=50000-", "bytes=100000-", "bytes=150000-"]
    assert sum(asked.sent for asked in web.asked) == len(IMAGE)
    assert len(fetching.told) == 3
    assert all("broke off" in reason for reason in fetching.told)


def test_what_has_arrived_is_kept_for_another_day(fetching: Fetching, web: WebServer) -> None:
    """When all attempts have failed the part stays, and the next fetch asks for the rest alone."""
    web.serve(PATH, whole(IMAGE, cut_after=50_000), status(503))
    assert "503" in fetching.refused(UnavailableError)
    assert fetching.lying == {f"{NAME}.part", f"{NAME}.part.json"}
    web.serve(PATH, whole(IMAGE))
    fetching.fetch()
    assert_whole(fetching)
    assert web.asked[-1].range == "bytes=50000-"
    assert web.asked[-1].sent == len(IMAGE) - 50_000


def test_a_part_that_is_whole_already_is_not_asked_for(fetching: Fetching, web: WebServer) -> None:
    """Cut off between the last byte and the new name, the rest happens without the net."""
    web.serve(PATH, whole(IMAGE))
    fetching.folder.mkdir()
    part = fetching.folder / f"{NAME}.part"
    part.write_bytes(IMAGE)
    state = {"url": fetching.release.url, "validator": '"1"', "total": len(IMAGE)}
    part.with_name(f"{NAME}.part.json").write_bytes(msgspec.json.encode(state))
    fetching.fetch()
    assert_whole(fetching)
    assert web.asked == []


def test_a_server_that_cannot_go_on_starts_anew(fetching: Fetching, web: WebServer) -> None:
    """It ignores Range and sends the whole with 200: the part is dropped, not added to."""
    web.serve(PATH, whole(IMAGE, ranges=False, cut_after=50_000), whole(IMAGE, ranges=False))
    fetching.fetch()
    assert_whole(fetching)
    assert web.asked[1].range == "bytes=50000-"


def test_two_versions_of_a_file_are_never_mixed(fetching: Fetching, web: WebServer) -> None:
    """Its ETag has changed since: If-Range makes the server send all of the new one."""
    other = micropython_release(size=220_000)
    web.serve(PATH, whole(other, '"old"', cut_after=50_000), whole(IMAGE, '"new"'))
    fetching.fetch()
    assert_whole(fetching)
    assert web.asked[1].if_range == '"old"'


def test_without_a_mark_of_its_version_a_part_is_not_trusted(fetching: Fetching, web: WebServer) -> None:
    """No ETag and no date: nobody can say that the rest belongs to it."""
    web.serve(PATH, whole(IMAGE, "", cut_after=50_000), whole(IMAGE, ""))
    fetching.fetch()
    assert_whole(fetching)
    assert [asked.range for asked in web.asked] == ["", ""]


def test_a_rest_that_does_not_fit_is_fetched_from_the_beginning(fetching: Fetching, web: WebServer) -> None:
    """A power cut has left rubbish in the part; the whole is found damaged, and is fetched once more, all of it."""
    web.serve(PATH, whole(IMAGE))
    fetching.folder.mkdir()
    part = fetching.folder / f"{NAME}.part"
    part.write_bytes(IMAGE[:70_000] + bytes(10_000))
    state = {"url": fetching.release.url, "validator": '"1"', "total": len(IMAGE)}
    part.with_name(f"{NAME}.part.json").write_bytes(msgspec.json.encode(state))
    fetching.fetch()
    assert_whole(fetching)
    assert [asked.range for asked in web.asked] == ["bytes=80000-", ""]
    assert "damaged" in fetching.told[0]


@pytest.mark.parametrize(
    "state", [b"", b"{", b'{"url":"https://elsewhere/x.bin","validator":"\\"1\\"","total":9}', b'{"url":5}', b"\xff\xfe"]
)
def test_a_part_of_something_else_is_dropped(fetching: Fetching, web: WebServer, state: bytes) -> None:
    """What stands beside it is broken, or of another address."""
    web.serve(PATH, whole(IMAGE))
    fetching.folder.mkdir()
    (fetching.folder / f"{NAME}.part").write_bytes(b"\xe9 something else")
    (fetching.folder / f"{NAME}.part.json").write_bytes(state)
    fetching.fetch()
    assert_whole(fetching)
    assert [asked.range for asked in web.asked] == [""]


def test_a_part_longer_than_the_file_begins_anew(fetching: Fetching, web: WebServer) -> None:
    """The server answers 416: what is here cannot be a part of what is there."""
    web.serve(PATH, whole(IMAGE))
    fetching.folder.mkdir()
    part = fetching.folder / f"{NAME}.part"
    part.write_bytes(IMAGE + bytes(1000))
    part.with_name(f"{NAME}.part.json").write_bytes(msgspec.json.encode({"url": fetching.release.url, "validator": '"1"', "total": 0}))
    fetching.fetch()
    assert_whole(fetching)
    assert [asked.range for asked in web.asked] == [f"bytes={len(IMAGE) + 1000}-", ""]


SCRIPT = """
import sys
from pathlib import Path
from lovhe.adapters.firmware_library.fetching import FirmwareFetcher
from lovhe.adapters.firmware_library.reading import read_releases
from lovhe.adapters.firmware_library.store import FirmwareStore
releases = read_releases(Path(sys.argv[1]))
FirmwareFetcher(FirmwareStore(Path(sys.argv[2]), releases)).fetch(releases[0], lambda *now: None, print)
"""


def test_a_killed_download_goes_on_where_it_was(fetching: Fetching, web: WebServer, tmp_path: Path) -> None:
    """kill -9 in the middle, as a power cut: the next fetch asks for the rest, and no byte that was on the disk comes again."""
    web.serve(PATH, whole(IMAGE, cut_after=120_000, then=hold), whole(IMAGE))
    images = tmp_path / "images.toml"
    images.write_text(images_toml(fetching.release))
    process = subprocess.Popen([sys.executable, "-c", SCRIPT, str(images), str(fetching.folder)])
    part = fetching.folder / f"{NAME}.part"
    deadline = time.monotonic() + 60
    while not web.asked:
        assert time.monotonic() < deadline, "nobody asked"
        time.sleep(0.01)
    deadline = time.monotonic() + 15  # less than the silence after which it would be written anyhow
    while not (part.exists() and part.stat().st_size == 120_000):
        assert time.monotonic() < deadline, "the first part did not arrive"
        time.sleep(0.01)
    process.kill()
    assert process.wait(60) != 0
    assert fetching.store.images() == []
    fetching.fetch()
    assert_whole(fetching)
    assert web.asked[1].range == "bytes=120000-"
    assert sum(asked.sent for asked in web.asked) == len(IMAGE)
