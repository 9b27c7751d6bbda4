"""Two insurers and two providers; the first pair has everything, in words that stand nowhere else."""

from dataclasses import dataclass
from datetime import timedelta

import pytest

from accounts.domain.actors import Actor
from accounts.models import Organization

SECRET = "Zeergeheim"


@dataclass
class Theirs:
    """What is of one provider and one insurer, and the people who have nothing to do with it."""

    filer: Actor
    advisor: Actor
    world: "object"
    strangers: dict[str, Actor]


@pytest.fixture
def theirs(
    behandelaar: Actor,
    adviseur: Actor,
    insurer: Organization,
    provider: Organization,
    other_provider: Organization,
    other_insurer: Organization,
) -> Theirs:
    """Fill every table under row-level security with rows of the first provider and insurer."""
    from accounts.domain.roles import OrganizationKind
    from tests.factories import accounts as people
    from tests.portal.tenancy import rows

    # With every role at once, so that no page is closed to them for another reason.
    strangers = {
        kind.value: people.actor(*people.all_roles(kind), organization=place, full_name="V. Vreemd")
        for kind, place in ((OrganizationKind.PROVIDER, other_provider), (OrganizationKind.INSURER, other_insurer))
    }
    world = rows.fill(behandelaar, adviseur, insurer, word=SECRET, later=timedelta(days=1))
    return Theirs(behandelaar, adviseur, world, strangers)
