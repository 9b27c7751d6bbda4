"""Writing and filing a request by its pages."""

import re
from collections.abc import Callable
from datetime import date
from html import unescape
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from accounts.domain.actors import Actor
from accounts.domain.roles import Role
from accounts.models import Organization
from authorizations.domain.lifecycle import Status
from authorizations.domain.terms import Kind
from authorizations.models import AuthorizationRequest, PolicyVersion, StatusEvent
from authorizations.services import intake
from authorizations.web.forms.intake import FORMS
from tests.factories import accounts, applications
from tests.factories import authorizations as make
from tests.factories import intake as drafts
from tests.factories.accounts import PASSWORD
from tests.factories.intake import NOW

pytestmark = pytest.mark.django_db
Browser = Callable[[Any], Client]
START = "/aanvragen/nieuw/"


@pytest.fixture(autouse=True)
def today() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


def step_url(authorization: AuthorizationRequest, step: str) -> str:
    return f"/aanvragen/{authorization.reference}/stap/{step}/"


def text_of(response: Any) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


def start_data(insurer: Organization, **changes: Any) -> dict[str, Any]:
    make.policy_version(insurer)
    return {
        "policy": "zilveren-kruis-msr",
        "kind": "msr_first",
        "planned_start_on_0": "14",
        "planned_start_on_1": "dec",
        "planned_start_on_2": "2026",
        "contracted": "nee",
        "creation_key": "6c0e0a6e-94a4-4b7c-9a37-0b8f3f3d1f11",
        **changes,
    }


# -- beginning -----------------------------------------------------------------------------------------------------


def test_start_makes_a_draft_and_goes_to_the_first_step(
    log_in: Browser, indiener: Actor, insurer: Organization
) -> None:
    client = log_in(indiener)
    data = start_data(insurer)

    answers = [client.post(START, data) for _ in range(2)]

    draft = AuthorizationRequest.objects.get()
    assert {answer["Location"] for answer in answers} == {step_url(draft, "patient")}
    assert draft.planned_start_on == date(2026, 12, 14)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"policy": ""}, "Beantwoord de vraag “Bij welke verzekeraar is de patiënt verzekerd?”"),
        ({"planned_start_on_0": "31", "planned_start_on_1": "2"}, "Vul een bestaande datum in"),
        ({"contracted": "ja"}, "Leg uit waarom u een machtiging vraagt terwijl u een contract heeft."),
        ({"kind": "msr_follow_up"}, "Kies de eerdere machtiging, of typ het nummer."),
        ({"creation_key": "x"}, "UUID"),
        ({"policy": "asr-revalidatie-2020"}, "Kies een antwoord uit de lijst."),
    ],
)
def test_start_says_what_is_wrong(
    log_in: Browser, indiener: Actor, insurer: Organization, changes: dict[str, str], words: str
) -> None:
    answer = log_in(indiener).post(START, start_data(insurer, **changes))

    assert answer.status_code == 422
    assert words in text_of(answer)
    assert not AuthorizationRequest.objects.exists()


def test_start_takes_along_what_was_answered_before(log_in: Browser, indiener: Actor, insurer: Organization) -> None:
    make.policy_version(insurer)

    page = log_in(indiener).get(START, {"beleid": "zilveren-kruis-msr", "code": "14E490", "contract": "nee"})

    assert page.context["form"].initial["policy"] == "zilveren-kruis-msr"
    assert page.context["form"].initial["contracted"] is False


def test_a_policy_for_another_kind_of_provider_is_not_offered(
    log_in: Browser, insurer: Organization, other_insurer: Organization
) -> None:
    make.policy_version(insurer)
    make.policy_version(other_insurer, "asr-revalidatie-2020")
    hospital = accounts.provider(agb_code="06123456")

    page = log_in(accounts.actor(Role.INDIENER, organization=hospital)).get(START)

    assert [slug for slug, _ in page.context["form"].fields["policy"].choices] == ["zilveren-kruis-msr"]
    assert "Niet voor uw soort instelling: a.s.r." in text_of(page)


