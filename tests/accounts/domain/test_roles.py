import pytest

from accounts.domain.actors import Actor
from accounts.domain.roles import EXPLANATION, MANAGER_OF, ROLES_OF, OrganizationKind, Role, fits


def test_every_role_belongs_to_one_kind_of_organisation_but_the_logbeheerder_and_is_explained():
    held = [role for roles in ROLES_OF.values() for role in roles]
    assert sorted(held) == sorted([*Role, Role.LOGBEHEERDER])
    assert set(EXPLANATION) == set(Role)


@pytest.mark.parametrize("kind", OrganizationKind)
def test_the_manager_belongs_to_the_kind(kind):
    assert fits(kind, frozenset({MANAGER_OF[kind]}))


def test_roles_of_the_other_side_do_not_fit():
    assert not fits(OrganizationKind.PROVIDER, frozenset({Role.LEZER, Role.MEDISCH_ADVISEUR}))
    assert not fits(OrganizationKind.INSURER, frozenset({Role.BEHANDELAAR}))


def test_an_actor_says_what_he_or_she_is():
    noor = Actor(
        user_id=1,
        name="Noor",
        email="noor@voorbeeld.nl",
        organization_id=2,
        organization_name="De Proef",
        organization_kind=OrganizationKind.INSURER,
        roles=frozenset({Role.BEHEERDER, Role.MEDISCH_ADVISEUR}),
        works_for=frozenset({2}),
    )
    assert noor.is_insurer and not noor.is_provider and noor.is_manager
    assert noor.has(Role.MEDISCH_ADVISEUR, Role.COORDINATOR) and not noor.has(Role.COORDINATOR)
    assert noor.role_labels == "Medisch adviseur, Beheerder"
