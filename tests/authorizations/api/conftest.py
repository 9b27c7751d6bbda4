from collections.abc import Iterator

import pytest
import time_machine

from accounts.domain.actors import Actor
from accounts.models import Organization


@pytest.fixture(autouse=True)
def then() -> Iterator[None]:
    """Let it be day 110 of the zorgtraject."""
    from tests.factories.programs import NOW

    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def told(indiener: Actor, insurer: Organization) -> "object":
    from tests.factories.told import Told

    return Told(indiener, insurer)


@pytest.fixture
def program(organisatiebeheerder: Actor, indiener: Actor) -> "object":
    from tests.factories.programs import Program

    return Program(organisatiebeheerder, indiener)