def test_a_vervolg_on_an_unknown_number_begins_without_prefill(
    log_in: Browser, indiener: Actor, insurer: Organization
) -> None:
    client = log_in(indiener)

    answer = client.post(START, start_data(insurer, kind="msr_follow_up", previous_number="M26ABC"), follow=True)

    draft = AuthorizationRequest.objects.get()
    assert (draft.kind, draft.previous) == (Kind.MSR_FOLLOW_UP, None)
    assert intake.application_of(draft).follow_up.previous_number == "M26ABC"
    assert "Wij kennen dit nummer niet bij uw organisatie." in text_of(answer)


def test_a_vervolg_on_a_request_of_another_organisation_takes_nothing_from_it(
    log_in: Browser, indiener: Actor, other_indiener: Actor, insurer: Organization
) -> None:
    theirs = drafts.submitted(other_indiener, insurer)

    log_in(indiener).post(START, start_data(insurer, kind="msr_follow_up", previous_number=theirs.reference))

    draft = AuthorizationRequest.objects.get(provider_id=indiener.organization_id)
    assert draft.previous is None
    assert intake.application_of(draft).insured.surname == ""


# -- the steps -----------------------------------------------------------------------------------------------------


def walk(client: Client, draft: AuthorizationRequest, application: Any, steps: list[str]) -> None:
    """Type every step, with the documents put there beforehand."""
    for step in steps:
        draft.refresh_from_db()
        data = drafts.typed(draft, step, application) | {"verder": "1"}
        answer = client.post(step_url(draft, step), data)
        assert answer.status_code == 302, (step, text_of(answer)[:600])


def test_every_step_is_typed_and_the_request_is_filed(log_in: Browser, indiener: Actor, insurer: Organization) -> None:
    client = log_in(indiener)
    draft = drafts.ready(indiener, insurer)
    untouched = drafts.started(indiener, insurer, applications.application())
    application = applications.application(consent={"duplicate_reason": "Andere knie."})

    walk(client, untouched, application, [step for step in FORMS if step != "vervolg"])

    untouched.refresh_from_db()
    read = intake.application_of(untouched)
    assert read.insured == application.insured
    assert read.history == application.history
    assert read.referral == application.referral
    assert read.plan.hours == application.plan.hours
    assert set(untouched.step_notes) == set(FORMS) - {"vervolg"}
    client.post(step_url(draft, "toestemming"), drafts.typed(draft, "toestemming", application) | {"verder": "1"})
    draft.refresh_from_db()
    page = client.get(f"/aanvragen/{draft.reference}/controle/")
    assert page.context["obstacles"] == []
    answer = client.post(
        f"/aanvragen/{draft.reference}/indienen/", {"declared": "on", "draft_version": draft.draft_version}, follow=True
    )
    assert "Uw aanvraag is ingediend" in text_of(answer)
    draft.refresh_from_db()
    assert draft.status == Status.SUBMITTED


def test_a_vervolg_is_typed(log_in: Browser, indiener: Actor, insurer: Organization) -> None:
    earlier = drafts.submitted(indiener, insurer)
    application = applications.follow_up(follow_up={"gap_over_42": True, "gap_reason": "Operatie"})
    draft = drafts.started(indiener, insurer, application, previous=earlier)

    walk(log_in(indiener), draft, application, [step for step in FORMS if step != "toestemming"])

    draft.refresh_from_db()
    assert intake.application_of(draft).follow_up == application.follow_up


def test_a_policy_with_other_questions_is_typed(log_in: Browser, indiener: Actor, insurer: Organization) -> None:
    application = applications.application()
    draft = drafts.started(indiener, insurer, application, slug="asr-revalidatie-2020")
    client = log_in(indiener)

    walk(client, draft, application, ["patient", "aanvraag", "verwijzing", "behandelplan", "toestemming"])

    draft.refresh_from_db()
    plan = intake.application_of(draft).plan
    assert plan.practitioners == application.plan.practitioners
    assert plan.hours == application.plan.hours
    assert client.get(step_url(draft, "voortraject")).status_code == 404


