"""What an advisor types is still there after looking something up, and goes once it is saved."""

import pytest
import time_machine

from accounts.domain.roles import Role
from authorizations.domain.lifecycle import Status
from authorizations.models import DeskDraft
from authorizations.services import intake, sight
from tests.factories import accounts, desk

HINT = "Nog niet bewaard als oordeel: wat u typte staat er nog."


@pytest.fixture(autouse=True)
def monday():
    with time_machine.travel(desk.NOW, tick=False):
        yield


@pytest.fixture
def taken(indiener, insurer, noor):
    return desk.filed(indiener, insurer, Status.IN_REVIEW, advisor=noor)


@pytest.fixture
def browser(log_in, noor):
    return log_in(noor)


def page(authorization, rest=""):
    return f"/beoordelen/{authorization.reference}/{rest}"


def keep(browser, authorization, form, **data):
    return browser.post(page(authorization, f"concept/{form}/"), data)


def criterion(code, **values):
    return {f"{code}-{name}": value for name, value in {"verdict": "", "version": "0", **values}.items()}


def test_what_was_typed_about_a_criterion_stays_until_it_is_saved(taken, browser):
    answer = keep(browser, taken, "criterium-c2a", **criterion("c2a", verdict="not_met", motivation="Te <kort>."))
    assert answer.status_code == 200
    assert set(answer.json()) == {"saved_at"}
    browser.post(page(taken, "criterium/c1/"), criterion("c1", verdict="met", motivation="Klopt."))
    response = browser.get(page(taken))
    body = response.content.decode()
    assert HINT in body
    assert "Te &lt;kort&gt;." in body
    assert "Fout:" not in body
    one = next(one for one in response.context["criteria"] if one.criterion.code == "c2a")
    assert (one.is_open, one.form["verdict"].value(), one.verdict) == (True, "not_met", None)
    whole = {"verdict": "not_met", "motivation": "x", "missing_fact": "x", "leads_to_consent": "x"}
    browser.post(page(taken, "criterium/c2a/"), criterion("c2a", **whole))
    assert not DeskDraft.objects.exists()
    assert HINT not in browser.get(page(taken)).content.decode()


@pytest.mark.parametrize("version", ["-1", "een", "3000000000", "9", ""])
def test_a_wrong_version_is_never_kept(taken, browser, version):
    keep(browser, taken, "criterium-c1", **criterion("c1", verdict="met", motivation="Klopt.", version=version))
    shown = browser.get(page(taken)).context["criteria"][0].form["version"].value()
    assert shown == "0"
    whole = criterion("c1", verdict="met", motivation="Klopt.", version=shown)
    assert browser.post(page(taken, "criterium/c1/"), whole).status_code == 302


def test_a_draft_typed_over_an_older_verdict_still_meets_the_newer_one(taken, noor, browser):
    desk.assess(taken, "c1", noor, motivation="Eerst.")
    desk.assess(taken, "c1", noor, motivation="Daarna.", version=1)
    keep(browser, taken, "criterium-c1", **criterion("c1", verdict="met", motivation="Klopt.", version="1"))
    assert browser.get(page(taken)).context["criteria"][0].form["version"].value() == "1"


def test_what_was_refused_is_kept_without_javascript_too(taken, browser):
    browser.post(page(taken, "criterium/c2a/"), criterion("c2a", verdict="not_met", motivation="Te kort geprobeerd."))
    assert "Te kort geprobeerd." in browser.get(page(taken)).content.decode()


def test_a_decision_in_the_making_stays(taken, browser):
    keep(browser, taken, "besluit", outcome="denied", summary="Lang over nagedacht.", starts_on_0="31", seen="x")
    form = browser.get(page(taken, "besluit/")).context["form"]
    assert (form["summary"].value(), form["outcome"].value()) == ("Lang over nagedacht.", "denied")
    assert form["seen"].value() == sight.of(taken)
    assert "seen" not in DeskDraft.objects.get().data
    assert "Nog niet bewaard als besluit" in browser.get(page(taken, "besluit/")).content.decode()
    other = browser.get(page(taken, "besluit/"), {"uitkomst": "granted"}).context["form"]
    assert other["outcome"].value() == "granted"


