"""One user's folder, a release, and a real web server that does what servers and networks do."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from lovhe.adapters.firmware_library.connection import Limits
from lovhe.adapters.firmware_library.fetching import FirmwareFetcher
from lovhe.adapters.firmware_library.store import FirmwareStore
from lovhe.core.errors import LovheError
from lovhe.core.firmware.releases import Release, StoredImage

from tests.firmware_files import micropython_release
from tests.firmware_server import (
    WebServer,
    web_server,
)

PATH = "/resources/firmware/ESP32_GENERIC-20250911-v1.26.1.bin"
NAME = "ESP32_GENERIC-20250911-v1.26.1.bin"
IMAGE = micropython_release()
QUICK = Limits(pause_s=0.01, connect_s=5, silence_s=5, most_bytes=2 << 20)


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """The server is on this PC."""
    for name in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def web() -> Iterator[WebServer]:
    """A web server on this PC."""
    with web_server() as server:
        yield server


class Fetching:
    """One user's folder, and the release that is fetched into it; what was told is kept."""

    def __init__(self, folder: Path, url: str, sha256: str = "") -> None:
        self.folder = folder
        self.release = Release(
            board="ESP32_GENERIC",
            chip="esp32",
            version="1.26.1",
            offset=0x1000,
            file="ESP32_GENERIC-*-v1.26.1.bin",
            page="https://micropython.org/download/ESP32_GENERIC/",
            url=url,
            sha256=sha256,
        )
        self.store = FirmwareStore(folder, [self.release])
        self.told: list[str] = []
        self.progress: list[tuple[int, int]] = []

    def fetch(self, limits: Limits = QUICK) -> StoredImage:
        return FirmwareFetcher(self.store, limits).fetch(
            self.release, lambda *now: self.progress.append(now), lambda text: self.told.append(str(text))
        )

    def refused(self, kind: type[LovheError], limits: Limits = QUICK) -> str:
        with pytest.raises(kind) as caught:
            self.fetch(limits)
        return str(caught.value)

    @property
    def lying(self) -> set[str]:
        """The files in the folder that a user would see as firmware or as its remains."""
        return {path.name for path in self.folder.glob("*") if not path.name.endswith(".lock")}


@pytest.fixture
def fetching(tmp_path: Path, web: WebServer) -> Fetching:
    """The release at the server's usual place."""
    return Fetching(tmp_path / "firmware", web.address + PATH)


def assert_whole(fetching: Fetching) -> None:
    """The release lies in the folder, is remembered, and nothing of the download is left."""
    assert fetching.lying == {NAME, "index.json"}
    assert (fetching.folder / NAME).read_bytes() == IMAGE
    [image] = fetching.store.images()
    assert (image.state, image.sha256) == ("ok", hashlib.sha256(IMAGE).hexdigest())
    assert (image.chip, image.program, image.origin) == ("esp32", "MicroPython 1.26.1", fetching.release.url)