def test_a_wrong_step_is_kept_and_says_what_is_wrong(log_in: Browser, indiener: Actor, insurer: Organization) -> None:
    client = log_in(indiener)
    draft = drafts.started(indiener, insurer)
    data = {
        "bsn": "123456789",
        "birth_date_0": "31",
        "birth_date_1": "2",
        "birth_date_2": "1980",
        "surname": "de Vries",
    }

    answer = client.post(step_url(draft, "patient"), data | {"draft_version": draft.draft_version, "verder": "1"})

    assert answer.status_code == 422
    found = [str(problem) for field in answer.context["form"].errors.values() for problem in field]
    assert "Dit BSN klopt niet. Controleer de 9 cijfers." in found
    assert "Vul een bestaande datum in, bijvoorbeeld 1 12 2026." in found
    assert "Vul de geboortedatum van de patiënt in." not in found
    assert answer.content.decode().startswith("<!DOCTYPE html>")
    assert "Fout: Patiënt" in answer.content.decode()
    again = client.get(step_url(draft, "patient"))
    assert again.context["form"]["bsn"].value() == "123456789"
    assert list(again.context["form"]["birth_date"].value()) == ["31", "2", "1980"]
    assert not again.context["form"].errors
    assert client.get(step_url(draft, "patient") + "?terug=controle").context["form"].errors


def test_later_only_stores(log_in: Browser, indiener: Actor, insurer: Organization) -> None:
    client = log_in(indiener)
    draft = drafts.started(indiener, insurer)

    answer = client.post(step_url(draft, "patient"), {"bsn": "12", "draft_version": draft.draft_version, "later": "1"})

    assert answer["Location"] == reverse("authorizations:dashboard")
    draft.refresh_from_db()
    assert draft.answers["patient"] == {"bsn": ["12"]}


def test_saving_from_the_check_leads_back_to_it(log_in: Browser, indiener: Actor, insurer: Organization) -> None:
    client = log_in(indiener)
    draft = drafts.ready(indiener, insurer)
    data = drafts.typed(draft, "patient", applications.application()) | {"verder": "1"}

    answer = client.post(step_url(draft, "patient") + "?terug=controle", data)

    assert answer["Location"] == f"/aanvragen/{draft.reference}/controle/"


def test_rows_come_and_go_and_are_kept(log_in: Browser, indiener: Actor, insurer: Organization) -> None:
    client = log_in(indiener)
    draft = drafts.filled(indiener, insurer)
    data = drafts.typed(draft, "voortraject", applications.application())

    page = client.post(step_url(draft, "voortraject"), data | {"treatments-add": "1"})
    assert page.status_code == 200
    assert len(page.context["rows"].forms) == 3
    draft.refresh_from_db()
    data = drafts.typed(draft, "voortraject", applications.application())
    page = client.post(step_url(draft, "voortraject"), data | {"treatments-remove": "0"})

    assert len(page.context["rows"].forms) == 1
    draft.refresh_from_db()
    assert [line.discipline for line in intake.application_of(draft).history.treatments] == ["Praktijkondersteuner ggz"]


def test_the_diagnosis_is_found_without_javascript(log_in: Browser, indiener: Actor, insurer: Organization) -> None:
    client = log_in(indiener)
    draft = drafts.started(indiener, insurer)
    data = {"complaints": "Pijn", "diagnosis_search": "fibromyal"}

    page = client.post(step_url(draft, "verwijzing"), data | {"draft_version": draft.draft_version, "icd-zoeken": "1"})

    assert [found.code for found in page.context["form"].found] == ["M79.7"]
    draft.refresh_from_db()
    assert draft.answers["verwijzing"]["complaints"] == ["Pijn"]
    client.post(
        step_url(draft, "verwijzing"),
        data | {"draft_version": draft.draft_version, "diagnosis_choice": "M79.7", "later": "1"},
    )
    draft.refresh_from_db()
    assert intake.application_of(draft).referral.diagnosis_code == "M79.7"


