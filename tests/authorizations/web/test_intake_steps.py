"""The steps of a request by their pages: typed, kept, and written by two people at once."""

import re
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from accounts.domain.actors import Actor
from accounts.domain.roles import Role
from accounts.models import Organization
from authorizations.domain.lifecycle import Status
from authorizations.models import AuthorizationRequest
from authorizations.services import intake
from authorizations.web.forms.intake import FORMS
from tests.factories import accounts, applications
from tests.factories import intake as drafts
from tests.factories.intake import NOW
from tests.factories.intake_pages import Browser, step_url, text_of
from tests.factories.logging_in import type_both

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


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

    walk(client, untouched, application, [step for step in FORMS if step not in ("vervolg", "verblijf")])

    untouched.refresh_from_db()
    read = intake.application_of(untouched)
    assert read.insured == application.insured
    assert read.history == application.history
    assert read.referral == application.referral
    assert read.plan.hours == application.plan.hours
    assert set(untouched.step_notes) == set(FORMS) - {"vervolg", "verblijf"}
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

    walk(log_in(indiener), draft, application, [step for step in FORMS if step not in ("toestemming", "verblijf")])

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


def test_the_list_of_steps_tells_which_one_is_not_finished(
    log_in: Browser, indiener: Actor, insurer: Organization
) -> None:
    client = log_in(indiener)
    draft = drafts.started(indiener, insurer)
    whole = drafts.typed(draft, "patient", applications.application())
    client.post(step_url(draft, "patient"), whole | {"later": "1"})
    draft.refresh_from_db()
    client.post(step_url(draft, "aanvraag"), {"draft_version": draft.draft_version, "later": "1"})

    rows = client.get(step_url(draft, "verwijzing")).context["steps"]

    assert [(row["state"], row["note"]) for row in rows[:4]] == [
        ("done", ""),
        ("todo", "Nog niet klaar"),
        ("current", ""),
        ("todo", ""),
    ]


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


def test_too_many_hours_are_said_once(log_in: Browser, indiener: Actor, insurer: Organization) -> None:
    draft = drafts.started(indiener, insurer)
    page = text_of(
        log_in(indiener).post(step_url(draft, "behandelplan"), {"hours_fysiotherapie": "99999", "verder": "1"})
    )
    assert "van fysiotherapie is te groot." in page
    assert "van minstens 1 discipline" not in page


def test_what_is_wrong_in_a_row_names_it_and_leads_to_its_field(
    log_in: Browser, indiener: Actor, insurer: Organization
) -> None:
    draft = drafts.started(indiener, insurer)
    typed = {"treatments-0-discipline": "Ergotherapie", "treatments-0-started_on_2": "2199", "verder": "1"}
    days = {"treatments-0-started_on_0": "1", "treatments-0-started_on_1": "1", "treatments-1-kind": "physical"}
    page = log_in(indiener).post(step_url(draft, "voortraject"), typed | days).content.decode()
    assert (
        '<a href="#id_treatments-0-started_on_0">Behandeling 1: Begonnen op: De begindatum ligt in de toekomst.</a>'
        in page
    )
    assert (
        '<a href="#id_treatments-1-discipline">Behandeling 2: Welke behandeling? Vul in welke behandeling het was.</a>'
        in page
    )
    assert re.search(
        r'id="id_treatments-1-discipline"[^>]*aria-invalid="true"|aria-invalid="true"[^>]*id="id_treatments-1-discipline"',
        page,
    )


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
    call_command("load_catalogue", verbosity=0)
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
    client.get(step_url(draft, "patient"))
    expired = client
    del expired.cookies[settings.SESSION_COOKIE_NAME]

    page = expired.post(
        step_url(draft, "patient"), {"surname": "de Vries", "draft_version": draft.draft_version, "verder": "1"}
    )
    assert page.status_code == 401
    packed = re.findall(r'name="kept" value="([^"]+)"', page.content.decode())
    back = type_both(expired, person.email, kept=packed[0], next=step_url(draft, "patient"))

    assert "de Vries" in expired.get(back["Location"]).content.decode()
