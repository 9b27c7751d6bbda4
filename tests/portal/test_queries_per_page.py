"""A page has a fixed number of queries, whatever the rows: the same with two of everything and with thirty."""

from collections.abc import Callable, Iterable

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.domain.actors import Actor
from accounts.models import Organization
from tests.factories.everything import World

FEW, MANY = 2, 30


ROLES = ("behandelaar", "organisatiebeheerder", "adviseur", "coordinator", "beheerder")


def test_a_page_has_a_fixed_number_of_queries(
    behandelaar: Actor,
    adviseur: Actor,
    insurer: Organization,
    log_in: Callable[[Actor], Client],
    request: pytest.FixtureRequest,
) -> None:
    world = World(behandelaar, adviseur, insurer)
    browsers = {role: log_in(request.getfixturevalue(role)) for role in ROLES}
    world.grow(FEW)
    few = {role: counted(browser, world.pages(role)) for role, browser in browsers.items()}
    world.grow(MANY - FEW)
    for role, browser in browsers.items():
        assert counted(browser, world.pages(role)) == few[role], role


def counted(browser: Client, pages: Iterable[str]) -> dict[str, int]:
    """Return how many queries each page takes, once what a process reads only once has been read."""
    found = {}
    for page in pages:
        # A session is written once in so many seconds: between the two no time passes.
        with time_machine.travel(timezone.now(), tick=False):
            assert browser.get(page).status_code == 200, page
            with CaptureQueriesContext(connection) as asked:
                browser.get(page)
        found[page] = len(asked)
    return found