def test_what_is_still_needed_follows_what_was_typed(taken, browser):
    write = "Schrijf de motivering van het besluit."
    assert write in browser.get(page(taken, "besluit/")).content.decode()
    kept = keep(browser, taken, "besluit", outcome="denied", summary="Lang over nagedacht.", seen="x").json()
    shown = browser.get(page(taken, "besluit/")).content.decode()
    for told in (kept["parts"]["nog-nodig"], shown):
        assert write not in told
        assert "Schrijf wat u niet toekent en waarom." in told
        assert "Geef eerst een oordeel over" in told
    keep(browser, taken, "besluit", outcome="denied", summary="", starts_on_0="31", seen="x")
    assert write in browser.get(page(taken, "besluit/")).content.decode()


def test_who_reads_along_is_not_told_what_is_needed(taken, log_in, ravi):
    kept = keep(log_in(ravi), taken, "besluit", outcome="denied", summary="x", seen="x")
    assert kept.json().get("parts", {}) == {}


def test_questions_in_the_making_stay_until_they_are_asked(taken, browser):
    rows = {"vraag-0-what": "Het eindverslag.", "vraag-3-what": "De verwijzing.", "vraag-TOTAL_FORMS": "4"}
    keep(browser, taken, "vragen", **rows)
    response = browser.get(page(taken, "vragen/"))
    assert [form["what"].value() for form in response.context["formset"]] == ["Het eindverslag.", "De verwijzing."]
    assert "Fout:" not in response.content.decode()
    question = {
        "criterion": "c2a", "what": "Het verslag.", "why": "Nodig.", "leads_to_consent": "Een verslag.",
        "due_on_0": "7", "due_on_1": "12", "due_on_2": "2026", "document_kind": "",
    }  # fmt: skip
    asked = browser.post(page(taken, "vragen/"), {f"vraag-0-{name}": value for name, value in question.items()})
    assert asked.status_code == 302
    assert not DeskDraft.objects.exists()


def test_a_note_in_the_making_stays_until_it_is_left(taken, browser):
    keep(browser, taken, "notitie", text="Bel Ravi.")
    assert "Bel Ravi." in browser.get(page(taken), {"toon": "verloop"}).content.decode()
    browser.post(page(taken, "notitie/"), {"text": "Bel Ravi morgen."})
    assert not DeskDraft.objects.exists()


def test_nobody_else_sees_it(taken, browser, log_in, insurer):
    keep(browser, taken, "notitie", text="Bel Ravi.")
    other = log_in(accounts.actor(Role.MEDISCH_ADVISEUR, organization=insurer))
    assert "Bel Ravi." not in other.get(page(taken), {"toon": "verloop"}).content.decode()


@pytest.mark.parametrize("form", ["iets", "criterium-c9", "criterium-s3_imsr"])
def test_a_form_that_the_desk_does_not_have_is_refused(taken, browser, form):
    answer = keep(browser, taken, form, text="x")
    assert answer.status_code == 409
    assert "hoort niet bij deze aanvraag" in answer.json()["message"]


def test_a_text_without_end_is_refused_and_unreadable_signs_are_left_out(taken, browser):
    assert keep(browser, taken, "notitie", text="x" * 200_001).status_code == 409
    assert keep(browser, taken, "notitie", text="a\x00b").status_code == 200
    assert DeskDraft.objects.get().data == {"text": ["ab"]}


def test_it_goes_when_the_request_is_closed(taken, browser, indiener):
    keep(browser, taken, "besluit", summary="Medische woorden.", seen="x")
    intake.withdraw(authorization_id=taken.pk, reason="Ziet ervan af.", by=indiener, now=desk.NOW)
    assert not DeskDraft.objects.exists()
    assert keep(browser, taken, "besluit", summary="Medische woorden.").status_code == 409


def test_others_keep_nothing(taken, log_in, indiener, medewerker, other_adviseur):
    for who, status in ((indiener, 403), (medewerker, 403), (other_adviseur, 404)):
        assert keep(log_in(who), taken, "notitie", text="x").status_code == status
    assert not DeskDraft.objects.exists()
