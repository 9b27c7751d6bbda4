"""Deciding in the browser: what stands in the way, the letter beforehand, and the second medisch adviseur."""

import re

import pytest
import time_machine
from django.test import Client

from accounts import queries as accounts_queries
from authorizations.domain.lifecycle import Status
from authorizations.domain.terms import Verdict
from authorizations.models import AuthorizationRequest, Decision, Grant
from authorizations.services import decisions, intake, sight
from ggz_codes.services import catalogue
from tests.factories import accounts, desk
from tests.factories.desk import NOW
from tests.factories.logging_in import logged_in


@pytest.fixture(autouse=True)
def monday():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def taken(indiener, insurer, noor):
    return desk.filed(indiener, insurer, Status.IN_REVIEW, advisor=noor)


@pytest.fixture
def browser(log_in, noor):
    return log_in(noor)


def url(authorization, rest=""):
    return f"/beoordelen/{authorization.reference}/besluit/{rest}"


def typed(authorization, outcome="granted", **changes):
    return {
        "outcome": outcome,
        "declaratie_code": "14D838",
        "zorgproduct_code": "990027195",
        "setting": "outpatient",
        "starts_on_0": "14", "starts_on_1": "12", "starts_on_2": "2026",
        "ends_on_0": "26", "ends_on_1": "maart", "ends_on_2": "2027",
        "hours_revalidatiearts": "4",
        "hours_fysiotherapie": "24",
        "hours_psychologie": "12,5",
        "summary": "Uit de stukken blijkt dat de eerste lijn is geprobeerd.",
        "conditions": "",
        "not_granted": "",
        "indication_weighed": "",
        "next_step": "",
        "early_start_reason": "",
        "seen": sight.of(authorization),
        **changes,
    }  # fmt: skip


def denial(authorization):
    return typed(
        authorization,
        "denied",
        not_granted="De gevraagde revalidatie.",
        indication_weighed="Wij volgen de diagnose.",
        next_step="Dien opnieuw in met het eindverslag.",
    )


def shown(browser, authorization):
    """What the page with the proposal sends along: which proposal it is, and what there was to see."""
    context = browser.get(url(authorization, "bevestigen/")).context
    return {"proposal": context["proposal"].pk, "seen": context["seen"]}


def stored(authorization):
    return AuthorizationRequest.objects.get(pk=authorization.pk)


# -- the page --------------------------------------------------------------------------------------------------------


def test_the_page_begins_with_what_was_asked_and_says_what_is_still_needed(taken, browser):
    context = browser.get(url(taken)).context
    form = context["form"]
    assert form["declaratie_code"].value() == "14D838"
    assert [str(field.value()) for _, _, field in form.hour_rows] == ["4", "24", "12,5"]
    assert form["starts_on"].value().isoformat() == "2026-12-14"
    assert form["ends_on"].value().isoformat() == "2027-03-26"  # as asked, R-39
    standing = {outcome.value: [one["message"] for one in problems] for outcome, problems in context["standing"]}
    assert standing["granted"][0].startswith("Geef eerst een oordeel over: De zorg hoort bij")
    assert "Schrijf wat u niet toekent en waarom." not in standing["granted"]
    assert "Schrijf wat u niet toekent en waarom." in standing["denied"]
    assert "Een afwijzing kent niets toe." not in standing["denied"]


def test_asking_is_one_of_the_choices(taken, browser):
    assert browser.get(url(taken), {"uitkomst": "vragen"}).url == f"/beoordelen/{taken.reference}/vragen/"


@pytest.mark.parametrize("outcome", ["granted", "partly_granted", "denied", "bestaat-niet", ""])
def test_a_choice_in_the_address_is_chosen_on_the_page(taken, browser, outcome):
    chosen = browser.get(url(taken), {"uitkomst": outcome}).context["form"]["outcome"].value()
    assert chosen == (outcome if outcome in ("granted", "partly_granted", "denied") else None)


# -- deciding --------------------------------------------------------------------------------------------------------


def test_a_grant(taken, noor, browser):
    desk.judge(taken, noor)
    response = browser.post(url(taken), typed(taken), follow=True)
    assert "Toegekend. De brieven worden gemaakt" in response.content.decode()
    grant = Grant.objects.get(authorization=taken)
    assert (grant.declaratie_code, str(grant.ends_on), grant.hours.count()) == ("14D838", "2027-03-26", 3)


