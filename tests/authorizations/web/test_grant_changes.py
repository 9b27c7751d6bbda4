"""A machtiging is changed: asked by the provider, decided by an advisor, denied by two, and read by both sides."""

from datetime import timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile

from authorizations.domain.lifecycle import Status
from authorizations.domain.terms import Outcome
from authorizations.models import AuthorizationRequest, Decision, Grant, GrantChange, Opinion, RequestLetter
from authorizations.queries import in_force
from authorizations.queries.after_decision import Waiting
from authorizations.services import decisions, grant_changes, sight
from tests.factories import desk, documents
from tests.factories.desk import NOW, choice
from tests.journeys.addresses import said

WHY = "Het herstel gaat trager dan gedacht."


@pytest.fixture(autouse=True)
def monday():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def granted(indiener, insurer, noor):
    taken = desk.filed(indiener, insurer, Status.IN_REVIEW, advisor=noor)
    desk.judge(taken, noor)
    granting = choice(Outcome.GRANTED, codes_checked=True)
    decisions.decide(authorization_id=taken.pk, choice=granting, seen=sight.of(taken), by=noor, now=NOW)
    return AuthorizationRequest.objects.get(pk=taken.pk)


def dated(name, day):
    return {f"{name}_0": str(day.day), f"{name}_1": str(day.month), f"{name}_2": str(day.year)}


def asking(authorization):
    return f"/aanvragen/{authorization.reference}/machtiging-wijzigen/"


def judging(authorization):
    return f"/beoordelen/{authorization.reference}/machtiging-wijzigen/"


def longer(authorization, by, days=20):
    until = authorization.granted.ends_on + timedelta(days=days)
    asked = grant_changes.Asked(grant_changes.ChangeKind.LONGER, WHY, until_on=until)
    return grant_changes.file(authorization_id=authorization.pk, asked=asked, papers=[], by=by, now=NOW)


def decision(authorization, outcome="granted", **changes):
    change = GrantChange.objects.get(authorization=authorization)
    grant = grant_changes.rules.wanted(grant_changes.asked_in(change), grant_changes.held_by(authorization))
    sent = {
        "outcome": outcome, "setting": grant.setting.value, "summary": "Het is nodig.", "not_granted": "",
        **dated("starts_on", grant.starts_on), **dated("ends_on", grant.ends_on),
    }  # fmt: skip
    sent |= {f"hours_{one.value}": str(hours).replace(".", ",") for one, hours in grant.hours.items()}
    return sent | changes


def test_a_provider_asks_for_more_time(granted, indiener, log_in):
    browser = log_in(indiener)
    assert asking(granted) in said(browser.get(f"/aanvragen/{granted.reference}/"))
    refused = browser.post(asking(granted), {"kind": "longer"})
    assert refused.status_code == 422
    assert "Schrijf waarom dit nodig is." in said(refused)
    until = granted.granted.ends_on + timedelta(days=20)
    paper = SimpleUploadedFile("verslag.pdf", documents.pdf(), "application/pdf")
    sent = {"kind": "longer", "why": WHY, **dated("until_on", until), "papers": [paper]}
    assert browser.post(asking(granted), sent).status_code == 302
    change = GrantChange.objects.get()
    assert (change.until_on, change.held_number, change.papers.count()) == (until, granted.granted.number, 1)
    page = said(browser.get(f"/aanvragen/{granted.reference}/"))
    assert WHY in page
    assert "In behandeling" in page
    assert browser.get(asking(granted)).status_code == 302


def test_granted_it_takes_the_place_of_the_old_one(granted, indiener, noor, log_in):
    longer(granted, indiener)
    first, browser = granted.granted, log_in(noor)
    assert granted.reference in said(browser.get("/beoordelen/machtigingen-wijzigen/"))
    assert WHY in said(browser.get(judging(granted)))
    lacking = browser.post(judging(granted), decision(granted, summary=""))
    assert lacking.status_code == 422
    assert "Schrijf de motivering" in said(lacking)
    assert browser.post(judging(granted), decision(granted)).status_code == 302
    second = Grant.objects.get(replaces=first)
    assert second.ends_on == first.ends_on + timedelta(days=20)
    assert in_force.grant_on(granted.pk, second.ends_on) == second
    letters = RequestLetter.objects.filter(change__isnull=False)
    assert letters.count() == 2
    html = letters.get(addressee="provider").letter.html
    for words in (second.number, first.number, "Het is nodig.", "SKGZ", "Noor Adviseur", "medisch adviseur"):
        assert words in html, words
    page = said(log_in(indiener).get(f"/aanvragen/{granted.reference}/"))
    assert second.number in page
    assert "Machtiging gewijzigd" in page
    assert AuthorizationRequest.objects.get(pk=granted.pk).status == Status.GRANTED
    assert granted.reference in said(browser.get("/beoordelen/machtigingen-wijzigen/?toon=besloten"))