def test_times_are_read_in_hours_and_in_minutes(log_in: Browser, indiener: Actor, insurer: Organization) -> None:
    client = log_in(indiener)
    draft = drafts.started(indiener, insurer)
    data = {
        "hours_fysiotherapie": "12,5",
        "hours_psychologie": "90 min",
        "hours_ergotherapie": "1,5 uur",
        "hours_revalidatiearts": "twaalf",
    }

    page = client.post(step_url(draft, "behandelplan"), data | {"draft_version": draft.draft_version, "verder": "1"})

    draft.refresh_from_db()
    plan = intake.application_of(draft).plan
    assert {line.discipline: line.minutes for line in plan.hours} == {
        "fysiotherapie": 750,
        "psychologie": 90,
        "ergotherapie": 90,
    }
    assert page.context["form"].errors["hours_revalidatiearts"] == [
        "Vul de uren van revalidatiearts in als getal, bijvoorbeeld 12 of 12,5."
    ]
    assert "Ongeveer 16,1 gewogen uren (gewichten 2017)." in text_of(page)


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("14E490", "Voor 14E490 bij een intake is de eerste keer geen machtiging nodig."),
        ("14X999", "Code 14X999 is op 14 december 2026 in onze lijst onbekend. Controleer de code."),
    ],
)
def test_a_doubtful_code_is_remarked_on_and_stands_in_nobodys_way(
    code: str, words: str, log_in: Browser, indiener: Actor, insurer: Organization
) -> None:
    draft = drafts.filled(indiener, insurer, applications.application(plan={"code": code}))

    page = log_in(indiener).get(step_url(draft, "behandelplan"))

    assert words in text_of(page)
    assert not [found for found in intake.obstacles(draft, by=indiener, now=NOW) if found.field == "code"]


def test_prefilled_answers_show_their_origin_until_they_change(
    log_in: Browser, indiener: Actor, insurer: Organization
) -> None:
    client = log_in(indiener)
    earlier = drafts.submitted(indiener, insurer)
    draft = drafts.started(indiener, insurer, applications.follow_up(), previous=earlier)
    origin = f"Uit aanvraag {earlier.reference}. Controleer of het klopt."
    assert origin in text_of(client.get(step_url(draft, "patient")))

    data = drafts.typed(draft, "patient", applications.application(insured={"street": "Andere straat 2"}))
    client.post(step_url(draft, "patient"), data | {"later": "1"})

    again = text_of(client.get(step_url(draft, "patient")))
    assert again.count(origin) < text_of(client.get(step_url(draft, "verwijzing"))).count("Uit aanvraag") + 3
    assert "Andere straat 2" in client.get(step_url(draft, "patient")).content.decode()


# -- two at once ---------------------------------------------------------------------------------------------------


def test_two_versions_are_laid_side_by_side_and_one_chooses(
    log_in: Browser, indiener: Actor, behandelaar: Actor, insurer: Organization
) -> None:
    draft = drafts.started(indiener, insurer)
    old = draft.draft_version
    log_in(behandelaar).post(
        step_url(draft, "patient"), {"surname": "Jansen", "city": "Utrecht", "draft_version": old, "later": "1"}
    )
    client = log_in(indiener)

    page = client.post(
        step_url(draft, "patient"), {"surname": "de Vries", "city": "Ede", "draft_version": old, "verder": "1"}
    )

    assert page.status_code == 409
    assert "Bram Behandelaar wijzigde dit concept om 10.00 uur." in text_of(page)
    assert [(found.name, found.mine, found.theirs) for found in page.context["differences"]] == [
        ("surname", "de Vries", "Jansen"),
        ("city", "Ede", "Utrecht"),
    ]
    fields = dict(page.context["typed"])
    client.post(
        step_url(draft, "patient"),
        fields
        | {
            "samenvoegen": "1",
            "draft_version": page.context["draft_version"],
            "keuze-surname": "mijn",
            "keuze-city": "hun",
            "verder": "1",
        },
    )
    draft.refresh_from_db()
    assert draft.answers["patient"] == {"surname": ["de Vries"], "city": ["Utrecht"]}


