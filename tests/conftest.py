"""What every test gets: no network, and a home of its own for each process that a test starts."""

import os
import socket
import sys
from typing import Any
from uuid import uuid4

import hypothesis
import pytest

from kit import tenancy
from tests import children
from tests.postgres import made

pytest_plugins = [
    "tests.browser",
    "tests.emptied",
    "tests.factories.fixtures",
    "tests.factories.world",
    "tests.opened_once",
    "tests.settled",
    "tests.written_once",
]
# What a test does itself sees every row; what it asks of a page is asked in the name of who is logged in there.
tenancy.become(tenancy.Context(system=tenancy.TESTS))
LOOPBACK = {"127.0.0.1", "::1", "localhost", "", None}


class NetworkUsed(AssertionError):
    """Raised when a test reaches for another machine."""


def refuse_other_hosts(event: str, arguments: tuple) -> None:
    """Listen to Python's own audit of sockets: whatever library asks, it passes here."""
    if event == "socket.connect":
        connecting, address = arguments
        if connecting.family != socket.AF_UNIX and address[0] not in LOOPBACK:
            raise NetworkUsed(f"Een test zoekt verbinding met {address[0]}: tests gebruiken alleen deze machine.")
    elif event == "socket.getaddrinfo" and arguments[0] not in LOOPBACK:
        raise NetworkUsed(f"Een test zoekt het adres van {arguments[0]!r}: tests gebruiken alleen deze machine.")


# How long one example takes says more about what else this machine does than about the rule. Before a change is taken
# in, the examples are the same for every run: what it is judged by is the change, and chance searches at the desk.
hypothesis.settings.register_profile(
    "house",
    deadline=None,
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
    derandomize=bool(os.environ.get("CI")),
)
hypothesis.settings.load_profile("house")


def pytest_configure(config: pytest.Config) -> None:
    sys.addaudithook(refuse_other_hosts)
    made.begin(config)


@pytest.fixture(autouse=True)
def own_anchor(settings: Any) -> None:
    """Let no test be held to the seals of another: each has its own log, so its own newest seal."""
    settings.AUDIT_ANCHOR = settings.DATA_DIR / f"anker-{uuid4().hex}"


@pytest.fixture
def child_environment(db: None) -> dict[str, str]:
    """Return the environment for a worker or web process of a test, which then sees the database of that test."""
    return children.environment()
