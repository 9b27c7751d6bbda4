"""
For whom the database is asked: one organisation, a named part of the portal itself, or nobody.

The database shows each its own rows and nobody none (docs/adr/0005-row-level-security.md). What is said here is told to
PostgreSQL by kit/postgres at the start of every transaction, and forgotten there at its end.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar, copy_context
from dataclasses import dataclass
from functools import wraps
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True)
class Context:
    """An organisation with the person at work there, or a part of the portal by name; empty for nobody."""

    organization_id: int | None = None
    user_id: int | None = None
    system: str = ""


class NotSystem(RuntimeError):
    """Raised where work on everybody's rows is asked for by somebody who sees only some of them."""


NOBODY = Context()
WORKER, CLOCK, COMMAND = "worker", "clock", "command"
TESTS = "tests"
EVERYTHING = frozenset({WORKER, CLOCK, COMMAND, TESTS})
"""The parts that see every row. `tests` is known to the database of the tests alone."""
_now: ContextVar[Context] = ContextVar("tenancy", default=NOBODY)


def current() -> Context:
    """Return for whom this thread asks now."""
    return _now.get()


@contextmanager
def acting(context: Context) -> Iterator[None]:
    """Ask for somebody in this block; inside a transaction too."""
    token = _now.set(context)
    try:
        yield
    finally:
        _now.reset(token)


@contextmanager
def as_system(name: str) -> Iterator[None]:
    """Ask as a part of the portal itself; which rows that part sees stands in portal/tenancy/registry.py."""
    with acting(Context(system=name)):
        yield


def become(context: Context) -> Context:
    """Ask for somebody from here on: for a process that is one thing all its life. Return for whom it was."""
    before = _now.get()
    _now.set(context)
    return before


def demand_system() -> None:
    """
    Refuse work that would take a row it can't see for a row that isn't there.

    :raises NotSystem: unless every row can be seen
    """
    if current().system not in EVERYTHING:
        raise NotSystem("This needs every row: start it as the worker, the clock or a command.")


def carried(work: Callable[P, R]) -> Callable[P, R]:
    """Return the work as it is to be done in a new thread, which else begins as nobody."""
    context = copy_context()

    @wraps(work)
    def inside(*args: P.args, **kwargs: P.kwargs) -> R:
        return context.copy().run(work, *args, **kwargs)

    return inside