def test_autosave_gives_the_new_version_or_says_who_was_first(
    log_in: Browser, indiener: Actor, behandelaar: Actor, insurer: Organization
) -> None:
    draft = drafts.started(indiener, insurer)
    old = draft.draft_version
    client, url = log_in(indiener), step_url(draft, "patient") + "bewaren/"

    saved = client.post(url, {"surname": "de Vr", "draft_version": old})
    assert saved.json() == {"draft_version": old + 1, "saved_at": "10.00"}
    refused = log_in(behandelaar).post(url, {"surname": "Jansen", "draft_version": old})

    assert refused.status_code == 409
    assert refused.json()["message"].startswith("Ilse Indiener wijzigde dit concept om 10.00 uur.")


def test_what_was_typed_in_an_expired_session_is_offered_again(
    log_in: Browser, provider: Organization, insurer: Organization
) -> None:
    person = accounts.person(Role.INDIENER, organization=provider)
    client = log_in(person)
    draft = drafts.started(accounts.queries.actor_of(person), insurer)
    client.session.flush()
    expired = Client(enforce_csrf_checks=False)

    page = expired.post(
        step_url(draft, "patient"), {"surname": "de Vries", "draft_version": draft.draft_version, "verder": "1"}
    )
    assert page.status_code == 401
    packed = re.findall(r'name="kept" value="([^"]+)"', page.content.decode())
    logged_in = expired.post(
        reverse("account_login"),
        {"login": person.email, "password": PASSWORD, "kept": packed[0], "next": step_url(draft, "patient")},
        follow=True,
    )

    assert "de Vries" in logged_in.content.decode()


# -- checking and filing -------------------------------------------------------------------------------------------


def test_the_check_names_everything_with_a_link_to_the_field(
    log_in: Browser, indiener: Actor, insurer: Organization
) -> None:
    draft = drafts.started(indiener, insurer)

    page = log_in(indiener).get(f"/aanvragen/{draft.reference}/controle/")

    links = {line.message: line.href for line in page.context["obstacles"]}
    base = f"/aanvragen/{draft.reference}/stap"
    assert links["Vul het BSN van de patiënt in."] == f"{base}/patient/?terug=controle#id_bsn"
    assert links["Vul de geboortedatum van de patiënt in."] == f"{base}/patient/?terug=controle#id_birth_date_0"
    assert (
        links["Kies de indicatie: chronische pijn of een andere."] == f"{base}/aanvraag/?terug=controle#id_indication_0"
    )
    hours = next(href for message, href in links.items() if message.startswith("Vul de uren in"))
    assert hours == f"{base}/behandelplan/?terug=controle#id_hours_revalidatiearts"
    treatments = next(href for message, href in links.items() if message.startswith("Noem minstens 1 behandeling"))
    assert treatments == f"{base}/voortraject/?terug=controle#treatments"


def test_every_link_of_the_check_leads_to_something(log_in: Browser, indiener: Actor, insurer: Organization) -> None:
    client = log_in(indiener)
    draft = drafts.started(indiener, insurer)
    page = client.get(f"/aanvragen/{draft.reference}/controle/")

    for line in page.context["obstacles"]:
        url, _, anchor = line.href.partition("#")
        target = client.get(url or page.request["PATH_INFO"])
        assert not anchor or f'id="{anchor}"' in target.content.decode(), line


def test_a_draft_under_an_older_policy_reads_what_changed(
    log_in: Browser, indiener: Actor, insurer: Organization
) -> None:
    client = log_in(indiener)
    draft = drafts.ready(indiener, insurer)
    old = draft.policy_version
    body = {**old.body, "version": "2", "terms": {**old.body["terms"], "decision_workdays": 8}}
    newer = PolicyVersion.objects.create(
        slug=old.slug,
        version="2",
        title=old.title,
        insurer=old.insurer,
        valid_from=date(2026, 12, 1),
        body=body,
        sha256="0" * 64,
        loaded_at=NOW,
    )

    page = client.get(f"/aanvragen/{draft.reference}/controle/")
    assert "Het beleid is gewijzigd sinds u begon" in text_of(page)
    assert "Wij besluiten binnen 8 werkdagen. Dat was 10." in text_of(page)
    client.post(f"/aanvragen/{draft.reference}/beleid/")

    draft.refresh_from_db()
    assert draft.policy_version == newer
    assert client.get(f"/aanvragen/{draft.reference}/controle/").context["obstacles"] == []


