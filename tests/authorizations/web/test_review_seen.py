"""Nothing is decided, proposed or confirmed on what nobody saw: what is new is named, and what was typed stays."""

from datetime import timedelta

import pytest
import time_machine

from authorizations.domain.lifecycle import Status
from authorizations.domain.terms import DocumentVerdict, Outcome, Verdict
from authorizations.models import AuthorizationRequest, Decision
from authorizations.services import decisions, documents, intake, questions, sight
from tests.authorizations.web.test_review_decide import denial
from tests.factories import desk
from tests.factories import documents as make
from tests.factories.desk import NOW


@pytest.fixture(autouse=True)
def monday():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def taken(indiener, insurer, noor):
    found = desk.filed(indiener, insurer, Status.IN_REVIEW, advisor=noor)
    desk.judge(found, noor, c2a=Verdict.NOT_MET)
    return found


@pytest.fixture
def browser(log_in, noor):
    return log_in(noor)


def url(authorization, rest=""):
    return f"/beoordelen/{authorization.reference}/besluit/{rest}"


def stored(authorization):
    return AuthorizationRequest.objects.get(pk=authorization.pk)


def propose(authorization, by, **changes):
    return decisions.decide(
        authorization_id=authorization.pk,
        choice=desk.choice(Outcome.DENIED, **changes),
        seen=sight.of(stored(authorization)),
        by=by,
        now=NOW,
    )


def shown(browser, authorization):
    context = browser.get(url(authorization, "bevestigen/")).context
    return {"proposal": context["proposal"].pk, "seen": context["seen"]}


# -- deciding --------------------------------------------------------------------------------------------------------


def a_document_comes(authorization, noor, indiener):
    make.added(authorization, by=indiener, name="eindverslag.pdf")
    return "eindverslag.pdf"


def a_document_is_judged(authorization, noor, indiener):
    documents.judge(
        document_id=authorization.documents.get().pk, verdict=DocumentVerdict.INCOMPLETE, note="x", by=noor, now=NOW
    )
    return "beoordeeld"


def a_verdict_changes(authorization, noor, indiener):
    desk.assess(authorization, "c1", noor, version=1, motivation="Toch anders.")
    return "Het oordeel over “De zorg hoort bij"


def questions_are_answered(authorization, noor, indiener):
    asked = questions.ask(authorization_id=authorization.pk, items=[desk.question()], by=noor, now=NOW)
    questions.answer(item_id=asked.items.get().pk, text="Hier is het.", by=indiener, now=NOW)
    questions.send_answers(authorization_id=authorization.pk, by=indiener, now=NOW)
    return "Vragen beantwoord"


NEWS = [a_document_comes, a_document_is_judged, a_verdict_changes, questions_are_answered]


@pytest.mark.parametrize("happens", NEWS)
def test_what_is_new_since_the_page_was_opened_is_named_and_nothing_is_decided(taken, noor, indiener, browser, happens):
    if happens is a_document_is_judged:
        make.added(taken, by=indiener)
    seen = browser.get(url(taken)).context["form"]["seen"].value()
    words = happens(taken, noor, indiener)
    posted = {**denial(taken), "summary": "Lang over nagedacht.", "seen": seen}
    response = browser.post(url(taken), posted)
    body = response.content.decode()
    assert response.status_code == 422
    assert "Deze aanvraag is intussen gewijzigd." in body
    assert words in body
    assert "Lang over nagedacht." in body
    assert not Decision.objects.exists()
    again = {**posted, "seen": response.context["form"]["seen"].value()}
    assert browser.post(url(taken), again).status_code == 302


def test_what_is_new_has_a_link_to_where_it_stands(taken, indiener, browser):
    seen = browser.get(url(taken)).context["form"]["seen"].value()
    make.added(taken, by=indiener)
    response = browser.post(url(taken), {**denial(taken), "seen": seen})
    assert response.context["problems"][1]["href"] == f"/beoordelen/{taken.reference}/?doc=1#pagina"


def test_what_came_later_stands_beside_the_decision(taken, indiener, browser):
    make.added(taken, by=indiener)
    assert "Later toegevoegd" in browser.get(url(taken)).content.decode()


def test_a_post_that_shows_nothing_is_not_kept_in_place_of_what_the_page_begins_with(taken, browser):
    response = browser.post(url(taken), {"outcome": "denied"})
    assert response.status_code == 422
    assert "Version" not in response.content.decode()
    assert browser.get(url(taken)).context["form"]["declaratie_code"].value() == "14D838"


# -- confirming ------------------------------------------------------------------------------------------------------


def test_another_proposal_than_the_one_that_was_read_is_not_confirmed(taken, noor, log_in, ravi):
    """Of the new one an own opinion comes first again, and nothing of it is shown before."""
    first = propose(taken, noor)
    second = log_in(ravi)
    desk.second(stored(taken), ravi)
    read = shown(second, taken)
    decisions.hand_back(authorization_id=taken.pk, proposal_id=first.pk, because="Te snel.", by=noor, now=NOW)
    propose(taken, noor, summary="Een heel andere tekst.")
    response = second.post(url(taken, "bevestigen/"), read, follow=True)
    assert response.redirect_chain == [(f"/beoordelen/{taken.reference}/tweede-oordeel/", 302)]
    assert "Een heel andere tekst." not in response.content.decode()
    assert stored(taken).status == Status.SECOND_REVIEW
    desk.second(stored(taken), ravi)
    assert second.post(url(taken, "bevestigen/"), shown(second, taken)).status_code == 302
    assert stored(taken).status == Status.DENIED


