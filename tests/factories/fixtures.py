"""The people of the tests, for every app: two organisations on each side and somebody in every role."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from django.test import Client

from accounts.domain.actors import Actor
from accounts.domain.roles import Role

if TYPE_CHECKING:
    from accounts.models import Organization, User
    from authorizations.models import AuthorizationRequest

# The factories need Django to be up, and this plugin is read before that: so they are imported inside.


@pytest.fixture
def provider(db: None) -> "Organization":
    from tests.factories import accounts

    return accounts.provider(name="Revalidatie De Esdoorn")


@pytest.fixture
def other_provider(db: None) -> "Organization":
    from tests.factories import accounts

    return accounts.provider(name="Revalidatie Het Duin")


@pytest.fixture
def insurer(db: None) -> "Organization":
    from tests.factories import accounts

    return accounts.insurer(name="Zorgverzekeraar De Proef")


@pytest.fixture
def other_insurer(db: None) -> "Organization":
    from tests.factories import accounts

    return accounts.insurer(name="Zorgverzekeraar Elders")


# A behandelaar signs with these.
SIGNS = {"big_number": "19012345601", "profession": "Revalidatiearts"}


def _at_work(role: Role, where: str, name: str, **fields: str) -> Callable[..., Actor]:
    @pytest.fixture
    def someone(request: pytest.FixtureRequest, db: None) -> Actor:
        from tests.factories import accounts

        return accounts.actor(role, organization=request.getfixturevalue(where), full_name=name, **fields)

    return someone


lezer = _at_work(Role.LEZER, "provider", "Lotte Lezer")
indiener = _at_work(Role.INDIENER, "provider", "Ilse Indiener")
behandelaar = _at_work(Role.BEHANDELAAR, "provider", "Bram Behandelaar", **SIGNS)
organisatiebeheerder = _at_work(Role.ORGANISATIEBEHEERDER, "provider", "Olga Organisatie")
other_indiener = _at_work(Role.INDIENER, "other_provider", "Irma Elders")
other_organisatiebeheerder = _at_work(Role.ORGANISATIEBEHEERDER, "other_provider", "Otto Elders")
medewerker = _at_work(Role.MEDEWERKER, "insurer", "Mees Medewerker")
adviseur = _at_work(Role.MEDISCH_ADVISEUR, "insurer", "Noor Adviseur")
second_adviseur = _at_work(Role.MEDISCH_ADVISEUR, "insurer", "Ravi Adviseur")
# Who signs a letter has a BIG number.
noor = _at_work(Role.MEDISCH_ADVISEUR, "insurer", "Noor Adviseur", big_number="19012345601")
ravi = _at_work(Role.MEDISCH_ADVISEUR, "insurer", "Ravi Adviseur", big_number="29012345602")
coordinator = _at_work(Role.COORDINATOR, "insurer", "Cas Coördinator")
beheerder = _at_work(Role.BEHEERDER, "insurer", "Bo Beheerder")
other_adviseur = _at_work(Role.MEDISCH_ADVISEUR, "other_insurer", "Ans Elders")


@pytest.fixture
def draft(indiener: Actor, insurer: "Organization") -> "AuthorizationRequest":
    """Return a request that still asks for documents."""
    from tests.factories import documents

    return documents.draft(indiener, insurer)


@pytest.fixture
def log_in(db: None) -> "Callable[[Actor | User], Client]":
    """Return a function that gives a browser in which this person has logged in."""

    def browser(who: "Actor | User") -> Client:
        from accounts import queries
        from tests.factories import logging_in

        return logging_in.logged_in(Client(), queries.user(who.user_id) if isinstance(who, Actor) else who)

    return browser
