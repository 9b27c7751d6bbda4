"""A request lies with the group whose rules fit, and who takes the next gets that of the own group first."""

from datetime import date

import pytest

from accounts.domain.roles import Role
from authorizations.domain.lifecycle import Status
from authorizations.domain.terms import Indication
from authorizations.models import AuthorizationRequest, Team, TeamMember
from authorizations.services import claiming, lifecycle, teams
from authorizations.services.teams import Wanted
from tests.factories import accounts, desk
from tests.factories.desk import NOW


@pytest.fixture
def boss(insurer):
    return accounts.actor(Role.COORDINATOR, Role.MEDISCH_ADVISEUR, organization=insurer)


def make(boss, name="Pijn", **rules):
    return teams.save(team_id=None, wanted=Wanted(name, **rules), by=boss)


def laid(authorization):
    row = AuthorizationRequest.objects.get(pk=authorization.pk)
    return row.team and row.team.name, row.team_because, row.take_by


def test_what_is_filed_lies_with_the_first_group_that_fits(indiener, insurer, boss):
    make(boss, "Spoed", urgent=True)
    make(boss, "Pijn", indication=Indication.CHRONIC_PAIN.value, take_within=2)
    make(boss, "Rest")
    pain = desk.filed(indiener, insurer, indication=Indication.CHRONIC_PAIN.value)
    other = desk.filed(indiener, insurer, indication=Indication.OTHER.value)
    for one in (pain, other):
        teams.lay(one, now=NOW)
    assert laid(pain) == ("Pijn", ["indication"], date(2026, 11, 25))
    assert laid(other) == ("Rest", ["rest"], None)


def test_without_groups_all_is_everybodys(indiener, insurer):
    filed = desk.filed(indiener, insurer)
    teams.lay(filed, now=NOW)
    assert laid(filed) == (None, [], None)


def test_who_takes_the_next_gets_that_of_the_own_group_first(indiener, insurer, boss, noor, ravi):
    pain = make(boss, members=[noor.user_id])
    elsewhere = make(boss, "Anders")
    theirs = desk.filed(indiener, insurer, team=elsewhere, due_on=date(2026, 11, 24))
    mine = desk.filed(indiener, insurer, team=pain, due_on=date(2026, 12, 24))
    nobodys = desk.filed(indiener, insurer, due_on=date(2026, 12, 23))
    assert claiming.claim_next(by=noor, now=NOW) == nobodys
    assert claiming.claim_next(by=noor, now=NOW) == mine
    # nothing is left lying because its group is full
    assert claiming.claim_next(by=noor, now=NOW) == theirs
    assert claiming.claim_next(by=ravi, now=NOW) is None


def test_rules_that_change_hold_for_what_comes_and_on_demand_for_what_nobody_took(indiener, insurer, boss, noor):
    filed, taken = desk.filed(indiener, insurer), desk.filed(indiener, insurer, Status.IN_REVIEW, advisor=noor)
    make(boss, "Rest", take_within=3)
    assert laid(filed)[0] is None
    assert teams.lay_again(by=boss, now=NOW) == 1
    assert laid(filed)[0] == "Rest"
    assert laid(taken)[0] is None


def test_a_group_that_goes_leaves_its_work_to_everybody(indiener, insurer, boss, noor):
    team = make(boss, members=[noor.user_id])
    filed = desk.filed(indiener, insurer, team=team)
    teams.remove(team_id=team.pk, by=boss)
    teams.remove(team_id=team.pk, by=boss)
    assert laid(filed)[0] is None
    assert not TeamMember.objects.exists()


def test_order_and_members_change_and_only_colleagues_are_members(insurer, boss, noor, ravi, other_adviseur):
    first, second = make(boss, "Eerst", members=[noor.user_id, other_adviseur.user_id]), make(boss, "Daarna")
    assert list(first.members.values_list("pk", flat=True)) == [noor.user_id]
    teams.earlier(team_id=second.pk, by=boss)
    assert list(Team.objects.order_by("place").values_list("name", flat=True)) == ["Daarna", "Eerst"]
    teams.save(team_id=first.pk, wanted=Wanted("Nieuw", members=[ravi.user_id]), by=boss)
    assert list(first.members.values_list("pk", flat=True)) == [ravi.user_id]


def test_only_a_coordinator_and_only_of_the_own_insurer(insurer, other_insurer, boss, noor):
    team = make(boss)
    elsewhere = accounts.actor(Role.COORDINATOR, organization=other_insurer)
    for act in (
        lambda: make(noor),
        lambda: teams.remove(team_id=team.pk, by=noor),
        lambda: teams.earlier(team_id=team.pk, by=noor),
        lambda: teams.lay_again(by=noor, now=NOW),
        lambda: teams.save(team_id=team.pk, wanted=Wanted("Van ons"), by=elsewhere),
        lambda: make(boss, "PIJN"),
    ):
        with pytest.raises(lifecycle.NotAllowed):
            act()
    teams.remove(team_id=team.pk, by=elsewhere)
    assert Team.objects.get().name == "Pijn"


def test_who_sees_no_content_neither_routes_on_indication_nor_touches_a_group_that_does(insurer, boss):
    plain = accounts.actor(Role.COORDINATOR, organization=insurer)
    pain = make(boss, "Pijn", indication=Indication.CHRONIC_PAIN.value)
    make(plain, "Spoed", urgent=True)
    for act in (
        lambda: make(plain, "Anders", indication=Indication.OTHER.value),
        lambda: teams.save(team_id=pain.pk, wanted=Wanted("Pijn"), by=plain),
        lambda: teams.remove(team_id=pain.pk, by=plain),
    ):
        with pytest.raises(lifecycle.NotAllowed, match="ook medisch adviseur"):
            act()
    pain.refresh_from_db()
    assert pain.indication == Indication.CHRONIC_PAIN