@pytest.mark.parametrize("code", ["<b>xy", "14D83", "\N{GRINNING FACE}"])
@pytest.mark.parametrize("preview", ["", "provider"])
def test_a_code_of_the_wrong_form_is_refused_at_its_field(taken, noor, browser, code, preview):
    desk.judge(taken, noor)
    response = browser.post(url(taken), typed(taken, declaratie_code=code, voorbeeld=preview))
    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["declaratie_code"]
    assert not Grant.objects.exists()


def test_a_proposal_with_a_wrong_code_is_refused_too(taken, noor, browser):
    desk.judge(taken, noor, c3_omvang=Verdict.NOT_MET)
    values = typed(taken, "partly_granted", declaratie_code="14D83", second_wanted="on", hours_fysiotherapie="12")
    assert browser.post(url(taken), values).status_code == 422
    assert stored(taken).status == Status.IN_REVIEW


def test_the_reason_of_a_longer_period_stands_in_the_letter(taken, noor, browser):
    desk.judge(taken, noor)
    longer = typed(taken, ends_on_0="30")
    assert "Leg uit waarom u langer toekent." in browser.post(url(taken), longer).content.decode()
    browser.post(url(taken), longer | {"long_period_reason": "De groep eindigt vier dagen later."})
    letter = Grant.objects.get(authorization=taken).decision.letters.first()
    assert "De groep eindigt vier dagen later." in letter.letter.html


def test_everything_in_the_way_is_said_with_a_link_to_mend_it_and_nothing_typed_is_lost(taken, noor, browser):
    response = browser.post(url(taken), typed(taken, hours_fysiotherapie="30", summary="Mijn motivering."))
    body = response.content.decode()
    assert response.status_code == 422
    assert f'href="/beoordelen/{taken.reference}/#criteria"' in body
    assert "Fysiotherapie: u kunt 0 tot 24 uur toekennen." in body
    assert 'href="#id_hours_fysiotherapie"' in body
    assert "Mijn motivering." in body
    assert 'value="30"' in body
    assert stored(taken).status == Status.IN_REVIEW


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"starts_on_1": "13"}, "Vul een bestaande datum in"),
        ({"hours_psychologie": "veel"}, "Vul een getal in"),
        ({"outcome": ""}, "Kies een antwoord bij"),
        ({"summary": "x" * 4001}, "te lang"),
        ({"setting": "thuis"}, "Kies een antwoord"),
        ({"seen": ""}, "intussen gewijzigd"),
        ({"seen": "version=9999999999999999999999 x"}, "intussen gewijzigd"),
        ({"seen": "a\x00b"}, "intussen gewijzigd"),
        ({"seen": "version=1 event=² document-²=x counter-²=x document-9=x criterion-c9=1"}, "intussen gewijzigd"),
        ({"starts_on_0": "1", "starts_on_1": "11"}, "Leg uit waarom"),
        ({"hours_psychologie": "10"}, "Kies gedeeltelijk toekennen"),
        ({"declaratie_code": ""}, "Vul in wat u toekent"),
    ],
)
def test_bad_input_is_named_and_decides_nothing(taken, noor, browser, change, words):
    desk.judge(taken, noor)
    response = browser.post(url(taken), typed(taken, **change))
    assert response.status_code == 422
    assert words in response.content.decode()
    assert not Decision.objects.exists()


def test_what_is_wrong_in_one_field_hides_nothing_that_is_missing_in_others(taken, noor, browser):
    desk.judge(taken, noor, c2a=Verdict.NOT_MET)
    changes = {"hours_psychologie": "1,55555555", "summary": "x" * 4014, "ends_on_2": "2029", "declaratie_code": ""}
    response = browser.post(url(taken), typed(taken, "partly_granted", **changes))
    form = response.context["form"]
    assert set(form.errors) == {
        "hours_psychologie", "summary", "ends_on", "declaratie_code", "not_granted", "indication_weighed",
    }  # fmt: skip
    body = response.content.decode()
    assert "Psychologie: Gebruik hoogstens 2 cijfers achter de komma." in body
    assert "Motivering van het besluit: Uw tekst is 14 tekens te lang." in body
    assert "Vul in wat u toekent: code." in body
    assert "Een machtiging geldt hoogstens 365 dagen." in body


def test_two_dates_that_do_not_exist_are_told_apart(taken, browser):
    body = browser.post(url(taken), typed(taken, starts_on_1="13", ends_on_1="13")).content.decode()
    assert "Geldig vanaf: Vul een bestaande datum in" in body
    assert "Geldig tot en met: Vul een bestaande datum in" in body


