"""
Keep one child waiting with its libraries read, for who looks at a page before the worker made it.

It is taken once, for one file, like any other child; then the next one is set waiting. It goes when we go: its task
comes by a pipe that closes with us.
"""

import atexit
import threading
from subprocess import Popen
from typing import Any

from papers.delivery import child

_lock = threading.Lock()
_waiting: list["Popen[bytes]"] = []


def run(*task: str) -> list[dict[str, Any]]:
    """
    Run this task in the child that waits, or in a fresh one, and return what it found.

    :raises ChildFailed: when it didn't come to an end by itself
    """
    with _lock:
        taken = _waiting.pop() if _waiting else None
    if taken and taken.poll() is not None:
        # One that died while it waited is no reason to refuse the page.
        _let_go(taken)
        taken = None
    try:
        return child.finish(taken or child.start("wait"), *task)
    finally:
        with _lock:
            if not _waiting:
                _waiting.append(child.start("wait"))


@atexit.register
def dismiss() -> None:
    """Let go of the child that waits."""
    with _lock:
        while _waiting:
            _let_go(_waiting.pop())


def _let_go(left: "Popen[bytes]") -> None:
    with left:
        left.kill()
