import pytest

from accounts.domain.actors import Actor
from accounts.domain.roles import (
    EXPLANATION,
    MANAGER_OF,
    ROLES_OF,
    OrganizationKind,
    Role,
    fits,
    go_together,
    own_roles_to_change,
)


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


@pytest.mark.parametrize("other", [role for role in Role if role != Role.LOGBEHEERDER])
def test_a_logbeheerder_has_no_other_role(other):
    assert go_together(frozenset({Role.LOGBEHEERDER}))
    assert go_together(frozenset({other}))
    assert not go_together(frozenset({Role.LOGBEHEERDER, other}))


@pytest.mark.parametrize(
    ("kind", "alone", "expected"),
    [
        (OrganizationKind.PROVIDER, True, set(ROLES_OF[OrganizationKind.PROVIDER]) - {Role.LOGBEHEERDER}),
        (OrganizationKind.PROVIDER, False, set()),
        (OrganizationKind.INSURER, True, set()),
        (OrganizationKind.INSURER, False, set()),
    ],
)
def test_the_own_roles_are_changed_by_another_where_there_can_be_one(kind, alone, expected):
    assert own_roles_to_change(kind, manages_alone=alone) == expected


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