def test_an_incomplete_request_is_refused_with_the_whole_list(
    log_in: Browser, indiener: Actor, insurer: Organization
) -> None:
    draft = drafts.started(indiener, insurer)

    page = log_in(indiener).post(
        f"/aanvragen/{draft.reference}/indienen/", {"declared": "on", "draft_version": draft.draft_version}
    )

    assert page.status_code == 422
    assert "Vul het BSN van de patiënt in." in text_of(page)
    assert "Voeg toe: Behandelplan." in text_of(page)


def test_without_the_statement_nothing_is_filed(log_in: Browser, indiener: Actor, insurer: Organization) -> None:
    draft = drafts.ready(indiener, insurer)

    page = log_in(indiener).post(f"/aanvragen/{draft.reference}/indienen/", {"draft_version": draft.draft_version})

    assert page.status_code == 422
    assert "Zet een vinkje bij de verklaring." in text_of(page)


def test_filing_again_and_going_back_show_the_same_receipt(
    log_in: Browser, indiener: Actor, insurer: Organization
) -> None:
    client = log_in(indiener)
    draft = drafts.ready(indiener, insurer)
    data = {"declared": "on", "draft_version": draft.draft_version}

    answers = [client.post(f"/aanvragen/{draft.reference}/indienen/", data, follow=True) for _ in range(2)]
    back = client.get(f"/aanvragen/{draft.reference}/controle/", follow=True)
    step = client.post(step_url(draft, "patient"), {"surname": "Anders", "draft_version": 99, "verder": "1"})

    assert {answer.request["PATH_INFO"] for answer in [*answers, back]} == {f"/aanvragen/{draft.reference}/ingediend/"}
    assert step.status_code == 302
    assert StatusEvent.objects.filter(move="submit").count() == 1
    assert intake.application_of(AuthorizationRequest.objects.get()).insured.surname == "Voorbeeld"


def test_a_draft_is_thrown_away_after_asking(log_in: Browser, indiener: Actor, insurer: Organization) -> None:
    client = log_in(indiener)
    draft = drafts.ready(indiener, insurer)
    assert "Wilt u dit concept verwijderen?" in text_of(client.get(f"/aanvragen/{draft.reference}/verwijderen/"))

    client.post(f"/aanvragen/{draft.reference}/verwijderen/")

    assert not AuthorizationRequest.objects.exists()


# -- who -----------------------------------------------------------------------------------------------------------


PAGES = ["stap/patient/", "stap/behandelplan/", "controle/", "verwijderen/", "ingediend/"]


@pytest.mark.parametrize("page", PAGES)
def test_another_organisation_gets_404(
    page: str, log_in: Browser, indiener: Actor, other_indiener: Actor, insurer: Organization
) -> None:
    draft = drafts.started(indiener, insurer)
    client = log_in(other_indiener)

    assert client.get(f"/aanvragen/{draft.reference}/{page}").status_code == 404
    if page != "ingediend/":
        assert client.post(f"/aanvragen/{draft.reference}/{page}", {"surname": "x"}).status_code in (404, 405)
    assert client.post(f"/aanvragen/{draft.reference}/indienen/", {"declared": "on"}).status_code == 404
    assert client.post(step_url(draft, "patient") + "bewaren/", {}).status_code == 404


@pytest.mark.parametrize("who", ["lezer", "organisatiebeheerder", "adviseur", "coordinator"])
@pytest.mark.parametrize("page", PAGES[:-1])
def test_who_does_not_file_gets_403(
    who: str, page: str, request: pytest.FixtureRequest, log_in: Browser, indiener: Actor, insurer: Organization
) -> None:
    draft = drafts.started(indiener, insurer)

    answer = log_in(request.getfixturevalue(who)).get(f"/aanvragen/{draft.reference}/{page}")

    assert answer.status_code == 403


# -- bad input -----------------------------------------------------------------------------------------------------