def test_another_proposal_than_the_one_that_was_read_is_not_taken_back(taken, noor, browser):
    first = propose(taken, noor)
    read = shown(browser, taken)
    decisions.hand_back(authorization_id=taken.pk, proposal_id=first.pk, because="Te snel.", by=noor, now=NOW)
    propose(taken, noor)
    response = browser.post(url(taken, "teruggeven/"), {**read, "because": "De uren kloppen niet."})
    assert response.status_code == 422
    assert "De uren kloppen niet." in response.content.decode()
    assert stored(taken).status == Status.SECOND_REVIEW


@pytest.mark.parametrize("change", [{"proposal": ""}, {"proposal": "9" * 30}, {"seen": ""}, {"seen": "x=y=z"}])
def test_a_confirmation_that_does_not_say_what_it_saw_is_refused(taken, noor, log_in, ravi, change):
    propose(taken, noor)
    second = log_in(ravi)
    desk.second(stored(taken), ravi)
    assert second.post(url(taken, "bevestigen/"), {**shown(second, taken), **change}).status_code == 422
    assert stored(taken).status == Status.SECOND_REVIEW


def test_a_document_that_came_while_the_second_read_is_named_first(taken, noor, indiener, log_in, ravi):
    propose(taken, noor)
    second = log_in(ravi)
    desk.second(stored(taken), ravi)
    read = shown(second, taken)
    later = NOW + timedelta(minutes=4)
    with time_machine.travel(later, tick=False):
        make.added(taken, by=indiener, name="eindverslag.pdf", now=later)
        response = second.post(url(taken, "bevestigen/"), read)
        body = response.content.decode()
        assert response.status_code == 422
        assert "Deze aanvraag is intussen gewijzigd." in body
        assert "Nieuw sinds dit voorstel" in body
        assert body.count("eindverslag.pdf") == 2
        assert second.post(url(taken, "bevestigen/"), shown(second, taken)).status_code == 302


def test_taking_back_an_own_proposal_is_asked_as_such_and_gives_its_outcome_back(taken, noor, browser, log_in, ravi):
    propose(taken, noor)
    body = browser.get(url(taken, "bevestigen/")).content.decode()
    assert "Waarom neemt u uw voorstel terug?" in body
    assert "Waarom geeft u het voorstel terug?" not in body
    desk.second(stored(taken), ravi)
    assert "Waarom geeft u het voorstel terug?" in log_in(ravi).get(url(taken, "bevestigen/")).content.decode()
    browser.post(url(taken, "teruggeven/"), {**shown(browser, taken), "because": "Te snel."})
    assert browser.get(url(taken)).context["form"]["outcome"].value() == "denied"


# -- where nothing can be decided ------------------------------------------------------------------------------------


@pytest.mark.parametrize("page", ["besluit/", "vragen/"])
@pytest.mark.parametrize(
    ("who", "status", "words"),
    [
        ("noor", Status.WITHDRAWN, "De zorgaanbieder heeft deze aanvraag ingetrokken."),
        ("noor", Status.GRANTED, "Er is al besloten over deze aanvraag: toegekend."),
        ("noor", Status.SECOND_REVIEW, "Er ligt al een voorstel bij een tweede medisch adviseur."),
        ("ravi", Status.SECOND_REVIEW, "Er ligt al een voorstel bij een tweede medisch adviseur."),
        ("ravi", Status.IN_REVIEW, "Noor Adviseur pakte deze aanvraag op"),
        ("ravi", Status.SUBMITTED, "toegewezen aan Noor Adviseur"),
        ("noor", Status.SUBMITTED, "Pak de aanvraag eerst op."),
    ],
)
def test_where_nothing_can_be_decided_the_page_says_why_and_leads_back(
    indiener, insurer, noor, ravi, log_in, page, who, status, words
):
    found = desk.filed(indiener, insurer, Status.IN_REVIEW, advisor=noor)
    desk.judge(found, noor, c2a=Verdict.NOT_MET)
    if status == Status.SECOND_REVIEW:
        propose(found, noor)
    elif status == Status.WITHDRAWN:
        intake.withdraw(authorization_id=found.pk, reason="Ziet ervan af.", by=indiener, now=NOW)
    elif status == Status.GRANTED:
        desk.judge(found, noor)
        decisions.decide(
            authorization_id=found.pk, choice=desk.choice(Outcome.GRANTED), seen=sight.of(stored(found)), by=noor,
            now=NOW,
        )  # fmt: skip
    elif status == Status.SUBMITTED:
        found = desk.filed(indiener, insurer, advisor=noor)
    browser = log_in({"noor": noor, "ravi": ravi}[who])
    response = browser.get(f"/beoordelen/{found.reference}/{page}", follow=True)
    assert response.redirect_chain == [(f"/beoordelen/{found.reference}/", 302)]
    assert words in response.content.decode()


def test_while_questions_are_open_no_others_can_be_asked(taken, noor, browser):
    questions.ask(authorization_id=taken.pk, items=[desk.question()], by=noor, now=NOW)
    response = browser.get(f"/beoordelen/{taken.reference}/vragen/", follow=True)
    assert "Er staan al vragen open bij de zorgaanbieder." in response.content.decode()
