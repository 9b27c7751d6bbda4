"""The pages about policies: who reads and who writes them, what is said of a text, a replay, and publishing."""

from datetime import date

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.domain.roles import Role
from audit.models import AccessEvent
from authorizations import queries
from authorizations.domain import policy_text
from authorizations.domain.contact import EXAMPLE
from authorizations.domain.lifecycle import Status
from authorizations.models import PolicyDraft, PolicyVersion
from authorizations.services import intake, policy_drafts, replays
from tests.factories import accounts, desk
from tests.factories import authorizations as make
from tests.factories import intake as drafts

pytestmark = pytest.mark.django_db
NOW = drafts.NOW
LIST = "/beheer/beleid/"
CRITERION = {
    "code": "c9", "title": "Negende criterium", "text": "De woorden.", "article": "artikel 9", "source": "S9",
}  # fmt: skip


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def version(insurer):
    return make.policy_version(insurer)


@pytest.fixture
def draft(version, beheerder):
    return policy_drafts.begin(version_id=version.pk, by=beheerder, now=NOW)


@pytest.fixture
def page(draft):
    return f"{LIST}concept/{draft.pk}/"


def again(draft):
    return PolicyDraft.objects.get(pk=draft.pk)


@pytest.mark.parametrize("who", ["beheerder", "coordinator", "adviseur"])
def test_versions_are_read_with_their_criteria_documents_and_terms(log_in, version, request, who):
    browser = log_in(request.getfixturevalue(who))
    assert f"{LIST}{version.pk}/" in browser.get(LIST).content.decode()
    text = browser.get(f"{LIST}{version.pk}/").content.decode()
    for words in ("De zorg is niet meer dan nodig", "Huisartsenjournaal", "10 werkdagen", "MSR machtigingenbeleid"):
        assert words in text
    assert ("Maak een concept" in text) is (who == "beheerder")


def test_without_a_policy_the_list_says_what_to_do(log_in, beheerder):
    assert "Er is nog geen beleid" in log_in(beheerder).get(LIST).content.decode()


def test_two_versions_are_laid_side_by_side(log_in, draft, version, beheerder, page):
    browser = log_in(beheerder)
    browser.post(f"{page}onderdeel/criterium/10/", CRITERION)
    browser.post(f"{page}publiceren/", {"vanaf_0": "1", "vanaf_1": "6", "vanaf_2": "2027", "naam": "2", "versie": "2"})
    made = PolicyVersion.objects.get(version="2")
    text = browser.get(f"{LIST}{made.pk}/", {"met": version.pk}).content.decode()
    assert "Nieuw criterium: Negende criterium." in text
    assert "code = &quot;c9&quot;" in text
    same = browser.get(f"{LIST}{made.pk}/", {"met": "nergens"}).content.decode()
    assert "Regel voor regel" not in same


def test_a_beheerder_begins_the_next_version(log_in, version, beheerder):
    answer = log_in(beheerder).post(f"{LIST}{version.pk}/concept/", follow=True)
    assert "Er is geen verschil." in answer.content.decode()
    assert PolicyDraft.objects.get().based_on == version


def test_a_text_is_kept_also_when_it_is_no_policy_and_told_where(log_in, draft, beheerder, page):
    browser = log_in(beheerder)
    text = draft.text.replace("decision_workdays = 10", "decision_workdays = tien")
    answer = browser.post(page, {"tekst": text, "versie": "1"}, follow=True)
    where = text.splitlines().index("decision_workdays = tien") + 1
    assert f"Regel {where}: dit kunnen wij niet lezen" in answer.content.decode()
    assert again(draft).text == text
    answer = browser.get(f"{page}onderdeel/termijnen/1/", follow=True)
    assert "Verbeter eerst de tekst." in answer.content.decode()
    assert "Dit is nog geen beleid" in browser.get(page).content.decode()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"tekst": "", "versie": "1"}, "Plak de tekst van het beleid"),
        ({"tekst": "naam = 1", "versie": "0"}, "Iemand anders heeft dit concept intussen bewaard"),
    ],
)
def test_what_can_not_be_kept_is_said_and_stays_typed(log_in, draft, beheerder, page, typed, said):
    answer = log_in(beheerder).post(page, typed)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert typed["tekst"] in answer.content.decode()
    assert again(draft).version == 1


@pytest.mark.parametrize(
    ("content", "status"), [("title", 302), (b"\xff\xfe\x00", 422), ("x" * (policy_text.LONGEST + 1), 422)]
)
def test_a_file_takes_the_place_of_the_text(log_in, draft, beheerder, page, content, status):
    if content == "title":
        content = draft.text.replace("title = ", "# van huis\ntitle = ", 1)
    file = SimpleUploadedFile("beleid.toml", content if isinstance(content, bytes) else content.encode())
    answer = log_in(beheerder).post(page, {"tekst": "", "bestand": file, "versie": "1"})
    assert answer.status_code == status
    assert ("# van huis" in again(draft).text) is (status == 302)


