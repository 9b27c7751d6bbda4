"""
Ask the virus scanner about a file: clamd, over INSTREAM.

One answer means clean: exactly `stream: OK`. Everything else that isn't a finding (away, slow, over its limits, half an
answer, an answer that we don't know) is no answer: `unknown`, never clean.

Bron: security.md section 4.5; stack.md, "Uploads".
"""

import re
import socket
import struct
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

CHUNK = 64 * 1024
LONGEST_ANSWER = 4096
CLEAN = b"stream: OK\0"
FOUND = re.compile(rb"stream: (\S+) FOUND\0")
# Not a virus but a file that clamd didn't look at whole: it says FOUND because we told it to (AlertExceedsMax).
OVER_A_LIMIT = "Heuristics.Limits.Exceeded"
NOBODY = "geen"
"""Written down as the scanner of a file in the demo when there is none."""


class Outcome(Enum):
    """What the scanner said of a file."""

    CLEAN = auto()
    INFECTED = auto()
    UNKNOWN = auto()


@dataclass(frozen=True)
class Verdict:
    """What the scanner said, who that was, and in one word why it is so (a signature, or the kind of trouble)."""

    outcome: Outcome
    scanner: str = ""
    reason: str = ""


class BadAnswer(Exception):
    """The scanner said something that isn't an answer."""


def scan(path: Path, *, patience: float) -> Verdict:
    """Return what the scanner says of the file, within so many seconds."""
    if not settings.CLAMD_ADDRESS:
        if settings.ENVIRONMENT == "demo":
            return Verdict(Outcome.CLEAN, NOBODY)
        return Verdict(Outcome.UNKNOWN, reason="no_address")
    try:
        with path.open("rb") as file, connected(settings.CLAMD_ADDRESS, patience=patience) as line:
            return verdict(line.ask_about(file))
    except (OSError, BadAnswer) as trouble:
        return Verdict(Outcome.UNKNOWN, reason=type(trouble).__name__)


def verdict(answer: bytes) -> Verdict:
    """Return what this answer means."""
    if answer == CLEAN:
        return Verdict(Outcome.CLEAN, "clamd")
    found = FOUND.fullmatch(answer)
    if found is None:
        raise BadAnswer
    signature = found[1].decode("ascii", errors="replace")
    outcome = Outcome.UNKNOWN if signature.startswith(OVER_A_LIMIT) else Outcome.INFECTED
    return Verdict(outcome, "clamd", signature[:100])


def version(*, patience: float = 1) -> str:
    """
    Return which scanner answers, with the age of what it knows.

    :raises OSError: when it doesn't answer in time
    :raises BadAnswer: when it says something else
    """
    with connected(settings.CLAMD_ADDRESS, patience=patience) as line:
        line.send(b"zVERSION\0")
        answer = line.receive()
    if not answer.startswith(b"ClamAV ") or not answer.endswith(b"\0"):
        raise BadAnswer
    return answer[:-1].decode("ascii", errors="replace")


class Line:
    """A connection that is over at a moment set beforehand, however slowly the other side drips."""

    def __init__(self, connection: socket.socket, until: float) -> None:
        self.connection = connection
        self.until = until

    def send(self, content: bytes) -> None:
        """Send all of this in the time that is left."""
        self.connection.settimeout(self._left())
        self.connection.sendall(content)

    def receive(self) -> bytes:
        """Return all that comes until the other side hangs up."""
        answer = b""
        while len(answer) <= LONGEST_ANSWER:
            self.connection.settimeout(self._left())
            piece = self.connection.recv(LONGEST_ANSWER)
            if not piece:
                return answer
            answer += piece
        raise BadAnswer

    def ask_about(self, file: BinaryIO) -> bytes:
        """Send a file and return the answer; a scanner that has read enough hangs up before the end, and says why."""
        try:
            self.send(b"zINSTREAM\0")
            while chunk := file.read(CHUNK):
                self.send(struct.pack("!L", len(chunk)) + chunk)
            self.send(struct.pack("!L", 0))
        except (BrokenPipeError, ConnectionResetError):
            if self.receive() == CLEAN:
                # It didn't hear all of it, whatever it says.
                raise BadAnswer from None
            raise
        return self.receive()

    def _left(self) -> float:
        left = self.until - time.monotonic()
        if left <= 0:
            raise TimeoutError
        return left


@contextmanager
def connected(address: str, *, patience: float) -> Iterator[Line]:
    """Connect to `/the/socket` or `host:port`."""
    until = time.monotonic() + patience
    if address.startswith("/"):
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
            connection.settimeout(patience)
            connection.connect(address)
            yield Line(connection, until)
    else:
        host, _, port = address.rpartition(":")
        with socket.create_connection((host.strip("[]"), int(port)), timeout=patience) as connection:
            yield Line(connection, until)
