"""Firmware from the net, against a real web server that does what servers and networks do."""

from __future__ import annotations

import hashlib
import tempfile
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lovhe.adapters.firmware_library.connection import RefusedError, UnreachableError
from lovhe.adapters.firmware_library.fetching import FirmwareFetcher
from lovhe.core.errors import ImageError, LovheError, UnavailableError

from tests.adapters.firmware_library.conftest import IMAGE, NAME, PATH, QUICK, Fetching, assert_whole
from tests.firmware_files import micropython_release
from tests.firmware_server import (
    Answer,
    Asked,
    Handler,
    WebServer,
    hold,
    page,
    promising,
    redirect,
    status,
    trickle,
    web_server,
    whole,
    without_length,
)


def test_a_release_is_fetched_checked_and_remembered(fetching: Fetching, web: WebServer) -> None:
    """One request; progress ends at the size that was promised."""
    web.serve(PATH, whole(IMAGE))
    assert fetching.fetch().ok
    assert_whole(fetching)
    assert fetching.progress[-1] == (len(IMAGE), len(IMAGE))
    assert len(web.asked) == 1


def test_a_redirect_is_followed_to_another_server(fetching: Fetching, web: WebServer) -> None:
    """Another host and port, a relative one on the way; the rest of a broken download comes from there too."""
    with web_server() as other:
        elsewhere = other.serve("/mirror/firmware.bin", whole(IMAGE, cut_after=50_000), whole(IMAGE))
        web.serve("/moved", redirect(elsewhere.replace("127.0.0.1", "localhost"), 307))
        web.serve(PATH, redirect("/moved", 301))
        fetching.fetch()
        assert [asked.range for asked in other.asked] == ["", "bytes=50000-"]
    assert_whole(fetching)


def test_redirects_without_an_end_are_left(fetching: Fetching, web: WebServer) -> None:
    """Two addresses that send to each other are asked a few times, once."""
    web.serve(PATH, redirect("/back"))
    web.serve("/back", redirect(PATH))
    assert "without an end" in fetching.refused(RefusedError)
    assert len(web.asked) == QUICK.redirects + 1


@pytest.mark.parametrize("address", ["file:///etc/passwd", "ftp://127.0.0.1/x.bin", "//", "http://"])
def test_a_redirect_to_what_is_no_web_address_is_refused(fetching: Fetching, web: WebServer, address: str) -> None:
    """The server cannot make the kit read this PC's files."""
    web.serve(PATH, redirect(address))
    fetching.refused(UnavailableError)
    assert fetching.lying <= {f"{NAME}.part"}


def test_the_server_decides_no_name_and_no_place(fetching: Fetching, web: WebServer) -> None:
    """What it says of a file name, in its address or in a header, is not looked at."""
    web.serve("/..%2F..%2Fevil.bin", whole(IMAGE, Content_Disposition='attachment; filename="../../evil.bin"'))
    web.serve(PATH, redirect("/..%2F..%2Fevil.bin"))
    fetching.fetch()
    assert_whole(fetching)
    assert {path.name for path in fetching.folder.parent.iterdir()} == {"firmware"}


def test_a_file_that_is_gone_is_not_asked_for_again(fetching: Fetching, web: WebServer) -> None:
    """404 is an answer: the address is named, and what can be done."""
    web.serve(PATH, status(404))
    said = fetching.refused(RefusedError)
    assert fetching.release.url in said
    assert "lovhe firmware add" in said
    assert len(web.asked) == 1


def test_a_server_in_trouble_is_asked_again(fetching: Fetching, web: WebServer) -> None:
    """500 once, then well; the reason is told."""
    web.serve(PATH, status(500), whole(IMAGE))
    fetching.fetch()
    assert_whole(fetching)
    assert "500" in fetching.told[0]


def test_a_server_that_stays_in_trouble_is_left(fetching: Fetching, web: WebServer) -> None:
    """After five attempts the last reason stands in the error."""
    web.serve(PATH, status(502))
    assert "502" in fetching.refused(UnavailableError)
    assert len(web.asked) == QUICK.tries


def test_a_line_that_breaks_after_a_few_bytes_is_left(fetching: Fetching, web: WebServer) -> None:
    """Two bytes an attempt are progress of a kind; it would take a hundred thousand attempts."""
    web.serve(PATH, whole(IMAGE, cut_after=2))
    assert "broke off" in fetching.refused(UnavailableError)
    assert len(web.asked) == QUICK.tries


