"""Saving one verdict at a time, on the page of the request."""

import pytest

from accounts.domain.roles import Role
from authorizations.domain.lifecycle import Status
from authorizations.models import CriterionAssessment, StatusEvent
from authorizations.services import review
from tests.factories import accounts, desk, documents


@pytest.fixture
def taken(indiener, insurer, noor):
    return desk.filed(indiener, insurer, Status.IN_REVIEW, advisor=noor)


@pytest.fixture
def browser(log_in, noor):
    return log_in(noor)


def url(authorization, code="c1"):
    return f"/beoordelen/{authorization.reference}/criterium/{code}/"


def typed(code="c1", **changes):
    values = {"verdict": "met", "motivation": "Klopt met het plan.", "version": "0", **changes}
    return {f"{code}-{name}": value for name, value in values.items()}


def test_saving_a_verdict_saves_that_one_and_opens_the_next(taken, browser):
    response = browser.post(url(taken) + "?doc=2&p=3", typed())
    assert response.url == (f"/beoordelen/{taken.reference}/?doc=2&p=3&criterium=c2_meerwaarde#criterium-c2_meerwaarde")
    saved = CriterionAssessment.objects.get()
    assert (saved.criterion, saved.verdict, saved.motivation) == ("c1", "met", "Klopt met het plan.")


def test_the_last_verdict_leads_to_the_decision(taken, noor, browser):
    desk.judge(taken, noor)
    response = browser.post(url(taken), typed(version="1"))
    assert response.url == f"/beoordelen/{taken.reference}/#besluit"


def test_what_not_met_lacks_is_said_at_the_fields_and_nothing_typed_is_lost(taken, browser):
    response = browser.post(url(taken, "c2a"), typed("c2a", verdict="not_met", motivation="Te kort geprobeerd."))
    body = response.content.decode()
    assert response.status_code == 422
    assert "Schrijf wat er ontbreekt." in body
    assert "Schrijf wat tot toestemming leidt." in body
    assert "Te kort geprobeerd." in body
    assert "<title>Fout: " in body
    assert 'href="#id_c2a-missing_fact"' in body
    assert not CriterionAssessment.objects.exists()


def test_saving_over_what_a_colleague_saved_shows_both_and_then_does_as_asked(taken, noor, browser):
    desk.assess(taken, "c1", noor, motivation="Eerder bewaard.", internal_note="Vraag Ravi.")
    way_out = {"missing_fact": "Het verslag.", "leads_to_consent": "Een verslag."}
    response = browser.post(url(taken), typed(motivation="Later getypt.", verdict="unclear", **way_out))
    body = response.content.decode()
    assert response.status_code == 409
    assert "Eerder bewaard." in body
    assert "Vraag Ravi." in body
    assert "Later getypt." in body
    assert CriterionAssessment.objects.get().motivation == "Eerder bewaard."
    form = response.context["bound"]
    again = {name: form[name].value() for name in ("verdict", "motivation", "version", *way_out)}
    browser.post(url(taken), typed(**again))
    assert CriterionAssessment.objects.get().motivation == "Later getypt."


@pytest.mark.parametrize(
    "change",
    [
        {"motivation": "x" * 4001},
        {"motivation": "a\x00b"},
        {"verdict": "afgewezen"},
        {"verdict": ""},
    ],
)
def test_bad_input_is_named_and_changes_nothing(taken, browser, change):
    assert browser.post(url(taken), typed(**change)).status_code == 422
    assert not CriterionAssessment.objects.exists()


@pytest.mark.parametrize("version", ["-1", "een", "", "3000000000", "9" * 5000, "7", "１"])
def test_a_version_that_never_was_reads_as_changed_meanwhile_and_locks_nothing(taken, noor, browser, version):
    desk.assess(taken, "c1", noor, motivation="Eerder bewaard.")
    response = browser.post(url(taken), typed(version=version, motivation="Later getypt."))
    assert response.status_code == 409
    assert "Eerder bewaard." in response.content.decode()
    shown = response.context["bound"]["version"].value()
    assert browser.post(url(taken), typed(version=shown, motivation="Later getypt.")).status_code == 302
    saved = CriterionAssessment.objects.get()
    assert (saved.motivation, saved.version) == ("Later getypt.", 2)


