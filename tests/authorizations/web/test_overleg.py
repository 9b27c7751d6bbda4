"""Overleg before a denial: offered, agreed on, and its result read by who may, and by nobody else."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction

from authorizations.domain.deadlines import AMSTERDAM
from authorizations.domain.lifecycle import Status
from authorizations.domain.overleg import OverlegStatus
from authorizations.domain.terms import Outcome, Verdict
from authorizations.models import AuthorizationRequest, Overleg, TermPause
from authorizations.services import decisions, dossier, overleg, sight
from papers.models import Mail
from tests.factories import desk
from tests.factories.desk import NOW, choice
from tests.journeys.addresses import said

RESULT = "De dokter is het ermee eens dat de eerste lijn voorgaat."
FIRST = datetime.combine(NOW.date() + timedelta(days=2), datetime.min.time(), AMSTERDAM).replace(hour=14, minute=30)
LATER = FIRST + timedelta(hours=1)


@pytest.fixture(autouse=True)
def monday():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def taken(indiener, insurer, noor):
    return desk.filed(indiener, insurer, Status.IN_REVIEW, advisor=noor, due_on=(NOW + timedelta(days=5)).date())


def at_desk(authorization):
    return f"/beoordelen/{authorization.reference}/overleg/"


def at_provider(authorization):
    return f"/aanvragen/{authorization.reference}/overleg/"


def row(number, moment):
    name = f"moment-{number}"
    parts = {"day_0": moment.day, "day_1": moment.month, "day_2": moment.year, "at": f"{moment:%H.%M}"}
    return {f"{name}-{part}": str(value) for part, value in parts.items()}


def offered(authorization, by):
    return overleg.offer(authorization_id=authorization.pk, moments=[FIRST, LATER], reach="", by=by, now=NOW)


def booked(authorization, by, filer):
    offered(authorization, by)
    return overleg.book(authorization_id=authorization.pk, moment=FIRST, reach="", by=filer, now=NOW)


def held(authorization, by, filer, *, shared):
    booked(authorization, by, filer)
    overleg.write_result(authorization_id=authorization.pk, result=RESULT, shared=shared, by=by, now=LATER)


def test_it_is_offered_agreed_on_and_written_down(taken, indiener, noor, log_in):
    advisor, filer = log_in(noor), log_in(indiener)
    due_on = AuthorizationRequest.objects.get(pk=taken.pk).due_on
    assert "Bied eerst overleg aan" in said(advisor.get(f"/beoordelen/{taken.reference}/"))
    assert "De beslistermijn loopt door" in said(advisor.get(at_desk(taken)))
    wrong = advisor.post(at_desk(taken), row(0, NOW - timedelta(days=1)) | {"reach": "088 1234567"})
    assert wrong.status_code == 422
    assert "Kies een moment dat nog komt." in said(wrong)
    assert "088 1234567" in wrong.content.decode()
    assert advisor.post(at_desk(taken), row(0, LATER) | row(1, FIRST) | {"reach": "088 1234567"}).status_code == 302
    assert Overleg.objects.get().moments == [FIRST, LATER]
    assert at_provider(taken) in filer.get(f"/aanvragen/{taken.reference}/").content.decode()
    nothing = filer.post(at_provider(taken), {})
    assert (nothing.status_code, "Kies een moment." in said(nothing)) == (422, True)
    moment = Overleg.objects.get().moments[0].isoformat()
    assert filer.post(at_provider(taken), {"moment": moment, "reach": "dokter Kamp"}).status_code == 302
    one = Overleg.objects.get()
    assert (one.status, one.booked_for, one.reach_provider) == ("booked", FIRST, "dokter Kamp")
    assert "is overleg afgesproken op" in said(advisor.get(f"/beoordelen/{taken.reference}/besluit/?uitkomst=denied"))
    early = advisor.post(at_desk(taken), {"uitkomst": "1", "result": RESULT})
    assert (early.status_code, "moet nog komen" in said(early)) == (422, True)
    with time_machine.travel(LATER, tick=False):
        lacking = log_in(noor).post(at_desk(taken), {"uitkomst": "1", "result": ""})
        assert (lacking.status_code, "Schrijf de uitkomst" in said(lacking)) == (422, True)
        log_in(noor).post(at_desk(taken), {"uitkomst": "1", "result": RESULT})
    assert Overleg.objects.get().status == OverlegStatus.HELD
    page = said(log_in(indiener).get(f"/aanvragen/{taken.reference}/"))
    for step in ("Overleg aangeboden", "Overleg afgesproken", "Overleg gevoerd"):
        assert step in page, step
    assert RESULT not in page
    assert (AuthorizationRequest.objects.get(pk=taken.pk).due_on, TermPause.objects.count()) == (due_on, 0)
    assert Mail.objects.filter(key__contains="overleg").count() == 3
    assert not [mail for mail in Mail.objects.all() if RESULT in mail.body]


def test_it_is_declined_or_called_off(taken, indiener, noor, log_in):
    offered(taken, noor)
    assert (
        log_in(indiener).post(at_provider(taken), {"afslaan": "1", "because": "Alles staat erin."}).status_code == 302
    )
    assert "Alles staat erin." in said(log_in(noor).get(at_desk(taken)))
    booked(taken, noor, indiener)
    assert log_in(noor).post(at_desk(taken), {"afzeggen": "1"}).status_code == 302
    assert [one.status for one in Overleg.objects.all()] == ["declined", "cancelled"]
    assert log_in(indiener).get(at_provider(taken)).status_code == 302


@pytest.mark.parametrize("shared", [True, False])
def test_the_provider_reads_the_result_only_when_it_is_shared(taken, indiener, noor, log_in, shared):
    held(taken, noor, indiener, shared=shared)
    assert (RESULT in said(log_in(indiener).get(f"/aanvragen/{taken.reference}/"))) is shared
    given = dossier.overleggen.without_results(taken, but_shared=True)
    assert (given[0].result == RESULT) is shared
    assert Mail.objects.filter(key__contains="overleg_held").exists() is shared


@pytest.mark.parametrize("shared", [True, False])
def test_who_gives_a_blind_second_opinion_does_not_see_the_result(taken, indiener, noor, ravi, log_in, shared):
    held(taken, noor, indiener, shared=shared)
    desk.judge(taken, noor, c2a=Verdict.NOT_MET)
    decisions.decide(authorization_id=taken.pk, choice=choice(Outcome.DENIED), seen=sight.of(taken), by=noor, now=NOW)
    now = AuthorizationRequest.objects.get(pk=taken.pk)
    assert RESULT in said(log_in(noor).get(at_desk(taken)))
    for page in (at_desk(taken), f"/beoordelen/{taken.reference}/", f"/beoordelen/{taken.reference}/?toon=verloop"):
        assert RESULT not in said(log_in(ravi).get(page)), page
    assert [one.result for one in overleg.shown_to(now, ravi)] == [""]
    written = {
        name: context for name, _, _, context in dossier._written(now, [], [], purpose=PURPOSE, by=ravi, now=NOW)
    }
    assert [one.result for context in written.values() for one in context["overleggen"]] == ["", ""]
    desk.second(now, ravi)
    assert [one.result for one in overleg.shown_to(now, ravi)] == [RESULT]


PURPOSE = dossier.DossierPurpose.SKGZ


def test_only_who_has_the_request_offers_and_only_who_files_chooses(
    taken, indiener, lezer, noor, ravi, medewerker, other_indiener, other_adviseur, log_in
):
    with pytest.raises(overleg.NotAllowed):
        offered(taken, ravi)
    offered(taken, noor)
    for by in (ravi, indiener):
        with pytest.raises(overleg.NotAllowed):
            overleg.cancel(authorization_id=taken.pk, by=by, now=NOW)
    for by in (lezer, other_indiener, noor):
        with pytest.raises(overleg.NotAllowed):
            overleg.book(authorization_id=taken.pk, moment=FIRST, reach="", by=by, now=NOW)
    with pytest.raises(overleg.NotAllowed, match="Kies 1 van de momenten"):
        overleg.book(authorization_id=taken.pk, moment=NOW, reach="", by=indiener, now=NOW)
    assert log_in(lezer).get(at_provider(taken)).status_code == 403
    assert log_in(medewerker).get(at_desk(taken)).status_code == 403
    assert log_in(other_indiener).get(at_provider(taken)).status_code == 404
    assert log_in(other_adviseur).get(at_desk(taken)).status_code == 404


@pytest.mark.parametrize(
    ("constraint", "changes"),
    [
        ("overleg_moments_to_come", {"moments": []}),
        ("overleg_moments_to_come", {"moments": [NOW]}),
        ("overleg_booked_was_offered", {"booked_for": NOW}),
        ("overleg_status_fits", {"status": "booked"}),
        ("overleg_result_when_held", {"shared": True}),
    ],
)
def test_the_database_itself_refuses(taken, noor, constraint, changes):
    one = offered(taken, noor)
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Overleg.objects.filter(pk=one.pk).update(**changes)


def test_the_database_knows_one_open_overleg(taken, noor):
    one = offered(taken, noor)
    with pytest.raises(IntegrityError, match="one_open_overleg"), transaction.atomic():
        Overleg.objects.create(authorization=taken, moments=[LATER], offered_by_id=one.offered_by_id, offered_at=NOW)