def test_a_log_in_page_is_no_firmware(fetching: Fetching, web: WebServer) -> None:
    """HTML with 200 is told as what it most likely is; nothing of it stays."""
    web.serve(PATH, page())
    assert "log in" in fetching.refused(RefusedError)
    assert len(web.asked) == 1
    assert fetching.lying == set()


def test_other_content_is_refused_at_its_first_byte(fetching: Fetching, web: WebServer) -> None:
    """A ZIP of two MB is left after the first piece."""
    web.serve(PATH, whole(b"PK\x03\x04" + bytes(1_900_000)))
    assert "no firmware" in fetching.refused(RefusedError)
    assert fetching.lying == set()


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (micropython_release("esp32s3"), "esp32s3"),
        (micropython_release("esp32", "1.25.0"), "1.25.0"),
        (IMAGE[:100_000] + b"!" + IMAGE[100_001:], "damaged"),
        (IMAGE[:-40], "cut off"),
        (b"\xe9" + bytes(5000), "not a firmware"),
    ],
    ids=["chip", "version", "damaged", "short", "other"],
)
def test_what_came_is_looked_into(fetching: Fetching, web: WebServer, content: bytes, word: str) -> None:
    """Another chip's image, another version's, a damaged or short one: named so, and not kept."""
    web.serve(PATH, whole(content))
    assert word in fetching.refused(ImageError)
    assert fetching.lying == set()


def test_a_known_hash_is_held_to(tmp_path: Path, web: WebServer) -> None:
    """A sound image of the right chip and version that is not the released file is refused; the released one is kept."""
    url = web.serve(PATH, whole(micropython_release(size=220_000)))
    fetching = Fetching(tmp_path / "firmware", url, hashlib.sha256(IMAGE).hexdigest())
    assert "SHA-256" in fetching.refused(ImageError)
    assert fetching.lying == set()
    web.serve(PATH, whole(IMAGE))
    assert fetching.fetch().as_released
    assert_whole(fetching)


def test_a_size_beyond_all_firmware_is_refused_before_a_byte_is_kept(fetching: Fetching, web: WebServer) -> None:
    """Ten GB are promised."""
    web.serve(PATH, promising(10 << 30, IMAGE))
    assert "10240 MB" in fetching.refused(RefusedError)
    assert fetching.lying == set()


def test_a_file_without_an_end_does_not_fill_the_disk(fetching: Fetching, web: WebServer) -> None:
    """Without a promised size, what arrives is counted."""
    web.serve(PATH, without_length(IMAGE, 1000))
    fetching.refused(RefusedError)
    assert fetching.lying == set()
    assert web.asked[0].sent < 50 << 20


def test_a_file_of_unknown_size_is_fetched_too(fetching: Fetching, web: WebServer) -> None:
    """The end of the connection is its end, and the image itself says whether it is whole."""
    web.serve(PATH, without_length(IMAGE, 1))
    fetching.fetch()
    assert_whole(fetching)
    assert fetching.progress[-1] == (len(IMAGE), 0)


def test_a_promise_that_is_not_kept_is_a_broken_connection(fetching: Fetching, web: WebServer) -> None:
    """More was promised than came: it is tried again, from there."""
    web.serve(PATH, promising(len(IMAGE), IMAGE[:60_000]), whole(IMAGE))
    fetching.fetch()
    assert_whole(fetching)
    assert web.asked[1].range == "bytes=60000-"


def test_a_server_that_falls_silent_is_left(fetching: Fetching, web: WebServer) -> None:
    """It holds the connection and sends no more: after the time for silence the next attempt takes the rest."""
    web.serve(PATH, whole(IMAGE, cut_after=50_000, then=hold), whole(IMAGE))
    fetching.fetch(msgspec.structs.replace(QUICK, silence_s=0.2))
    assert_whole(fetching)
    assert "fallen silent" in fetching.told[0]


def test_a_trickle_is_left_too(fetching: Fetching, web: WebServer) -> None:
    """A byte now and then is no silence, and would take a day; it ends with a sentence."""
    web.serve(PATH, trickle(IMAGE))
    limits = msgspec.structs.replace(QUICK, window_s=0.2, tries=1)
    assert "Hardly anything arrives" in fetching.refused(UnavailableError, limits)


def test_no_way_to_the_server_says_what_to_do(tmp_path: Path) -> None:
    """Nobody listens there: the sentence speaks of internet, of another computer and of a USB stick."""
    fetching = Fetching(tmp_path / "firmware", "http://127.0.0.1:1/x.bin")
    said = fetching.refused(UnreachableError)
    for word in ("127.0.0.1:1", "internet", "USB stick", "lovhe firmware add"):
        assert word in said
    assert len(fetching.told) == QUICK.tries_to_connect - 1


