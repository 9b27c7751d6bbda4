import threading
from datetime import UTC, datetime

import pytest
from django.db import connection

from accounts import queries
from accounts.domain.roles import ROLES_OF, OrganizationKind, Role
from accounts.models import Membership
from accounts.services import colleagues
from kit import tenancy
from papers.models import Mail
from tests.factories.accounts import actor, person

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)


def roles_of(someone):
    found = queries.actor_of(queries.user(someone.user_id), someone.organization_id)
    return found.roles if found else frozenset()


@pytest.mark.django_db
def test_a_colleague_gets_exactly_these_roles(organisatiebeheerder, indiener):
    colleagues.change_roles(
        by=organisatiebeheerder,
        user_id=indiener.user_id,
        roles=[Role.LEZER, Role.BEHANDELAAR],
        seen=[Role.INDIENER],
        now=NOW,
    )
    assert roles_of(indiener) == {Role.LEZER, Role.BEHANDELAAR}
    ended = Membership.objects.get(user=indiener.user_id, role="indiener")
    assert (ended.ended_at, ended.ended_by_id) == (NOW, organisatiebeheerder.user_id)


@pytest.mark.django_db
def test_a_role_that_stays_is_not_begun_again(organisatiebeheerder, indiener):
    before = Membership.objects.get(user=indiener.user_id).pk
    for _twice in range(2):
        colleagues.change_roles(
            by=organisatiebeheerder,
            user_id=indiener.user_id,
            roles=[Role.INDIENER, Role.LEZER],
            seen=[Role.INDIENER],
            now=NOW,
        )
    assert Membership.objects.get(user=indiener.user_id, role="indiener").pk == before
    assert Membership.objects.filter(user=indiener.user_id).count() == 2


@pytest.mark.django_db
def test_a_change_by_somebody_else_is_noticed(organisatiebeheerder, indiener):
    with pytest.raises(colleagues.NotAllowed, match="intussen"):
        colleagues.change_roles(
            by=organisatiebeheerder, user_id=indiener.user_id, roles=[Role.LEZER], seen=[Role.BEHANDELAAR], now=NOW
        )
    assert roles_of(indiener) == {Role.INDIENER}


@pytest.mark.django_db
@pytest.mark.parametrize("roles", [[Role.MEDISCH_ADVISEUR], [Role.LEZER, Role.BEHEERDER], []])
def test_only_roles_of_the_own_kind_and_at_least_one(organisatiebeheerder, indiener, roles):
    with pytest.raises(colleagues.NotAllowed):
        colleagues.change_roles(
            by=organisatiebeheerder, user_id=indiener.user_id, roles=roles, seen=[Role.INDIENER], now=NOW
        )
    assert roles_of(indiener) == {Role.INDIENER}


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["lezer", "indiener", "behandelaar"])
def test_others_than_the_manager_change_nothing(who, organisatiebeheerder, request):
    someone = request.getfixturevalue(who)
    with pytest.raises(colleagues.NotAllowed):
        colleagues.remove(by=someone, user_id=organisatiebeheerder.user_id, now=NOW)
    with pytest.raises(colleagues.NotAllowed):
        colleagues.change_roles(
            by=someone, user_id=someone.user_id, roles=[Role.ORGANISATIEBEHEERDER], seen=someone.roles, now=NOW
        )


@pytest.mark.django_db
def test_another_organization_is_out_of_reach(other_organisatiebeheerder, indiener):
    colleagues.remove(by=other_organisatiebeheerder, user_id=indiener.user_id, now=NOW)
    with pytest.raises(colleagues.NotAllowed, match="niet meer"):
        colleagues.change_roles(
            by=other_organisatiebeheerder, user_id=indiener.user_id, roles=[Role.LEZER], seen=[], now=NOW
        )
    assert roles_of(indiener) == {Role.INDIENER}


@pytest.mark.django_db
def test_removing_ends_every_role_here_and_none_elsewhere(organisatiebeheerder, provider, other_provider):
    someone = person(Role.LEZER, Role.INDIENER, organization=provider)
    from tests.factories.accounts import MembershipFactory

    MembershipFactory(user=someone, organization=other_provider, role="lezer")
    for _twice in range(2):
        colleagues.remove(by=organisatiebeheerder, user_id=someone.pk, now=NOW)
    left = queries.actor_of(someone, provider.pk)
    assert (left.organization_id, left.roles) == (other_provider.pk, {Role.LEZER})


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["organisatiebeheerder", "beheerder"])
def test_the_last_manager_stays(who, request):
    manager = request.getfixturevalue(who)
    with pytest.raises(colleagues.NotAllowed, match="enige"):
        colleagues.remove(by=manager, user_id=manager.user_id, now=NOW)
    other = Role.LEZER if manager.is_provider else Role.MEDEWERKER
    with pytest.raises(colleagues.NotAllowed, match="enige" if manager.is_provider else "eigen rollen"):
        colleagues.change_roles(by=manager, user_id=manager.user_id, roles=[other], seen=manager.roles, now=NOW)
    assert roles_of(manager) == manager.roles


@pytest.mark.django_db
def test_a_manager_who_may_not_log_in_does_not_count(organisatiebeheerder, provider):
    person(Role.ORGANISATIEBEHEERDER, organization=provider, is_active=False)
    with pytest.raises(colleagues.NotAllowed, match="enige"):
        colleagues.remove(by=organisatiebeheerder, user_id=organisatiebeheerder.user_id, now=NOW)


