"""The medisch adviseur checks the privacyverklaring before there is a decision."""

import pytest
import time_machine

from authorizations.domain.lifecycle import Status
from authorizations.domain.terms import Outcome
from authorizations.models import AuthorizationRequest, InformationItem, Privacyverklaring
from authorizations.services import decisions, questions, sight
from papers.models import Mail
from tests.authorizations.web.test_privacyverklaring import given
from tests.factories import desk
from tests.factories.desk import NOW, choice
from tests.journeys.addresses import said

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def monday():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def taken(indiener, insurer, noor):
    authorization = desk.filed(indiener, insurer, Status.IN_REVIEW, advisor=noor)
    given(authorization, indiener)
    return authorization


def url(authorization):
    return f"/beoordelen/{authorization.reference}/privacyverklaring/"


def codes(authorization, by):
    now = AuthorizationRequest.objects.get(pk=authorization.pk)
    return {one.code for one in decisions.obstacles(now, choice(Outcome.DENIED), by=by, now=NOW)}


def test_there_is_no_decision_before_the_check(taken, noor, log_in):
    desk.judge(taken, noor)
    client = log_in(noor)
    page = client.get(f"/beoordelen/{taken.reference}/")
    assert "Nog niet gecontroleerd" in said(page)
    assert url(taken) in page.content.decode()
    decision = client.get(f"/beoordelen/{taken.reference}/besluit/").content.decode()
    assert "Controleer eerst de privacyverklaring." in decision
    with pytest.raises(decisions.Incomplete, match="Controleer eerst"):
        decisions.decide(
            authorization_id=taken.pk, choice=choice(Outcome.GRANTED), seen=sight.of(taken), by=noor, now=NOW
        )
    shown = said(client.get(url(taken)))
    for part in ("J. Jansen (de patiënt), 2 november 2026", "Ilse Indiener", "Psychiater"):
        assert part in shown, part
    for bad in ({}, {"in_order": "misschien"}, {"in_order": "nee", "reason": " "}):
        assert client.post(url(taken), bad).status_code == 422, bad
    assert client.post(url(taken), {"in_order": "ja"}).status_code == 302
    one = Privacyverklaring.objects.get()
    assert (one.status, one.checked_by_id, one.checked_at) == ("in_order", noor.user_id, NOW)
    assert "privacyverklaring_unchecked" not in codes(taken, noor)
    again = client.post(url(taken), {"in_order": "ja"})
    assert (again.status_code, "U controleerde de verklaring al" in said(again)) == (422, True)
    assert "Is de privacyverklaring in orde?" not in said(client.get(url(taken)))


def test_what_is_not_in_order_is_asked_and_given_again(taken, indiener, noor, log_in):
    why = "De handtekening is van een kind van 9."
    assert log_in(noor).post(url(taken), {"in_order": "nee", "reason": why}).status_code == 302
    taken.refresh_from_db()
    item = InformationItem.objects.get()
    assert (taken.status, why in item.what) == ("waiting_for_provider", True)
    assert (Privacyverklaring.objects.get().status, taken.without_diagnosis) == ("not_in_order", True)
    assert "privacyverklaring_not_in_order" in codes(taken, noor)
    assert not [mail for mail in Mail.objects.all() if why in mail.body + mail.subject]

    client = log_in(indiener)
    assert why in said(client.get(f"/aanvragen/{taken.reference}/privacyverklaring/"))
    given(taken, indiener, signer_name="P. Jansen, vader")
    questions.answer(item_id=item.pk, text="De vader tekende.", by=indiener, now=NOW)
    questions.send_answers(authorization_id=taken.pk, by=indiener, now=NOW)
    one = Privacyverklaring.objects.get()
    assert (one.status, one.signer_name, one.checked_by) == ("given", "P. Jansen, vader", None)
    assert log_in(noor).post(url(taken), {"in_order": "ja"}).status_code == 302
    page = said(log_in(indiener).get(f"/aanvragen/{taken.reference}/"))
    for step in ("geen diagnose meer", "niet in orde", "opnieuw gegeven", "gecontroleerd: in orde"):
        assert step in page, step


def test_a_colleague_who_does_not_have_it_reads_and_checks_nothing(taken, ravi, log_in):
    client = log_in(ravi)
    assert "J. Jansen" in said(client.get(url(taken)))
    assert client.post(url(taken), {"in_order": "ja"}).status_code == 422
    assert Privacyverklaring.objects.get().status == "given"


def test_without_one_there_is_nothing_to_check(indiener, insurer, noor, log_in):
    plain = desk.filed(indiener, insurer, Status.IN_REVIEW, advisor=noor)
    assert log_in(noor).get(url(plain)).status_code == 302
    assert log_in(noor).post(url(plain), {"in_order": "ja"}).status_code == 302