def test_an_unknown_host_is_no_way_either(tmp_path: Path) -> None:
    """Without internet no name is found."""
    fetching = Fetching(tmp_path / "firmware", "http://no-such-host.invalid/x.bin")
    assert "no-such-host.invalid" in fetching.refused(UnreachableError)


def test_a_release_without_an_address_names_its_page(tmp_path: Path) -> None:
    """Where the exact file is not known, nobody is asked for it."""
    assert "https://micropython.org/download/ESP32_GENERIC/" in Fetching(tmp_path, "").refused(UnavailableError)


def test_a_file_is_fetched_by_one_program_at_a_time(fetching: Fetching, web: WebServer) -> None:
    """While another one holds the part, the second says so and touches nothing."""
    from lovhe.adapters.firmware_library.index import locked

    fetching.folder.mkdir()
    with locked(fetching.folder / f"{NAME}.part.lock", 0):
        assert "Another lovhe" in fetching.refused(UnavailableError)
    assert web.asked == []


def test_a_changed_file_is_replaced_by_a_fetched_one(fetching: Fetching, web: WebServer) -> None:
    """It is not taken for being here, and afterwards it is sound again."""
    web.serve(PATH, whole(IMAGE))
    fetching.fetch()
    fetcher = FirmwareFetcher(fetching.store, QUICK)
    assert fetcher.is_here(fetching.release)
    (fetching.folder / NAME).write_bytes(micropython_release(size=220_000))
    assert fetcher.is_here(fetching.release) is None
    fetching.fetch()
    assert_whole(fetching)
    assert fetcher.is_here(fetching.release)


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path, web: WebServer) -> None:
    """A file stands where the folder should be."""
    (tmp_path / "firmware").write_bytes(b"")
    fetching = Fetching(tmp_path / "firmware", web.serve(PATH, whole(IMAGE)))
    assert "cannot be written" in fetching.refused(UnavailableError)


ANSWERS = st.one_of(
    st.builds(
        lambda cut, etag: whole(IMAGE, etag, cut_after=cut), st.integers(0, len(IMAGE)), st.sampled_from(['"1"', '"2"', 'W/"3"', ""])
    ),
    st.builds(lambda cut: whole(IMAGE, ranges=False, cut_after=cut), st.integers(0, len(IMAGE))),
    st.builds(lambda cut, size: whole(IMAGE[:size], cut_after=cut), st.integers(0, len(IMAGE)), st.integers(0, len(IMAGE))),
    st.builds(lambda at: whole(IMAGE[:at] + b"?" + IMAGE[at + 1 :]), st.integers(0xF100, len(IMAGE) - 1)),
    st.builds(lambda size: promising(size, IMAGE), st.integers(0, 2 * len(IMAGE))),
    st.sampled_from([status(500), status(429), status(404), status(416), page(), redirect(PATH), without_length(IMAGE, 2)]),
    st.just(lambda handler, asked: handler.body(asked, b"no HTTP at all\r\n")),
    st.just(lambda handler, asked: handler.head(206, 5, Content_Range="bytes 7-11/12", ETag='"1"')),
)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(ANSWERS, min_size=1, max_size=6))
def test_whatever_a_server_does_only_the_release_gets_its_name(answers: list[Answer]) -> None:
    """Any series of answers: the very file or a sentence, and after both an honest server is enough."""
    limits = msgspec.structs.replace(QUICK, pause_s=0, silence_s=2)
    with tempfile.TemporaryDirectory() as folder, web_server() as web:
        fetching = Fetching(Path(folder) / "firmware", web.serve(PATH, *answers), hashlib.sha256(IMAGE).hexdigest())
        try:
            fetching.fetch(limits)
        except LovheError:
            assert NAME not in fetching.lying
            web.serve(PATH, whole(IMAGE, '"last"'))
            fetching.fetch(limits)
        assert_whole(fetching)


def test_a_server_that_sends_on_to_no_address_is_refused(fetching: Fetching, web: WebServer) -> None:
    """It may say anything there."""
    web.serve(PATH, redirect("http://["))
    assert "http://[" in fetching.refused(RefusedError)


def test_a_length_of_thousands_of_digits_is_no_length(fetching: Fetching, web: WebServer) -> None:
    """Python refuses to read such a number; what comes is looked at all the same."""

    def answer(handler: Handler, asked: Asked) -> None:
        handler.head(200, None, Content_Length="9" * 5000)
        handler.body(asked, b"<html>")

    web.serve(PATH, answer)
    assert "a web page instead" in fetching.refused(RefusedError)