@pytest.mark.django_db(transaction=True)
def test_two_managers_who_remove_each_other_at_once_leave_one():
    first = actor(Role.ORGANISATIEBEHEERDER)
    second = actor(Role.ORGANISATIEBEHEERDER, organization=queries.organization(first.organization_id))
    start = threading.Barrier(2)

    def remove(by, other):
        start.wait()
        try:
            colleagues.remove(by=by, user_id=other.user_id, now=NOW)
        except colleagues.NotAllowed:
            pass
        finally:
            connection.close()

    threads = [
        threading.Thread(target=tenancy.carried(remove), args=pair) for pair in ((first, second), (second, first))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert queries.people_with(first.organization_id, Role.ORGANISATIEBEHEERDER).count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("role", [role for role in ROLES_OF[OrganizationKind.INSURER] if role != Role.BEHEERDER])
@pytest.mark.parametrize("alone", [True, False])
def test_at_an_insurer_nobody_changes_the_own_roles(beheerder, insurer, role, alone):
    if not alone:
        person(Role.BEHEERDER, organization=insurer)
    with pytest.raises(colleagues.OwnRoles):
        colleagues.change_roles(
            by=beheerder, user_id=beheerder.user_id, roles=[Role.BEHEERDER, role], seen=beheerder.roles, now=NOW
        )
    assert roles_of(beheerder) == {Role.BEHEERDER}


@pytest.mark.django_db
def test_at_a_provider_with_another_manager_nobody_changes_the_own_roles(organisatiebeheerder, provider):
    person(Role.ORGANISATIEBEHEERDER, organization=provider)
    with pytest.raises(colleagues.OwnRoles):
        change_own(organisatiebeheerder, Role.LEZER)
    assert roles_of(organisatiebeheerder) == {Role.ORGANISATIEBEHEERDER}


@pytest.mark.django_db
def test_who_manages_a_practice_alone_gives_and_ends_the_own_roles_but_not_the_watch(organisatiebeheerder):
    made = change_own(organisatiebeheerder, Role.BEHANDELAAR)
    assert made == colleagues.Change(begun=frozenset({Role.BEHANDELAAR}))
    again = queries.actor_of(queries.user(organisatiebeheerder.user_id), organisatiebeheerder.organization_id)
    assert change_own(again).ended == {Role.BEHANDELAAR}
    with pytest.raises(colleagues.OwnRoles):
        change_own(organisatiebeheerder, Role.LOGBEHEERDER)
    with pytest.raises(colleagues.OwnRoles):
        colleagues.change_roles(
            by=organisatiebeheerder,
            user_id=organisatiebeheerder.user_id,
            roles=[Role.LOGBEHEERDER],
            seen=organisatiebeheerder.roles,
            now=NOW,
        )
    assert roles_of(organisatiebeheerder) == {Role.ORGANISATIEBEHEERDER}


def change_own(manager, *more):
    return colleagues.change_roles(
        by=manager, user_id=manager.user_id, roles=[Role.ORGANISATIEBEHEERDER, *more], seen=manager.roles, now=NOW
    )


@pytest.mark.django_db
def test_a_logbeheerder_has_no_other_role(organisatiebeheerder, indiener):
    def change(*roles, seen):
        colleagues.change_roles(
            by=organisatiebeheerder, user_id=indiener.user_id, roles=roles, seen=[seen], now=NOW
        )  # fmt: skip

    with pytest.raises(colleagues.NotAllowed, match="geen andere rol"):
        change(Role.INDIENER, Role.LOGBEHEERDER, seen=Role.INDIENER)
    assert roles_of(indiener) == {Role.INDIENER}
    change(Role.LOGBEHEERDER, seen=Role.INDIENER)
    with pytest.raises(colleagues.NotAllowed, match="geen andere rol"):
        colleagues.start(
            organization=queries.organization(indiener.organization_id),
            user_id=indiener.user_id,
            roles=[Role.LEZER],
            by_user_id=organisatiebeheerder.user_id,
            now=NOW,
        )
    assert roles_of(indiener) == {Role.LOGBEHEERDER}


@pytest.mark.django_db
def test_who_gets_or_loses_a_role_gets_a_mail(organisatiebeheerder, indiener):
    def change(roles, seen):
        colleagues.change_roles(
            by=organisatiebeheerder, user_id=indiener.user_id, roles=roles, seen=seen, now=NOW
        )  # fmt: skip

    change([Role.INDIENER], [Role.INDIENER])
    assert not Mail.objects.exists(), "nothing changed"
    change([Role.BEHANDELAAR, Role.LEZER], [Role.INDIENER])
    colleagues.remove(by=organisatiebeheerder, user_id=indiener.user_id, now=NOW)
    colleagues.remove(by=organisatiebeheerder, user_id=indiener.user_id, now=NOW)
    changed, removed = Mail.objects.order_by("pk")
    assert changed.to == removed.to == [indiener.email]
    assert "Uw rollen zijn nu: lezer, behandelaar." in changed.body
    assert "Olga Organisatie" in changed.body and indiener.organization_name in changed.body
    assert "geen rol meer" in removed.body
