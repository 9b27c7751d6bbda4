"""Go through something in a thread of its own, a little ahead of who uses it."""

import queue
import threading
from collections.abc import Generator, Iterable
from typing import Any, TypeVar

T = TypeVar("T")
PATIENCE = 0.1
"""Seconds after which the thread looks whether anybody still wants what it has."""


def ahead(items: Iterable[T], *, at_most: int) -> Generator[T, None, None]:
    """
    Yield these items in their order, while a thread prepares the next, at most so many ahead.

    For work of two kinds that needn't wait for each other, such as reading a file and writing to the database. What
    the thread runs must not use the database: a connection is its thread's own. What is raised in it, is raised here.
    Close the generator to end the thread before its time.
    """
    made: queue.Queue[tuple[bool, Any]] = queue.Queue(at_most)
    left = threading.Event()

    def give(more: bool, item: Any) -> bool:
        while not left.is_set():
            try:
                made.put((more, item), timeout=PATIENCE)
            except queue.Full:
                continue
            return True
        return False

    def run() -> None:
        try:
            for item in items:
                if not give(True, item):
                    return
            give(False, None)
        except BaseException as error:  # whatever it is, it goes on there
            give(False, error)

    thread = threading.Thread(target=run, name="ahead", daemon=True)
    thread.start()
    try:
        while True:
            more, item = made.get()
            if more:
                yield item
            elif item is None:
                return
            else:
                raise item
    finally:
        left.set()
        thread.join()
