"""The division of the work: what everybody has, and moving many requests to a colleague with a reason."""

from datetime import UTC, date, datetime

import pytest
import time_machine

from accounts.domain.roles import Role
from audit.models import AccessEvent
from authorizations.domain.lifecycle import Status
from authorizations.models import AuthorizationRequest, StatusEvent
from authorizations.services import absence, division, questions
from authorizations.web.views import review_division
from papers.models import Mail
from tests.factories import accounts, desk

TODAY = datetime(2026, 11, 23, 9, tzinfo=UTC)
URL = "/beoordelen/verdeling/"


@pytest.fixture(autouse=True)
def monday():
    with time_machine.travel(TODAY, tick=False):
        yield


@pytest.fixture
def browser(log_in, coordinator):
    return log_in(coordinator)


def holders():
    return dict(AuthorizationRequest.objects.values_list("reference", "assigned_to"))


def move(browser, requests, advisor, reason="Noor is ziek.", **query):
    given = {"picked": [one.reference for one in requests], "adviseur": advisor.user_id, "reden": reason}
    return browser.post(URL, given, query_params=query)


def test_what_everybody_has_is_counted(indiener, insurer, noor, ravi, browser):
    desk.filed(indiener, insurer, due_on=date(2026, 12, 3))
    for due_on in (date(2026, 11, 20), date(2026, 11, 23), date(2026, 11, 25), date(2026, 11, 26)):
        desk.filed(indiener, insurer, Status.IN_REVIEW, advisor=noor, due_on=due_on)
    desk.filed(indiener, insurer, Status.WAITING_FOR_PROVIDER, advisor=noor, due_on=None)
    asked_back = desk.filed(indiener, insurer, Status.IN_REVIEW, advisor=noor, due_on=date(2026, 12, 3))
    item = questions.ask(authorization_id=asked_back.pk, items=[desk.question()], by=noor, now=TODAY).items.get()
    questions.counter(item_id=item.pk, text="Welk verslag bedoelt u?", by=indiener, now=TODAY)
    desk.filed(indiener, insurer, Status.WITHDRAWN)
    gone = accounts.actor(Role.MEDEWERKER, organization=insurer)
    desk.filed(indiener, insurer, Status.ANSWERED, advisor=gone, due_on=date(2026, 12, 3))
    found = {
        load.user_id: (load.open, load.ours, load.late, load.soon, load.is_advisor)
        for load, _ in browser.get(URL).context["desks"]
    }
    assert found == {
        None: (1, 1, 0, 0, False),
        noor.user_id: (6, 5, 1, 2, True),
        ravi.user_id: (0, 0, 0, 0, True),
        gone.user_id: (1, 1, 0, 0, False),
    }
    assert "Geen medisch adviseur meer" in browser.get(URL).content.decode()


def test_many_move_at_once_each_with_the_reason_and_one_mail(indiener, insurer, noor, ravi, browser):
    taken = [desk.filed(indiener, insurer, Status.IN_REVIEW, advisor=noor) for _ in range(3)]
    answer = move(browser, taken, ravi, van=noor.user_id)
    assert answer.url == f"{URL}?van={noor.user_id}"
    assert "3 aanvragen toegewezen aan Ravi" in browser.get(answer.url).content.decode()
    assert set(holders().values()) == {ravi.user_id}
    notes = StatusEvent.objects.filter(move="assign")
    assert {(event.internal, event.note) for event in notes} == {(True, f"Toegewezen aan {ravi.name}: Noor is ziek.")}
    assert notes.count() == 3
    mail = Mail.objects.get()
    assert mail.to == [ravi.email]
    assert mail.subject == "Er zijn aanvragen aan u toegewezen"
    assert not any(one.reference in mail.body for one in taken)


def test_what_cannot_move_is_named_with_why_and_the_rest_moves(indiener, insurer, provider, noor, browser):
    both = accounts.person(Role.MEDISCH_ADVISEUR, organization=insurer, full_name="Bas Beide")
    accounts.MembershipFactory(user=both, organization=provider, role=Role.BEHANDELAAR.value)
    elsewhere = accounts.OrganizationFactory()
    filer = accounts.actor(Role.INDIENER, organization=elsewhere)
    own, other = desk.filed(indiener, insurer), desk.filed(filer, insurer)
    closed = desk.filed(filer, insurer, Status.WITHDRAWN)
    given = {"picked": [own.reference, other.reference, closed.reference], "adviseur": both.pk, "reden": "Druk."}
    answer = browser.post(URL, given)
    assert dict(answer.context["stayed"]) == {
        "Bas Beide werkt bij deze zorgaanbieder. Kies een ander.": own.reference,
        "Dat kan niet meer. De status is nu: ingetrokken.": closed.reference,
    }
    assert holders() == {own.reference: None, other.reference: both.pk, closed.reference: None}
    assert [(line.reference, line.picked) for line in answer.context["lines"]] == [(own.reference, True)]
    assert "Druk." in answer.content.decode()


def test_doing_it_twice_moves_nothing_twice(indiener, insurer, noor, browser):
    filed = desk.filed(indiener, insurer)
    move(browser, [filed], noor)
    again = move(browser, [filed], noor)
    assert dict(again.context["stayed"]) == {f"Deze aanvraag is al van {noor.name}.": filed.reference}
    assert StatusEvent.objects.filter(move="assign").count() == Mail.objects.count() == 1


