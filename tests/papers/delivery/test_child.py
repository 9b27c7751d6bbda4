"""The child may look at one file, and has little memory, little time and no disk."""

import resource
import socket
import subprocess
import sys

import pytest

from papers.delivery import child, standby
from tests.papers import makers

CONFINED = "from papers.delivery import child; child.confine(cpu_seconds=20, largest_file=0); "


def outcome(code: str) -> int:
    return subprocess.run([sys.executable, "-c", CONFINED + code], cwd=child.ROOT, capture_output=True).returncode


def test_it_does_what_it_is_for():
    assert outcome("print('ja')") == 0


@pytest.mark.asvs("15.2.2")
@pytest.mark.parametrize(
    "code",
    [
        "bytearray(2 * 1024**3)",
        "import tempfile; file = tempfile.TemporaryFile(); file.write(b'x' * 10_000); file.flush()",
        "import socket; [socket.socket() for _ in range(100)]",
        "import socket; socket.create_connection(('127.0.0.1', {port}), 2)",
    ],
)
def test_it_cannot_take_what_it_does_not_need(code):
    with socket.create_server(("127.0.0.1", 0)) as listening:
        assert outcome(code.format(port=listening.getsockname()[1])) != 0


def test_without_a_place_of_its_own_it_still_works(monkeypatch):
    """A container may forbid namespaces; then the network is that of the web process."""
    forbidden = "child.ctypes.CDLL = lambda *_, **__: type('System', (), {'prctl': min, 'unshare': lambda *_: -1})(); "
    code = forbidden + "import sys; sys.exit(child.leave_the_network())"
    command = [sys.executable, "-c", f"from papers.delivery import child; {code}"]
    assert subprocess.run(command, cwd=child.ROOT).returncode == 0


@pytest.mark.asvs("15.2.2")
def test_it_does_not_think_for_ever():
    code = "import resource; resource.setrlimit(resource.RLIMIT_CPU, (1, 1))\nwhile True: pass"
    assert child.CPU_SECONDS["inspect"] < 5
    assert child.CPU_SECONDS["pages"] <= 20
    assert outcome(code) < 0


def test_it_knows_no_secrets(tmp_path, monkeypatch):
    """Neither the settings nor the environment: no key and no database to be found in its memory."""
    code = "import sys, papers.delivery.inspection, papers.delivery.rasters; sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=child.ROOT).returncode == 0
    seen, start = {}, subprocess.Popen

    def look(command, **options):
        seen.update(options["env"])
        return start(command, **options)

    monkeypatch.setattr(child.subprocess, "Popen", look)
    path = tmp_path / "a"
    path.write_bytes(makers.pdf())
    child.run("inspect", str(path))
    assert sorted(seen) == ["PATH", "PYTHONDONTWRITEBYTECODE", "PYTHONUTF8"]


def test_one_waits_with_its_libraries_read_and_is_taken_once(tmp_path):
    standby.dismiss()
    path = tmp_path / "a"
    path.write_bytes(makers.pdf(2, text="Verslag"))
    for number in ("1", "2"):
        (page,) = standby.run("page", str(path), "application/pdf", str(tmp_path), number, number)
        assert page["text"] == f"Verslag {number}"
    (waiting,) = standby._waiting
    waiting.kill()
    waiting.wait()
    assert standby.run("inspect", str(path)), "one that died while it waited is passed over"
    (waiting,) = standby._waiting
    standby.dismiss()
    assert waiting.returncode is not None


def test_a_file_that_is_gone_is_no_riddle(tmp_path):
    with pytest.raises(child.ChildFailed, match="exit 1"):
        child.run("inspect", str(tmp_path / "weg"))


def test_the_parent_keeps_its_own_limits(tmp_path):
    before = resource.getrlimit(resource.RLIMIT_AS)
    path = tmp_path / "a"
    path.write_bytes(makers.pdf())
    assert child.run("inspect", str(path)) == [{"content_type": "application/pdf", "page_count": 1}]
    assert resource.getrlimit(resource.RLIMIT_AS) == before