def test_a_denial_takes_two(granted, indiener, noor, ravi, log_in):
    longer(granted, indiener)
    first, second = log_in(noor), log_in(ravi)
    first.post(judging(granted), decision(granted, "denied", not_granted="De hele verlenging."))
    proposal = Decision.objects.get(change__isnull=False)
    assert proposal.final_at is None
    assert not RequestLetter.objects.filter(change__isnull=False).exists()
    assert "Bevestig dit besluit" not in said(first.get(judging(granted)))
    first.post(judging(granted), {"proposal": proposal.pk, "bevestigen": "1"})
    proposal.refresh_from_db()
    assert proposal.final_at is None
    # The second gives an own opinion first, without having read anything of the first.
    assert "De hele verlenging." not in said(second.get(judging(granted)))
    second.post(judging(granted), {"proposal": proposal.pk, "bevestigen": "1"})
    proposal.refresh_from_db()
    assert proposal.final_at is None
    own = {"proposal": proposal.pk, "oordelen": "1", "oordeel": "granted"}
    assert second.post(judging(granted), {**own, "oordeel": "", "because": "Er is vooruitgang."}).status_code == 422
    second.post(judging(granted), {**own, "because": "Er is vooruitgang."})
    page = said(second.get(judging(granted)))
    assert "De hele verlenging." in page
    assert "U en uw collega verschillen" in page
    second.post(judging(granted), {"proposal": proposal.pk, "bevestigen": "1"})
    proposal.refresh_from_db()
    assert proposal.final_at is None
    second.post(judging(granted), {"proposal": proposal.pk, "teruggeven": "1", "because": "Nog eens kijken."})
    assert GrantChange.objects.get().status == "filed"
    first.post(judging(granted), decision(granted, "denied", not_granted="De hele verlenging."))
    again = Decision.objects.get(change__isnull=False, returned_at=None)
    given = {"proposal": again.pk, "oordelen": "1", "oordeel": "denied", "because": "Er is geen doel meer."}
    second.post(judging(granted), given)
    assert "U bent het eens" in said(second.get(judging(granted)))
    # the first time without knowing, the second time no more
    by_second = Opinion.objects.filter(advisor_id=ravi.user_id).order_by("pk")
    assert list(by_second.values_list("outcome", "blind")) == [("granted", True), ("denied", False)]
    second.post(judging(granted), {"proposal": again.pk, "bevestigen": "1"})
    assert GrantChange.objects.get().status == "denied"
    assert Grant.objects.filter(authorization=granted).count() == 1
    assert RequestLetter.objects.filter(change__isnull=False).count() == 2


def test_a_treatment_that_stopped_ends_the_machtiging(granted, indiener, noor, log_in):
    day = granted.granted.starts_on + timedelta(days=9)
    asked = grant_changes.Asked(grant_changes.ChangeKind.STOPPED, "Klaar.", from_on=day)
    grant_changes.file(authorization_id=granted.pk, asked=asked, papers=[], by=indiener, now=NOW)
    assert log_in(noor).post(judging(granted), decision(granted)).status_code == 302
    assert in_force.grant_on(granted.pk, day).ends_on == day
    assert in_force.grant_on(granted.pk, day + timedelta(days=1)) is None


def test_others_do_not_ask_or_decide(granted, indiener, lezer, medewerker, other_indiener, other_adviseur, log_in):
    longer(granted, indiener)
    assert log_in(lezer).get(asking(granted)).status_code == 403
    assert log_in(other_indiener).get(asking(granted)).status_code == 404
    assert log_in(medewerker).get(judging(granted)).status_code == 403
    assert log_in(other_adviseur).get(judging(granted)).status_code == 404
    assert granted.reference in said(log_in(medewerker).get("/beoordelen/machtigingen-wijzigen/"))
    assert granted.reference not in said(log_in(other_adviseur).get("/beoordelen/machtigingen-wijzigen/"))


def test_what_waits_for_a_second_opinion_is_counted_beside_the_queue(
    granted, indiener, noor, ravi, coordinator, log_in
):
    def counted(who):
        answer = log_in(who).get("/beoordelen/", {"weergave": "tweede"})
        words = "Ook 1 wijziging van een machtiging wacht op een tweede beoordeling."
        return answer.context["after"], words in said(answer)

    longer(granted, indiener)
    assert counted(noor) == (Waiting(0, 1, 0), False)
    log_in(noor).post(judging(granted), decision(granted, "denied", not_granted="De hele verlenging."))
    assert counted(noor) == (Waiting(0, 0, 0), False)
    assert counted(ravi) == counted(coordinator) == (Waiting(0, 1, 1), True)