def test_parts_have_a_form(log_in, draft, beheerder, page):
    browser = log_in(beheerder)
    terms = {
        "decision_workdays": "8",
        "urgent_workdays": "2",
        "question_workdays": "10",
        "patient_workdays": "30",
        "source": "Eigen",
    }
    browser.post(f"{page}onderdeel/termijnen/1/", terms)
    browser.post(f"{page}onderdeel/criterium/1/", {**CRITERION, "code": "c1"})
    browser.post(f"{page}onderdeel/criterium/10/", {**CRITERION, "indications": ["chronic_pain"]})
    row = {"document": "overig", "why": "Alles wat helpt.", "source": "S0", "settings": ["inpatient"]}
    at = [one.document for one in policy_text.read(draft.text).checklist].index("overig") + 1
    browser.post(f"{page}onderdeel/document/{at}/", row)
    policy = policy_text.read(again(draft).text)
    assert (policy.terms.decision_workdays, policy.terms.patient_workdays, policy.terms.source) == (8, 30, "Eigen")
    assert (policy.criteria[0].title, policy.criteria[-1].code) == ("Negende criterium", "c9")
    assert policy.criteria[-1].indications == ("chronic_pain",)
    changed = policy.checklist[at - 1]
    assert (changed.why, changed.required, changed.settings) == ("Alles wat helpt.", False, ("inpatient",))
    assert changed.features  # what the form doesn't ask stays
    browser.post(f"{page}onderdeel/criterium/10/", {"verwijder": "ja"})
    assert len(policy_text.read(again(draft).text).criteria) == 9
    text = browser.get(page).content.decode()
    assert "Wij besluiten binnen 8 werkdagen. Dat was 10." in text
    assert "De tekst van dit criterium is gewijzigd" in text


def test_a_contact_has_a_form_and_hours_that_can_not_be_read_are_said(log_in, draft, beheerder, page):
    browser = log_in(beheerder)
    at = f"{page}onderdeel/contact/1/"
    assert browser.get(at).context["form"].initial["hours"] == "Maandag t/m vrijdag 8.30 - 17.00 uur"
    sent = {"topic": "Vraag", "phone": "071 751 00 98", "hours": "overdag", "source": "Eigen", "for_requests": "on"}
    answer = browser.post(at, sent)
    assert (answer.status_code, set(answer.context["form"].errors)) == (422, {"hours"})
    assert "overdag" in answer.content.decode()
    for lacks in ({"phone": "", "hours": ""}, {"phone": "", "email": "hulp@verzekeraar.example", "hours": EXAMPLE}):
        assert browser.post(at, sent | lacks).status_code == 422
    browser.post(at, sent | {"hours": EXAMPLE, "about": "declaratie", "address": "Postbus 1\r\n2300 AA Leiden"})
    contact = policy_text.read(again(draft).text).contacts[0]
    assert (contact.phone, contact.about, contact.address) == (
        "071 751 00 98", "declaratie", ("Postbus 1", "2300 AA Leiden"),
    )  # fmt: skip
    text = browser.get(page).content.decode()
    assert "Nieuw bij contact: Vraag, 071 751 00 98" in text and "Voeg een contact toe" in text


def test_hours_in_the_text_that_can_not_be_read_are_said(log_in, draft, beheerder, page):
    browser = log_in(beheerder)
    text = draft.text.replace(EXAMPLE, "Op werkdagen")
    browser.post(page, {"tekst": text, "versie": "1"})
    assert "Wij kunnen de telefoontijden niet lezen." in browser.get(page).content.decode()


def test_a_part_that_lacks_something_is_said_and_one_that_is_not_there_is_absent(log_in, draft, beheerder, page):
    browser = log_in(beheerder)
    answer = browser.post(f"{page}onderdeel/termijnen/1/", {"decision_workdays": "0"})
    assert answer.status_code == 422
    assert browser.get(f"{page}onderdeel/criterium/1/").context["form"].initial["code"] == "c1"
    for path in ("criterium/11/", "document/0/", "prijzen/1/"):
        assert browser.get(f"{page}onderdeel/{path}").status_code == 404


@pytest.fixture
def replayed(draft, beheerder, indiener, insurer, page, log_in):
    case = desk.filed(indiener, insurer, Status.GRANTED)
    log_in(beheerder).post(f"{page}onderdeel/criterium/10/", CRITERION)
    log_in(beheerder).post(f"{page}naspelen/")
    while replays.do_next(now=NOW):
        pass
    return case


def test_a_beheerder_reads_how_many_change_and_a_coordinator_and_an_adviseur_which(
    log_in, replayed, page, beheerder, coordinator, adviseur
):
    told = {}
    for who in (beheerder, coordinator, adviseur):
        told[who] = log_in(who).get(f"{page}naspelen/").content.decode()
        assert "1 van 1 aanvragen zijn dan anders" in told[who]
        assert "Criterium is niet beoordeeld: Negende criterium" in told[who]
    assert [replayed.reference in told[who] for who in (beheerder, coordinator, adviseur)] == [False, True, True]
    # What a dossier lacks tells of its content: a coordinator reads which ones differ, and not in what.
    assert ['<th scope="col">Welke</th>' in told[who] for who in (coordinator, adviseur)] == [False, True]
    seen = AccessEvent.objects.filter(dossiers__contains=[replayed.reference])
    assert set(seen.values_list("user_id", flat=True)) == {coordinator.user_id, adviseur.user_id}


