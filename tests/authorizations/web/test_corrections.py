"""The page on which a letter is corrected, and what both sides read of it."""

import pytest
import time_machine

from authorizations.domain.lifecycle import Status
from authorizations.domain.terms import Outcome
from authorizations.models import AuthorizationRequest, RequestLetter
from authorizations.services import corrections, decisions, sight
from tests.factories import desk
from tests.factories.desk import NOW, choice

pytestmark = pytest.mark.usefixtures("plain_letters")


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def decided(indiener, insurer, noor):
    authorization = desk.filed(indiener, insurer, Status.IN_REVIEW, advisor=noor)
    desk.judge(authorization, noor)
    now = AuthorizationRequest.objects.get(pk=authorization.pk)
    decisions.decide(authorization_id=now.pk, choice=choice(Outcome.GRANTED), seen=sight.of(now), by=noor, now=NOW)
    return AuthorizationRequest.objects.get(pk=authorization.pk)


def url(authorization):
    return f"/beoordelen/{authorization.reference}/brief-herstellen/"


def typed(authorization, **changes):
    seen = "-".join(str(one.pk) for one in corrections.standing(authorization))
    return {
        "wrong_1": "alles gewogen",
        "right_1": "alles goed gewogen",
        "because": "Een woord.",
        "seen": seen,
        **changes,
    }


def test_a_letter_is_looked_at_and_then_replaced_and_both_sides_see_it(decided, noor, indiener, log_in):
    browser = log_in(noor)
    assert "Herstel een fout in de brief" in browser.get(f"/beoordelen/{decided.reference}/").content.decode()
    looked = browser.post(url(decided), typed(decided, voorbeeld="provider"))
    assert looked["Content-Type"] == "application/pdf"
    assert not RequestLetter.objects.filter(replaces__isnull=False).exists()
    body = browser.post(url(decided), typed(decided), follow=True).content.decode()
    assert "De brief is hersteld." in body
    assert body.count("(vervangen door de brief van") == 2
    page = log_in(indiener).get(f"/aanvragen/{decided.reference}/").content.decode()
    assert page.count("De besluitbrief wordt gemaakt") == 1
    assert "Vervangen door de brief van" in page and "De besluitbrief is hersteld" in page


def test_what_is_wrong_is_said_at_its_field_and_what_was_typed_stays(decided, noor, log_in):
    answer = log_in(noor).post(url(decided), typed(decided, wrong_1="staat er niet", because=""))
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"wrong_1", "because"}
    assert "staat er niet" in answer.content.decode()


def test_what_the_decision_says_is_not_corrected(decided, noor, log_in):
    answer = log_in(noor).post(url(decided), typed(decided, wrong_1="Wij kennen de machtiging toe", right_1="Nee"))
    assert answer.status_code == 422
    assert "Dit hoort bij het besluit zelf (“toe”)." in answer.content.decode()


def test_a_word_in_a_motivation_does_not_turn_the_decision_around(decided, noor, log_in):
    turned = typed(decided, wrong_1="alles gewogen", right_1="niet alles gewogen", because="code")
    answer = log_in(noor).post(url(decided), turned)
    assert answer.status_code == 422
    assert "Dit hoort bij het besluit zelf (“niet”)." in answer.content.decode()
    assert "Dat kan na een verzoek om heroverweging" in answer.content.decode()
    assert not RequestLetter.objects.filter(replaces__isnull=False).exists()


def test_before_the_decision_the_page_leads_back(indiener, insurer, noor, log_in):
    open_one = desk.filed(indiener, insurer, Status.IN_REVIEW, advisor=noor)
    answer = log_in(noor).get(url(open_one), follow=True)
    assert "Er is nog geen besluitbrief om te herstellen." in answer.content.decode()
