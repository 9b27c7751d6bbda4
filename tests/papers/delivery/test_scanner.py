"""Only one answer of the scanner means clean; whatever else it does, is no answer, in time."""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from papers.delivery import scanner
from papers.delivery.scanner import Outcome, Verdict
from portal import embedded, virus_scanner
from tests.papers import fake_clamd, makers


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    path = tmp_path / "brief.pdf"
    path.write_bytes(makers.pdf())
    return path


@pytest.fixture
def fake(settings, tmp_path) -> Iterator[Callable[..., None]]:
    """Put a scanner that misbehaves in the place of the real one."""
    running = []

    def start(way: str, address: str = "") -> None:
        settings.CLAMD_ADDRESS = address or str(tmp_path / "nep")
        command = [sys.executable, fake_clamd.__file__, settings.CLAMD_ADDRESS, way]
        running.append(subprocess.Popen(command, stdout=subprocess.PIPE, text=True))
        assert running[-1].stdout.readline() == "ready\n"

    yield start
    for process in running:
        process.kill()
        process.communicate()


# The real one, with our own signature.


def test_a_clean_file_is_clean(letter):
    assert scanner.scan(letter, patience=30) == Verdict(Outcome.CLEAN, "clamd")


@pytest.mark.asvs("5.4.3")
@pytest.mark.parametrize("before", [b"", b"%PDF-1.7\n", bytes(scanner.CHUNK - 20), bytes(3 * scanner.CHUNK)])
def test_the_test_virus_is_found_wherever_it_stands(tmp_path, before):
    path = tmp_path / "brief.pdf"
    path.write_bytes(before + virus_scanner.EICAR)
    assert scanner.scan(path, patience=30) == Verdict(Outcome.INFECTED, "clamd", "Portaal.Test.EICAR.UNOFFICIAL")


def test_more_than_it_takes_is_no_answer(tmp_path):
    path = tmp_path / "groot.pdf"
    with path.open("wb") as file:
        file.truncate(111 * 1024 * 1024)
    assert scanner.scan(path, patience=30).outcome is Outcome.UNKNOWN


def test_a_file_within_our_limit_is_read_to_its_end(tmp_path):
    path = tmp_path / "groot.pdf"
    with path.open("wb") as file:
        file.truncate(25 * 1024 * 1024 - 100)
        file.seek(0, 2)
        file.write(virus_scanner.EICAR)
    assert scanner.scan(path, patience=30).outcome is Outcome.INFECTED


def test_it_says_who_it_is():
    assert scanner.version().startswith("ClamAV ")


def test_its_only_signature_is_the_test_virus():
    assert virus_scanner.SIGNATURE.count("\n") == 1


def test_a_missing_scanner_is_told_with_what_to_do(monkeypatch, tmp_path):
    monkeypatch.setattr(virus_scanner, "binary", lambda: None)
    with pytest.raises(embedded.NotStarted, match="apt-get install -y --no-install-recommends clamav-daemon"):
        virus_scanner.Clamd(tmp_path / "clamd").start()


# One that misbehaves.


@pytest.mark.asvs("5.4.3")
@pytest.mark.parametrize(
    "way",
    [
        *(way for way in fake_clamd.ANSWERS if way not in ("ok", "virus")),
        *("reset", "hangs_up_early_ok", "hangs_up_early_limit"),
    ],
)
def test_any_other_answer_is_none(fake, letter, way):
    fake(way)
    assert scanner.scan(letter, patience=10).outcome is Outcome.UNKNOWN


def test_an_answer_before_it_heard_everything_is_none(fake, tmp_path):
    path = tmp_path / "groot.pdf"
    path.write_bytes(bytes(8 * 1024 * 1024))
    fake("hangs_up_early_ok")
    assert scanner.scan(path, patience=10).outcome is Outcome.UNKNOWN


@pytest.mark.parametrize("way", ["hangs", "reads_and_hangs", "drips"])
@pytest.mark.parametrize("size", [1000, 8 * 1024 * 1024])
def test_nobody_waits_longer_than_was_agreed(fake, tmp_path, way, size):
    path = tmp_path / "brief.pdf"
    path.write_bytes(bytes(size))
    fake(way)
    began = time.monotonic()
    assert scanner.scan(path, patience=1) == Verdict(Outcome.UNKNOWN, reason="TimeoutError")
    assert time.monotonic() - began < 2


@pytest.mark.asvs("5.4.3")
@pytest.mark.parametrize("address", ["/nergens/clamd", "127.0.0.1:1"])
def test_an_absent_scanner_is_no_answer(settings, letter, address):
    settings.CLAMD_ADDRESS = address
    assert scanner.scan(letter, patience=2).outcome is Outcome.UNKNOWN


def test_a_slow_answer_in_time_counts(fake, letter):
    fake("slow_but_sure")
    assert scanner.scan(letter, patience=10).outcome is Outcome.CLEAN


def test_it_is_reached_over_tcp_too(fake, letter):
    fake("virus", f"127.0.0.1:{embedded.free_port()}")
    assert scanner.scan(letter, patience=10) == Verdict(Outcome.INFECTED, "clamd", "Win.Test.Hier-1")


@pytest.mark.parametrize(("environment", "outcome"), [("demo", Outcome.CLEAN), ("test", Outcome.UNKNOWN)])
def test_without_an_address_only_the_demo_goes_on(settings, letter, environment, outcome):
    settings.CLAMD_ADDRESS, settings.ENVIRONMENT = "", environment
    assert scanner.scan(letter, patience=1).outcome is outcome


@pytest.mark.asvs("5.4.3")
def test_in_production_nothing_is_clean_without_a_scanner(settings, letter):
    settings.CLAMD_ADDRESS, settings.ENVIRONMENT = "", "production"
    assert scanner.scan(letter, patience=1).outcome is Outcome.UNKNOWN