def test_that_all_is_granted_is_not_said_before_anything_is_filled_in(taken, browser):
    standing = dict(browser.get(url(taken)).context["standing"])
    assert not any("U kent alles toe" in one["message"] for one in standing["partly_granted"])


def test_a_withdrawn_request_says_so_and_keeps_what_was_typed(taken, noor, browser, indiener):
    desk.judge(taken, noor)
    intake.withdraw(authorization_id=taken.pk, reason="Ziet ervan af.", by=indiener, now=NOW)
    response = browser.post(url(taken), typed(taken, summary="Lang over nagedacht."))
    body = response.content.decode()
    assert response.status_code == 422
    assert "De zorgaanbieder heeft deze aanvraag ingetrokken." in body
    assert "Lang over nagedacht." in body


def test_what_changed_meanwhile_is_looked_at_before_deciding_again(taken, noor, browser):
    desk.judge(taken, noor)
    seen = typed(taken)
    AuthorizationRequest.objects.filter(pk=taken.pk).update(version=taken.version + 1)
    response = browser.post(url(taken), seen)
    assert "intussen gewijzigd" in response.content.decode()
    again = {**seen, "seen": response.context["form"]["seen"].value()}
    assert browser.post(url(taken), again).status_code == 302


def test_the_letter_is_looked_at_beforehand_and_nothing_is_decided(taken, noor, browser):
    desk.judge(taken, noor)
    for addressee in ("provider", "insured"):
        response = browser.post(url(taken), {**typed(taken), "voorbeeld": addressee})
        assert response["Content-Type"] == "application/pdf"
        assert response.content.startswith(b"%PDF")
    assert not Decision.objects.exists()
    denied = browser.post(url(taken), {**denial(taken), "voorbeeld": "provider"})
    assert denied.content.startswith(b"%PDF")


def test_a_double_click_decides_once(taken, noor, browser):
    desk.judge(taken, noor)
    assert browser.post(url(taken), typed(taken)).status_code == 302
    response = browser.post(url(taken), typed(taken), follow=True)
    assert response.redirect_chain == [(f"/beoordelen/{taken.reference}/", 302)]
    assert "Toegekend. De brieven worden gemaakt" in response.content.decode()
    assert Grant.objects.count() == 1


def test_a_double_click_on_a_denial_proposes_once(proposed, browser):
    response = browser.post(url(proposed), denial(proposed), follow=True)
    assert "Uw voorstel ligt nu bij een tweede medisch adviseur." in response.content.decode()
    assert Decision.objects.count() == 1


def test_another_outcome_after_the_decision_is_refused(taken, noor, browser):
    desk.judge(taken, noor)
    browser.post(url(taken), typed(taken))
    response = browser.post(url(taken), denial(taken))
    assert response.status_code == 422
    assert "Er is al besloten over deze aanvraag: toegekend." in response.content.decode()


def test_no_outcome_is_chosen_for_the_advisor(taken, browser):
    for path in (f"/beoordelen/{taken.reference}/", url(taken)):
        assert not re.search(r"<input[^>]* checked\b", browser.get(path).content.decode())


# -- the second medisch adviseur -------------------------------------------------------------------------------------


@pytest.fixture
def proposed(taken, noor, browser):
    desk.judge(taken, noor, c2a=Verdict.NOT_MET)
    response = browser.post(url(taken), denial(taken), follow=True)
    assert "Uw voorstel ligt nu bij een tweede medisch adviseur." in response.content.decode()
    return taken


def test_a_denial_is_confirmed_by_somebody_else(proposed, log_in, ravi):
    second = log_in(ravi)
    desk.second(stored(proposed), ravi)
    body = second.get(url(proposed, "bevestigen/")).content.decode()
    assert "Voorstel van Noor Adviseur: afgewezen" in body
    assert "Wij volgen de diagnose." in body
    assert second.get(url(proposed, "bevestigen/"), {"voorbeeld": "provider"}).content.startswith(b"%PDF")
    assert stored(proposed).status == Status.SECOND_REVIEW
    assert (
        "Afgewezen" in second.post(url(proposed, "bevestigen/"), shown(second, proposed), follow=True).content.decode()
    )
    assert stored(proposed).status == Status.DENIED


def test_the_proposer_has_no_button_and_is_refused(proposed, browser):
    body = browser.get(url(proposed, "bevestigen/")).content.decode()
    assert "Bevestig dit besluit" not in body
    assert "U deed dit voorstel." in body
    response = browser.post(url(proposed, "bevestigen/"), shown(browser, proposed))
    assert response.status_code == 422
    assert "Iemand anders moet dit besluit bevestigen." in response.content.decode()


