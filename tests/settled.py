"""
A page that refreshes itself may still be asking something when its test ends. What the server then writes would be
found by the next test; so a test ends when nothing is being answered any more.
"""

import threading
import time
from collections.abc import Iterator

import pytest
from django.core.signals import request_finished, request_started

LONGEST = 10
"""Seconds."""


class Answering:
    """How many requests are being answered in this process."""

    def __init__(self) -> None:
        self.number, self.lock = 0, threading.Lock()
        request_started.connect(self.begun, dispatch_uid="tests.settled.begun")
        request_finished.connect(self.done, dispatch_uid="tests.settled.done")

    def begun(self, **signal: object) -> None:
        with self.lock:
            self.number += 1

    def done(self, **signal: object) -> None:
        with self.lock:
            self.number -= 1


answering = Answering()


@pytest.fixture(autouse=True)
def settled(request: pytest.FixtureRequest) -> Iterator[None]:
    """Wait at the end of a test with a browser until its last requests are answered, before its rows go."""
    if "live_server" not in request.fixturenames:
        yield
        return
    request.getfixturevalue("transactional_db")
    answering.number = 0
    yield
    until = time.monotonic() + LONGEST
    while answering.number > 0 and time.monotonic() < until:
        time.sleep(0.01)