BAD = {
    "too long": "a" * 5000,
    "nul": "voor\x00na",
    "emoji": "pijn 😀 en 👩‍⚕️",
    "html": "<script>alert(1)</script><b>vet</b>",
    "right to left": "abc\u202egnirts\u200f",
    "impossible date": "31-02-2026",
    "other digits": "１２３٤٥",
    "number": "-1e999",
    "quotes": "'\"`; DROP TABLE x; --",
    "control": "a\x08\x1b[31mb",
    "lines": "een\r\ntwee\rdrie",
    "blank": "   \t ",
}
STEPS_AND_POLICIES = [(step, "zilveren-kruis-msr") for step in FORMS] + [("behandelplan", "asr-revalidatie-2020")]


@pytest.mark.parametrize("bad", BAD.values(), ids=BAD.keys())
@pytest.mark.parametrize(("step", "slug"), STEPS_AND_POLICIES)
def test_bad_input_is_answered_and_kept(
    step: str, slug: str, bad: str, log_in: Browser, indiener: Actor, insurer: Organization
) -> None:
    application = applications.follow_up() if step == "vervolg" else applications.application()
    draft = drafts.started(indiener, insurer, application, slug=slug)
    client = log_in(indiener)
    names = [name for name in drafts.typed(draft, step, application) if name != "draft_version"]
    for prefix in ("treatments", "practitioners"):
        names += [f"{prefix}-0-{name}" for name in ("discipline", "kind", "sessions", "big_number", "started_on_0")]
    data = dict.fromkeys(names, bad) | {"draft_version": draft.draft_version}

    answer = client.post(step_url(draft, step), data | {"verder": "1"})

    assert answer.status_code in (302, 422)
    assert "<script>alert" not in answer.content.decode()
    draft.refresh_from_db()
    kept = draft.answers[step]
    assert kept, "what was typed is kept"
    clean = bad.replace("\x00", "").replace("\x08", "").replace("\x1b", "").replace("\r\n", "\n").replace("\r", "\n")
    assert {value for several in kept.values() for value in several} == {clean}
    for address in (step_url(draft, step), step_url(draft, step) + "?terug=controle"):
        assert client.get(address).status_code == 200
    page = client.get(f"/aanvragen/{draft.reference}/controle/")
    assert page.status_code == 200
    assert "<script>alert" not in page.content.decode()


@pytest.mark.parametrize("bad", BAD.values(), ids=BAD.keys())
def test_bad_input_at_the_start_is_answered_and_kept(
    bad: str, log_in: Browser, indiener: Actor, insurer: Organization
) -> None:
    data = start_data(insurer)

    answer = log_in(indiener).post(START, dict.fromkeys([*data, "previous_number", "contract_reason"], bad))

    assert answer.status_code == 422
    assert "<script>alert" not in answer.content.decode()
    assert answer.context["form"]["contract_reason"].value() == bad
    assert not AuthorizationRequest.objects.exists()


@pytest.mark.parametrize("version", ["", "x", "-1", "9" * 40, "１"])
def test_a_nonsense_version_never_overwrites(
    version: str, log_in: Browser, indiener: Actor, insurer: Organization
) -> None:
    draft = drafts.filled(indiener, insurer)

    answer = log_in(indiener).post(
        step_url(draft, "patient"), {"surname": "Anders", "draft_version": version, "later": "1"}
    )

    assert answer.status_code == 409


@pytest.mark.parametrize("path", ["stap/onzin/", "stap/documenten/", "stap/vervolg/"])
def test_a_step_that_is_not_there_is_404(path: str, log_in: Browser, indiener: Actor, insurer: Organization) -> None:
    draft = drafts.started(indiener, insurer)

    assert log_in(indiener).get(f"/aanvragen/{draft.reference}/{path}").status_code == 404


@pytest.mark.parametrize("step", [*FORMS, "controle"])
def test_a_page_has_a_fixed_number_of_queries(
    step: str, log_in: Browser, indiener: Actor, insurer: Organization, django_assert_max_num_queries: Any
) -> None:
    earlier = drafts.submitted(indiener, insurer)
    draft = drafts.ready(indiener, insurer, applications.follow_up(), previous=earlier)
    client = log_in(indiener)
    page = f"/aanvragen/{draft.reference}/controle/" if step == "controle" else step_url(draft, step)
    client.get(page)

    with django_assert_max_num_queries(22 if step == "controle" else 14):
        client.get(page)
