"""The page on which a coordinator makes groups, and what the queue shows of them."""

from datetime import date

import pytest

from accounts.domain.roles import Role
from authorizations.domain.lifecycle import Status
from authorizations.models import QueueColumns, Team
from tests.factories import accounts, desk

URL = "/beoordelen/werkgroepen/"


def test_a_coordinator_makes_changes_orders_and_removes_groups(indiener, insurer, noor, log_in):
    browser = log_in(accounts.actor(Role.COORDINATOR, Role.MEDISCH_ADVISEUR, organization=insurer))
    given = {"naam": "Pijn", "indicatie": "chronic_pain", "binnen": "2", "leden": [noor.user_id], "bewaar": "ja"}
    body = browser.post(URL, given, follow=True).content.decode()
    assert "De werkgroep Pijn is bewaard." in body
    assert "chronische pijn" in body
    assert "Binnen 2 werkdagen" in body
    assert noor.name in body
    team = Team.objects.get()
    browser.post(f"{URL}?werkgroep={team.pk}", given | {"naam": "Pijn en spoed", "spoed": "on"})
    team.refresh_from_db()
    assert (team.name, team.urgent, team.take_within) == ("Pijn en spoed", True, 2)
    browser.post(URL, {"naam": "Rest"})
    browser.post(URL, {"eerder": Team.objects.get(name="Rest").pk})
    assert list(Team.objects.order_by("place").values_list("name", flat=True)) == ["Rest", "Pijn en spoed"]
    desk.filed(indiener, insurer)
    assert "1 aanvraag opnieuw bekeken" in browser.post(URL, {"opnieuw": "ja"}, follow=True).content.decode()
    browser.post(URL, {"verwijder": team.pk})
    assert Team.objects.count() == 1


@pytest.mark.parametrize(
    "given",
    [
        {"naam": ""},
        {"naam": "Pijn", "binnen": "0"},
        {"naam": "Pijn", "binnen": "x"},
        {"naam": "Pijn", "indicatie": "anders"},
        {"naam": "Pijn", "aanbieder": "999999"},
        {"naam": "Pijn", "leden": ["999999"]},
        {"naam": "x" * 41},
        {"naam": "rest"},
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_kept(insurer, log_in, given):
    Team.objects.create(insurer=insurer, name="Rest", place=1)
    boss = accounts.actor(Role.COORDINATOR, Role.MEDISCH_ADVISEUR, organization=insurer)
    answer = log_in(boss).post(URL, given)
    assert answer.status_code == 422
    assert "Fout: " in answer.content.decode()
    assert Team.objects.count() == 1


@pytest.mark.parametrize("number", ["x", "9" * 30, "1"])
def test_a_group_that_is_not_there_is_no_error(insurer, coordinator, log_in, number):
    browser = log_in(coordinator)
    assert browser.get(URL, {"werkgroep": number}).status_code == 200
    for button in ("verwijder", "eerder"):
        assert browser.post(URL, {button: number}).status_code == 302
    assert browser.post(f"{URL}?werkgroep={number}", {"naam": "Pijn"}).status_code in (302, 422)


def test_the_queue_shows_the_own_group_why_and_by_when(indiener, insurer, noor, ravi, log_in):
    team = Team.objects.create(insurer=insurer, name="Pijn", place=1)
    team.members.add(noor.user_id)
    lying = {"team": team, "team_because": ["indication", "urgent"], "take_by": date(2026, 11, 2)}
    new = desk.filed(indiener, insurer, **lying)
    desk.filed(indiener, insurer, Status.IN_REVIEW, advisor=noor, **lying)
    desk.filed(indiener, insurer)
    QueueColumns.objects.create(user_id=noor.user_id, organization=insurer, columns=["termijn", "werkgroep"])
    answer = log_in(noor).get("/beoordelen/", {"weergave": "werkgroep"})
    body = answer.content.decode()
    assert len(answer.context["rows"]) == 2
    assert "door indicatie, spoed" in body
    assert body.count("Oppakken had gemoeten op 2 nov") == 1
    late = log_in(noor).get("/beoordelen/", {"termijn": "oppakken"}).context["rows"]
    assert [row.reference for row in late] == [new.reference]
    assert "Van mijn werkgroep" not in log_in(ravi).get("/beoordelen/").content.decode()


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.MEDEWERKER])
def test_who_sees_no_content_learns_no_indication_from_the_groups(indiener, insurer, noor, log_in, role):
    plain = accounts.actor(role, organization=insurer)
    pain = Team.objects.create(insurer=insurer, name="Pijnpoli", place=1, indication="chronic_pain")
    pain.members.add(noor.user_id, plain.user_id)
    urgent = Team.objects.create(insurer=insurer, name="Spoedteam", place=2, urgent=True)
    desk.filed(indiener, insurer, team=pain, team_because=["indication"])
    # the rule went from the group after it lay there
    desk.filed(indiener, insurer, team=urgent, team_because=["urgent", "indication"])
    desk.filed(indiener, insurer, team=urgent, team_because=["urgent"])
    for person in (plain, noor):
        QueueColumns.objects.create(user_id=person.user_id, organization=insurer, columns=["werkgroep"])
    rows = log_in(plain).get("/beoordelen/", {"weergave": "werkgroep"}).context["rows"]
    assert [(row.team, row.because) for row in rows] == [("", ""), ("", ""), ("Spoedteam", "spoed")]
    assert "Pijnpoli" not in log_in(plain).get("/beoordelen/").content.decode()
    rows = log_in(noor).get("/beoordelen/").context["rows"]
    assert [row.team for row in rows] == ["Pijnpoli", "Spoedteam", "Spoedteam"]
    if role == Role.COORDINATOR:
        for query in ({}, {"werkgroep": pain.pk}):
            body = log_in(plain).get(URL, query).content.decode()
            assert "Werkgroep op indicatie" in body
            assert "Pijnpoli" not in body
            assert "chronische pijn" not in body.lower()
            assert 'name="indicatie"' not in body
        answer = log_in(plain).post(f"{URL}?werkgroep={pain.pk}", {"naam": "Poli"})
        assert answer.status_code == 422
        assert "ook medisch adviseur" in answer.content.decode()
