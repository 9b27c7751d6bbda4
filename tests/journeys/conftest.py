"""What the journeys stand on: the browser, the web server, a real worker and a real clock."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from tests import children
from tests.canaries.sinks import Search
from tests.journeys.house import House
from tests.journeys.journey import Journey


@pytest.fixture(scope="module")
def house(django_db_setup: None) -> Iterator[House]:
    """Start the worker and the clock, for all stories of a file; none of them leaves anything of a patient behind."""
    folder = Path(settings.DATA_DIR)
    folder.mkdir(parents=True, exist_ok=True)
    running = House(children.environment(), folder)
    yield running
    search = Search()
    search.house(folder)
    running.close()
    assert not search.found, search.report()


@pytest.fixture
def journey(chromium, live_server, world, house) -> Iterator[Journey]:
    """Begin a story in the invented world."""
    house.wake()
    told = Journey(chromium, live_server.url)
    yield told
    told.end()
    house.rest()
    assert told.complaints == []