def test_an_old_page_takes_nothing_from_a_colleague(indiener, insurer, noor, ravi, browser):
    gone, free = desk.filed(indiener, insurer), desk.filed(indiener, insurer)
    assert 'action="?van=niemand"' in browser.get(URL).content.decode()
    move(browser, [gone], ravi, van="niemand")
    answer = move(browser, [gone, free], noor, van="niemand")
    assert dict(answer.context["stayed"]) == {f"Ligt intussen bij {ravi.name}.": gone.reference}
    assert holders() == {gone.reference: ravi.user_id, free.reference: noor.user_id}
    # and the other way round: what was put back isn't Ravi's any more
    AuthorizationRequest.objects.filter(pk=gone.pk).update(assigned_to=None, assigned_at=None)
    answer = move(browser, [gone], noor, van=ravi.user_id)
    assert dict(answer.context["stayed"]) == {"Ligt intussen bij niemand.": gone.reference}


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"picked": []}, "Vink minstens 1 aanvraag aan."),
        ({"picked": ["MA-00000000P"]}, "Een aanvraag die u aanvinkte, is er niet meer."),
        ({"adviseur": ""}, "Beantwoord de vraag “Naar welke medisch adviseur?”"),
        ({"adviseur": "0"}, "Kies een antwoord uit de lijst."),
        ({"reden": " "}, "Waarom verplaatst u deze aanvragen?"),
    ],
)
def test_what_lacks_is_said_and_what_was_typed_stays(indiener, insurer, noor, browser, change, words):
    filed = desk.filed(indiener, insurer)
    given = {"picked": [filed.reference], "adviseur": noor.user_id, "reden": "Druk.", **change}
    answer = browser.post(URL, given)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert [line.picked for line in answer.context["lines"]] == [given["picked"] == [filed.reference]]
    assert holders() == {filed.reference: None}


def test_no_more_than_so_many_at_once(indiener, insurer, noor, browser, monkeypatch):
    monkeypatch.setattr(division, "MOST", 2)
    filed = [desk.filed(indiener, insurer) for _ in range(3)]
    monkeypatch.setattr(review_division, "SHOWN", 1)
    page = browser.get(URL)
    assert len(page.context["lines"]) == 1
    assert 'href="?van=niemand&amp;meer=ja#lijst">Toon er 2</a>' in page.content.decode()
    page = browser.get(URL, {"meer": "ja", "kies": "alles"})
    assert [line.picked for line in page.context["lines"]] == [True, True]
    assert 'action="?van=niemand&amp;meer=ja"' in page.content.decode()
    assert "Verplaatst u die, dan komen de volgende" in page.content.decode()
    with pytest.raises(division.NotAllowed, match="hoogstens 2"):
        division.assign_many(
            requests={one.reference: one.pk for one in filed}, holder_id=None, advisor_id=noor.user_id, reason="Druk.",
            by=accounts.actor(Role.COORDINATOR, organization=insurer), now=TODAY,
        )  # fmt: skip
    assert set(holders().values()) == {None}


def test_all_boxes_are_ticked_without_a_script(indiener, insurer, browser):
    desk.filed(indiener, insurer)
    assert [line.picked for line in browser.get(URL).context["lines"]] == [False]
    assert [line.picked for line in browser.get(URL, {"kies": "alles"}).context["lines"]] == [True]
    assert browser.get(URL, {"van": "x"}).context["chosen"].user_id is None


def test_there_is_nothing_medical_and_nobodys_name(indiener, insurer, browser):
    filed = desk.filed(indiener, insurer)
    body = browser.get(URL).content.decode()
    assert filed.reference in body
    assert "hronische pijn" not in body
    assert filed.insured.short_name not in body


@pytest.mark.parametrize("role", [Role.MEDISCH_ADVISEUR, Role.MEDEWERKER, Role.BEHEERDER])
def test_only_a_coordinator_divides(indiener, insurer, log_in, noor, role):
    filed = desk.filed(indiener, insurer)
    browser = log_in(accounts.actor(role, organization=insurer))
    assert browser.get(URL).status_code == 403
    assert move(browser, [filed], noor).status_code == 403


def test_another_insurers_requests_are_not_there(indiener, insurer, other_insurer, log_in):
    filed = desk.filed(indiener, insurer)
    theirs = accounts.actor(Role.MEDISCH_ADVISEUR, organization=other_insurer)
    browser = log_in(accounts.actor(Role.COORDINATOR, organization=other_insurer))
    assert browser.get(URL).context["lines"] == []
    assert move(browser, [filed], theirs).status_code == 422
    assert holders() == {filed.reference: None}


def test_the_log_knows_every_request_that_moved(indiener, insurer, noor, ravi, browser):
    taken = [desk.filed(indiener, insurer, Status.IN_REVIEW, advisor=noor) for _ in range(2)]
    move(browser, taken, ravi, van=noor.user_id)
    row = AccessEvent.objects.filter(kind="verdelen").get()
    assert {one["aanvraag"] for one in row.subjects} == {one.reference for one in taken}


def test_who_is_away_is_said_beside_the_name(indiener, insurer, noor, ravi, coordinator, browser):
    desk.filed(indiener, insurer)
    absence.note(user_id=noor.user_id, first_day=TODAY.date(), last_day=date(2026, 11, 27), by=coordinator, now=TODAY)
    body = browser.get(URL).content.decode()
    assert body.count("Afwezig tot en met 27 november") == 1
    assert f"{noor.name} (0 open, afwezig tot en met vrijdag 27 november)" in body