@pytest.mark.parametrize("version", ["-1", "een", "3000000000"])
def test_a_first_verdict_is_saved_whatever_version_came_along(taken, browser, version):
    assert browser.post(url(taken), typed(version=version)).status_code == 302
    assert CriterionAssessment.objects.get().version == 1


def test_markup_is_shown_as_it_was_typed(taken, browser):
    browser.post(url(taken), typed(motivation="<script>alert(1)</script> \u202e 👍"))
    body = browser.get(f"/beoordelen/{taken.reference}/", {"criterium": "c1"}).content.decode()
    assert "<script>alert(1)" not in body
    assert "&lt;script&gt;alert(1)" in body


def test_a_locked_question_has_no_form_and_refuses(taken, browser):
    body = browser.get(f"/beoordelen/{taken.reference}/").content.decode()
    assert f'action="{url(taken, "s3_imsr")}' not in body
    assert "voldoende bewezen effectieve behandeling" in body
    response = browser.post(url(taken, "s3_imsr"), typed("s3_imsr", verdict="unclear"))
    assert response.status_code == 422
    assert not CriterionAssessment.objects.exists()


def test_a_criterion_that_is_not_asked_is_not_there(taken, browser):
    assert browser.post(url(taken, "c9"), typed("c9")).status_code == 404
    assert not CriterionAssessment.objects.exists()


def test_a_link_to_a_criterion_opens_it(taken, browser):
    assert browser.get(url(taken, "c2b")).url == f"/beoordelen/{taken.reference}/?criterium=c2b#criterium-c2b"


def test_the_providers_own_words_stand_beside_the_criterion(taken, browser):
    context = browser.get(f"/beoordelen/{taken.reference}/").context
    quotes = {one.criterion.code: dict(one.quotes) for one in context["criteria"]}
    assert "niet geprobeerd" not in str(quotes["c2a"])
    assert "18 keer" in quotes["c2a"]["Lichamelijke klachten"]
    assert quotes["c3_omvang"]["Uren"].endswith("Samen 40,5 uur.")
    assert "gewichten 2017" in quotes["c3_omvang"]["Weging"]
    assert all(quotes[code] for code in ("c1", "c2_meerwaarde", "c2b", "c2c", "c2d", "c3_vorm", "s3_behandelplan"))


def test_who_does_not_have_it_reads_along_without_what_a_colleague_judged(taken, noor, insurer, log_in):
    desk.assess(taken, "c1", noor, motivation="Klopt.", internal_note="Let op de uren.")
    other = accounts.actor(Role.MEDISCH_ADVISEUR, organization=insurer)
    browser = log_in(other)
    body = browser.get(f"/beoordelen/{taken.reference}/").content.decode()
    assert "Let op de uren." not in body
    assert "U ziet niet wat een collega oordeelt." in body
    assert url(taken) not in body
    assert "Noor Adviseur heeft deze aanvraag. U kunt meelezen." in body
    response = browser.post(url(taken), typed(version="1"))
    assert response.status_code == 422
    assert "U kunt meelezen" in response.content.decode()


# -- roles and other organisations -----------------------------------------------------------------------------------


@pytest.mark.parametrize("role", [Role.MEDEWERKER, Role.COORDINATOR])
def test_an_administrative_role_opens_status_and_term_and_nothing_medical(taken, noor, insurer, log_in, role):
    desk.assess(taken, "c1", noor, motivation="Medische motivering.")
    review.note(authorization_id=taken.pk, text="Medische notitie.", by=noor, now=desk.NOW)
    browser = log_in(accounts.actor(role, organization=insurer))
    page = f"/beoordelen/{taken.reference}/"
    for tab in ("", "formulier", "uren", "vragen", "verloop", "eerder"):
        body = browser.get(page, {"toon": tab}).content.decode()
        assert "14D838" in body
        for secret in ("Medische", "Fysiotherapie", "hronische pijn", "M79.7", taken.insured.bsn, "Graded"):
            assert secret not in body
    assert browser.post(url(taken), typed()).status_code == 403
    assert browser.get(page + "besluit/").status_code == 403
    assert browser.get(page + "vragen/").status_code == 403