def test_before_and_while_it_is_replayed_the_page_says_so(log_in, draft, beheerder, adviseur, indiener, insurer, page):
    desk.filed(indiener, insurer, Status.GRANTED)
    browser = log_in(beheerder)
    assert "nog niet nagespeeld" in browser.get(f"{page}naspelen/").content.decode()
    assert "nog niet nagespeeld" in browser.get(f"{page}publiceren/").content.decode()
    browser.post(f"{page}naspelen/")
    assert "0 van 1 aanvragen bekeken" in browser.get(f"{page}naspelen/").content.decode()
    answer = browser.post(f"{page}naspelen/", follow=True)
    assert "wordt al nagespeeld" in answer.content.decode()
    while replays.do_next(now=NOW):
        pass
    assert "Geen enkele controle valt anders uit" in browser.get(f"{page}naspelen/").content.decode()
    assert "0 van 1 afgeronde aanvragen" in browser.get(f"{page}publiceren/").content.decode()
    browser.post(f"{page}onderdeel/criterium/10/", CRITERION)
    assert "daarna gewijzigd" in browser.get(f"{page}naspelen/").content.decode()
    answer = log_in(adviseur).post(f"{page}naspelen/", follow=True)
    assert "Alleen een beheerder" in answer.content.decode()


def published(browser, page, **typed):
    values = {"vanaf_0": "1", "vanaf_1": "6", "vanaf_2": "2027", "naam": "2027-1", "versie": "1", **typed}
    return browser.post(f"{page}publiceren/", values, follow=True)


def test_it_is_published_from_a_day_on(log_in, draft, beheerder, page, version):
    answer = published(log_in(beheerder), page)
    assert "Versie 2027-1 is gepubliceerd." in answer.content.decode()
    assert queries.policy_version_on(version.slug, date(2027, 6, 1)).version == "2027-1"
    assert log_in(beheerder).get(page).status_code == 404


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"naam": "1.1"}, "Versie 1.1 is er al"),
        ({"vanaf_2": "2020"}, "Kies vandaag of een latere dag"),
        ({"naam": ""}, "Vul “Naam van deze versie” in"),
        ({"versie": "0"}, "Iemand anders heeft dit concept intussen bewaard"),
    ],
)
def test_what_stands_in_the_way_of_publishing_is_said(log_in, draft, beheerder, page, typed, said):
    answer = published(log_in(beheerder), page, **typed)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not again(draft).published


def test_who_has_a_request_in_the_making_under_the_older_version_is_told_what_changed(
    log_in, draft, beheerder, page, indiener, insurer, version
):
    request = drafts.filled(indiener, insurer)
    starts_on = request.planned_start_on
    browser = log_in(beheerder)
    browser.post(f"{page}onderdeel/criterium/10/", CRITERION)
    published(browser, page, vanaf_0=starts_on.day, vanaf_1=starts_on.month, vanaf_2=starts_on.year, versie="2")
    assert "policy_changed" in [one.code for one in intake.obstacles(request, by=indiener, now=NOW)]
    text = log_in(indiener).get(f"/aanvragen/{request.reference}/controle/").content.decode()
    assert "Nieuw criterium: Negende criterium." in text


def test_a_draft_is_removed(log_in, draft, beheerder, page):
    assert "Het concept is verwijderd." in log_in(beheerder).post(f"{page}verwijderen/", follow=True).content.decode()
    assert not PolicyDraft.objects.exists()


def test_policies_of_another_insurer_are_not_there(log_in, draft, other_insurer, version):
    browser = log_in(accounts.actor(Role.BEHEERDER, organization=other_insurer))
    paths = ("", "naspelen/", "publiceren/", "onderdeel/criterium/1/")
    for path in (f"{LIST}{version.pk}/", *(f"{LIST}concept/{draft.pk}/{path}" for path in paths)):
        assert browser.get(path).status_code == 404, path
    assert browser.post(f"{LIST}{version.pk}/concept/").status_code == 404


@pytest.mark.parametrize("who", ["medewerker", "indiener"])
def test_who_does_not_work_by_them_does_not_read_them_here(log_in, request, who):
    assert log_in(request.getfixturevalue(who)).get(LIST).status_code == 403


@pytest.mark.parametrize("who", ["coordinator", "adviseur"])
def test_only_a_beheerder_writes(log_in, page, request, who):
    browser = log_in(request.getfixturevalue(who))
    for path in ("", "publiceren/", "onderdeel/criterium/1/"):
        assert browser.get(page + path).status_code == 403
