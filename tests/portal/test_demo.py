"""`make demo`: the real processes, started, watched over and stopped."""

import os
import re
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
from django.conf import settings

PATIENCE = 90


class Demo:
    """A demo in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        inherited = {
            name: value
            for name, value in os.environ.items()
            if name not in ("DATABASE_URL", "REDIS_URL", "CLAMD_ADDRESS", "CLAMD_SIGNATURES", "DJANGO_SETTINGS_MODULE")
        }
        self.process = subprocess.Popen(
            [sys.executable, "-m", "portal.demo"],
            env=inherited | {"DEMO_FOLDER": str(folder), "STATIC_ROOT": str(folder / "static"), "PORT": "8100"},
            cwd=settings.BASE_DIR,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.said: list[str] = []

    def says(self, what: str) -> re.Match[str]:
        """Read until it says this."""
        assert self.process.stdout
        for line in self.process.stdout:
            self.said.append(line)
            if found := re.search(what, line):
                return found
        raise AssertionError(f"{what!r} was never said in: {''.join(self.said)}")

    def helpers(self) -> dict[int, str]:
        """Return the processes that work for it, by their command."""
        found = {}
        for process in Path("/proc").glob("[0-9]*"):
            try:
                command = (process / "cmdline").read_bytes().replace(b"\0", b" ").decode()
                environment = (process / "environ").read_bytes().decode(errors="replace")
            except (FileNotFoundError, ProcessLookupError, PermissionError):
                continue
            if str(self.folder) in command + environment and int(process.name) != self.process.pid:
                found[int(process.name)] = command
        return found

    def wait_until_gone(self) -> None:
        deadline = time.monotonic() + 30
        while self.helpers() and time.monotonic() < deadline:
            time.sleep(0.1)
        assert self.helpers() == {}


@pytest.fixture
def folder(tmp_path):
    yield tmp_path / "demo"
    shutil.rmtree(tmp_path, ignore_errors=True)


def read(address: str) -> str:
    with urllib.request.urlopen(address, timeout=20) as response:
        return response.read().decode()


def test_the_demo_starts_mends_itself_keeps_its_data_and_stops(folder):
    demo = Demo(folder)
    address = demo.says(r"staat op (http://localhost:\d+)")[1]
    demo.says("Stoppen: Ctrl-C")
    assert "Machtigingen voor revalidatie" in read(address)
    assert 'name="csrfmiddlewaretoken"' in read(f"{address}/aanvragen/")

    web = next(pid for pid, command in demo.helpers().items() if "granian" in command)
    os.kill(web, signal.SIGKILL)
    demo.says("web was weg")
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        try:
            assert read(address)
            break
        except OSError:
            time.sleep(0.2)

    demo.process.send_signal(signal.SIGINT)
    demo.says("De demo stopt")
    assert demo.process.wait(PATIENCE) == 0
    demo.process.communicate()
    demo.wait_until_gone()
    assert (folder / "wereld").exists()

    again = Demo(folder)
    again.says("staat op")
    assert not any("Verzonnen mensen" in line for line in again.said)
    again.process.kill()
    again.process.communicate()
    again.wait_until_gone()