def test_an_administrative_role_leaves_a_note_and_reads_its_own(taken, medewerker, log_in):
    browser = log_in(medewerker)
    page = f"/beoordelen/{taken.reference}/"
    assert browser.post(page + "notitie/", {"text": " "}).status_code == 422
    body = browser.post(page + "notitie/", {"text": "Gebeld met de balie."}, follow=True).content.decode()
    assert "Gebeld met de balie." in body


def test_a_note_is_for_colleagues_only(taken, browser, log_in, indiener):
    page = f"/beoordelen/{taken.reference}/"
    body = browser.post(page + "notitie/", {"text": "Bel Ravi hierover."}, follow=True).content.decode()
    assert "Bel Ravi hierover." in body
    assert StatusEvent.objects.get(move="note").internal
    assert "Bel Ravi" not in log_in(indiener).get(f"/aanvragen/{taken.reference}/").content.decode()


def test_an_empty_note_keeps_the_page(taken, browser):
    response = browser.post(f"/beoordelen/{taken.reference}/notitie/", {"text": ""})
    assert response.status_code == 422
    assert response.context["case"].tab == "verloop"


PATHS = [
    "", "criterium/c1/", "vragen/", "vragen/intrekken/", "besluit/", "besluit/bevestigen/",
    "vragen/1/verlengen/", "wedervraag/1/",
]  # fmt: skip


@pytest.mark.parametrize("path", PATHS)
def test_another_insurer_finds_nothing_here(taken, log_in, other_adviseur, path):
    assert log_in(other_adviseur).get(f"/beoordelen/{taken.reference}/{path}").status_code == 404


@pytest.mark.parametrize("path", ["criterium/c1/", "notitie/", "document/1/", "besluit/", "besluit/bevestigen/",
                                  "besluit/teruggeven/", "vragen/", "vragen/intrekken/"])  # fmt: skip
def test_another_insurer_does_nothing_here(taken, log_in, other_adviseur, path):
    assert log_in(other_adviseur).post(f"/beoordelen/{taken.reference}/{path}", {"text": "x"}).status_code == 404


@pytest.mark.parametrize("path", PATHS)
def test_a_provider_has_no_desk(taken, log_in, indiener, path):
    assert log_in(indiener).get(f"/beoordelen/{taken.reference}/{path}").status_code == 403


# -- documents -------------------------------------------------------------------------------------------------------


@pytest.fixture
def document(taken, indiener):
    return documents.added(taken, by=indiener)


def test_a_document_gets_a_verdict(taken, document, browser):
    path = f"/beoordelen/{taken.reference}/document/{document.pk}/?doc=1"
    response = browser.post(path, {"document-verdict": "incomplete", "document-note": ""})
    assert response.status_code == 422
    assert "Schrijf op wat er aan het document ontbreekt" in response.content.decode()
    note = {"document-verdict": "incomplete", "document-note": "Bladzijde 2 mist."}
    response = browser.post(path, note, follow=True)
    assert "Bladzijde 2 mist." in response.content.decode()
    document.refresh_from_db()
    assert (document.verdict, document.verdict_note) == ("incomplete", "Bladzijde 2 mist.")


def test_new_documents_are_marked(taken, document, browser):
    (paper,) = browser.get(f"/beoordelen/{taken.reference}/").context["papers"]
    assert {"Op eigen initiatief", "Nieuw"} <= set(paper.flags)


@pytest.mark.parametrize(
    ("verdict", "lacks"),
    [
        ("met", {"motivation"}),
        ("not_met", {"motivation", "missing_fact", "leads_to_consent"}),
        ("unclear", {"motivation", "missing_fact", "leads_to_consent"}),
    ],
)
def test_each_verdict_says_at_once_what_it_needs(taken, browser, verdict, lacks):
    response = browser.post(url(taken), typed(verdict=verdict, motivation=" "))
    assert response.status_code == 422
    assert set(response.context["bound"].errors) == lacks


def test_a_text_that_is_too_long_does_not_hide_what_is_missing(taken, browser):
    response = browser.post(url(taken), typed(verdict="not_met", motivation="x" * 4014))
    errors = response.context["bound"].errors
    assert set(errors) == {"motivation", "missing_fact", "leads_to_consent"}
    assert "Motivering voor de brief: Uw tekst is 14 tekens te lang." in response.content.decode()
