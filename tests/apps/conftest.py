"""Every test of the front ends has a data folder of its own and fresh catalogues."""

from __future__ import annotations

import importlib.util
import logging
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from lovhe.apps import wiring
from lovhe.apps.cli.main import main
from lovhe.apps.language import use_language

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(scope="session", autouse=True)
def _catalogues() -> None:
    """The .mo files of this checkout, as the build makes them."""
    spec = importlib.util.spec_from_file_location("hatch_build", ROOT / "desktop_app" / "hatch_build.py")
    assert spec is not None
    assert spec.loader is not None
    hatch_build = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(hatch_build)
    hatch_build.compile_catalogues()


@pytest.fixture(autouse=True)
def data_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder for results and logs; language and log handlers are put back afterwards."""
    folder = tmp_path / "data"
    monkeypatch.setenv("LOVHE_DATA_DIR", str(folder))
    monkeypatch.setenv("LANGUAGE", "en")
    monkeypatch.setenv("LOVHE_RUNTIME_DIR", str(tmp_path / "run"))
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    use_language("en")
    handlers = logging.getLogger().handlers[:]
    yield folder
    if (folder / "lessons").exists():  # the next test's kit must not hold what this one has installed
        wiring.kit.cache_clear()
    logging.captureWarnings(False)
    for handler in logging.getLogger().handlers[:]:
        if handler not in handlers:
            logging.getLogger().removeHandler(handler)
            handler.close()
    use_language("en")


@pytest.fixture
def command(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., tuple[str, str]]:
    """The command line on a PC without real boards: checks the exit code `code`, and gives what a command printed and said."""
    monkeypatch.setattr("serial.tools.list_ports.comports", list)

    def run_command(*words: str, code: int = 0) -> tuple[str, str]:
        capsys.readouterr()
        ended = main([*words, "--lang", "en"])
        out, said = capsys.readouterr()
        assert ended == code, said + out
        assert "Traceback" not in out + said
        return out, said

    return run_command