def test_a_proposal_is_handed_back_with_a_reason_that_the_first_reads(proposed, browser, log_in, ravi):
    second = log_in(ravi)
    desk.second(stored(proposed), ravi)
    assert second.post(url(proposed, "teruggeven/"), {"because": " "}).status_code == 422
    second.post(url(proposed, "teruggeven/"), {**shown(second, proposed), "because": "Het verslag zit erbij."})
    assert stored(proposed).status == Status.IN_REVIEW
    page = browser.get(url(proposed))
    assert "Het verslag zit erbij." in page.content.decode()
    assert page.context["form"]["indication_weighed"].value() == "Wij volgen de diagnose."
    assert page.context["form"]["declaratie_code"].value() == "14D838"


def test_who_confirms_in_a_second_tab_reads_that_it_is_decided(proposed, log_in, ravi):
    second = log_in(ravi)
    desk.second(stored(proposed), ravi)
    seen = shown(second, proposed)
    second.post(url(proposed, "bevestigen/"), seen)
    body = second.post(url(proposed, "bevestigen/"), seen, follow=True).content.decode()
    assert "Er is al besloten over deze aanvraag: afgewezen." in body


def test_without_a_proposal_there_is_nothing_to_confirm(taken, log_in, ravi):
    response = log_in(ravi).get(url(taken, "bevestigen/"), follow=True)
    assert "Er ligt geen voorstel meer." in response.content.decode()
    response = log_in(ravi).post(url(taken, "teruggeven/"), {"because": "x"}, follow=True)
    assert "Er ligt geen voorstel meer." in response.content.decode()


def test_the_letter_of_a_proposal_leaves_the_proposal_as_it_was(proposed, ravi):
    from authorizations import queries
    from authorizations.domain.terms import Addressee

    decisions.preview_proposal(queries.current_decision(proposed), Addressee.INSURED, by=ravi, now=NOW)
    assert queries.current_decision(proposed).confirmed_by is None


def test_a_code_that_is_not_in_our_list_asks_for_a_look(browser, taken, noor):
    catalogue.load()
    desk.judge(taken, noor)
    sent = typed(taken, declaratie_code="14Z999")
    doubt = "Code 14Z999 is op 14 december 2026 volgens onze lijst: onbekend."
    refused = browser.post(url(taken), sent)
    assert refused.status_code == 422
    assert doubt in refused.content.decode()
    assert not Decision.objects.exists()
    assert doubt not in browser.post(url(taken), sent | {"codes_checked": "on"}).content.decode()
    browser.post(url(taken), typed(taken))
    assert Grant.objects.get().declaratie_code == "14D838"


# -- confirming who one is -------------------------------------------------------------------------------------------


def at_work(who, ago):
    return logged_in(Client(), accounts_queries.user(who.user_id), ago=ago)


@pytest.mark.asvs("7.5.3")
@pytest.mark.parametrize(("ago", "asked"), [(299, False), (301, True)])
def test_a_decision_asks_who_one_is_and_is_then_made_as_it_was_typed(taken, noor, ago, asked):
    desk.judge(taken, noor)
    browser = at_work(noor, ago)
    answer = browser.post(url(taken), typed(taken))
    assert Decision.objects.exists() != asked
    if asked:
        assert answer.status_code == 401
        kept = re.search(r'name="kept" value="([^"]*)"', answer.content.decode())[1]
        confirmed = {"met": "wachtwoord", "proof": accounts.PASSWORD, "kept": kept, "next": url(taken)}
        offered = browser.post("/inloggen/bevestigen/", confirmed, follow=True).content.decode()
        assert f'action="{url(taken)}"' in offered
        assert all(value in offered for value in typed(taken).values())
        assert browser.post(url(taken), typed(taken)).status_code == 302
    assert Decision.objects.get().proposed_by_id == noor.user_id


@pytest.mark.asvs("7.5.3")
def test_the_second_advisor_is_asked_too(proposed, ravi):
    answer = at_work(ravi, 301).post(url(proposed, "bevestigen/"), {"x": "1"})
    assert answer.status_code == 401 and "Bevestig dat u het bent" in answer.content.decode()
    assert Decision.objects.get(authorization=proposed).confirmed_by is None


def test_looking_at_the_letter_beforehand_asks_nothing(taken, noor):
    desk.judge(taken, noor)
    answer = at_work(noor, 301).post(url(taken), {**typed(taken), "voorbeeld": "provider"})
    assert answer.status_code == 200 and answer["Content-Type"] == "application/pdf"
    assert not Decision.objects.exists()
