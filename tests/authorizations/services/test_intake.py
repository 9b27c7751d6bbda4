"""Filing a request: what stands in the way, what is sent, and what becomes of a change or a withdrawal."""

import threading
import uuid
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection

from accounts.domain.actors import Actor
from accounts.domain.roles import Role
from accounts.models import Organization
from authorizations import queries
from authorizations.domain.application import FollowUp
from authorizations.domain.lifecycle import Status
from authorizations.domain.terms import Kind
from authorizations.models import AuthorizationRequest, Insured, PolicyVersion, RequestLetter, StatusEvent
from authorizations.services import content, intake
from kit import tenancy
from papers.models import Mail
from tests.factories import accounts, applications
from tests.factories import intake as drafts
from tests.factories.intake import NOW

pytestmark = pytest.mark.django_db


def save(authorization: AuthorizationRequest, by: Actor, **options: Any) -> AuthorizationRequest:
    given: dict[str, Any] = {
        "step": "patient",
        "data": {"surname": ["de Vries"]},
        "values": {"insured": {"surname": "de Vries"}},
        "draft_version": authorization.draft_version,
        "now": NOW,
        **options,
    }
    return intake.save_step(authorization_id=authorization.pk, by=by, **given)


def codes_of(authorization: AuthorizationRequest, by: Actor) -> list[str]:
    return [obstacle.code for obstacle in intake.obstacles(authorization, by=by, now=NOW)]


# -- what stands in the way ----------------------------------------------------------------------------------------


def test_a_whole_draft_has_no_obstacles(indiener: Actor, insurer: Organization) -> None:
    assert codes_of(drafts.ready(indiener, insurer), indiener) == []


def test_what_could_not_be_read_is_said_once(indiener: Actor, insurer: Organization) -> None:
    draft = drafts.ready(indiener, insurer)
    unread = intake.Obstacle("unread", "Vul een bestaande datum in.", "patient", "birth_date")

    draft = save(draft, indiener, data={}, values={"insured": {"birth_date": None}}, unread=[unread])

    found = [one for one in intake.obstacles(draft, by=indiener, now=NOW) if one.field == "birth_date"]
    assert found == [unread]


def test_a_second_open_request_must_be_justified(behandelaar: Actor, insurer: Organization) -> None:
    first = drafts.submitted(behandelaar, insurer)
    second = drafts.ready(behandelaar, insurer)
    assert codes_of(second, behandelaar) == ["duplicate_reason_missing"]

    draft = save(
        second,
        behandelaar,
        step="toestemming",
        values={"consent": {"duplicate_reason": "Andere knie."}},
    )

    assert intake.duplicates(draft, intake.application_of(draft)) == [first.reference]
    assert codes_of(draft, behandelaar) == []


def test_a_policy_may_demand_the_signature_of_the_revalidatiearts(
    indiener: Actor, provider: Organization, insurer: Organization
) -> None:
    draft = drafts.ready(indiener, insurer, slug="asr-revalidatie-2020")
    arts = accounts.actor(
        Role.BEHANDELAAR, organization=provider, big_number="89012345601", profession="Revalidatiearts"
    )
    other = accounts.actor(Role.BEHANDELAAR, organization=provider, big_number="19012345601", profession="Arts")

    assert codes_of(draft, indiener) == ["revalidatiearts_must_sign"]
    assert codes_of(draft, other) == ["revalidatiearts_must_sign"]
    assert codes_of(draft, arts) == []
    [prepares] = intake.obstacles(draft, by=other, now=NOW)
    assert (prepares.step, prepares.field) == ("", "")
    assert prepares.message.endswith("U kunt alles klaarzetten. Daarna dient Dr. R. de Wit de aanvraag in.")


def test_who_names_himself_with_another_big_number_reads_so(
    indiener: Actor, provider: Organization, insurer: Organization
) -> None:
    draft = drafts.ready(indiener, insurer, slug="asr-revalidatie-2020")
    himself = accounts.actor(
        Role.BEHANDELAAR,
        organization=provider,
        full_name="Dr. R. de Wit",
        big_number="19012345601",
        profession="Revalidatiearts",
    )

    [found] = intake.obstacles(draft, by=himself, now=NOW)

    assert (found.code, found.step, found.field) == ("signatory_big_differs", "aanvraag", "revalidatiearts_big")
    assert "het BIG-nummer in deze aanvraag is een ander dan in uw profiel" in found.message


@pytest.mark.parametrize("lacking", ["big_number", "profession"])
def test_a_behandelaar_signs_with_a_big_number_and_a_profession(
    provider: Organization, insurer: Organization, lacking: str
) -> None:
    known = {"big_number": "89012345601", "profession": "Revalidatiearts"}
    by = accounts.actor(Role.BEHANDELAAR, organization=provider, **{**known, lacking: ""})
    assert codes_of(drafts.ready(by, insurer), by) == ["signatory_without_big"]


def newer_version(old: PolicyVersion, **changes: Any) -> PolicyVersion:
    return PolicyVersion.objects.create(
        slug=old.slug,
        version="2",
        title=old.title,
        insurer=old.insurer,
        valid_from=date(2026, 12, 1),
        body={**old.body, "version": "2", **changes},
        sha256="0" * 64,
        loaded_at=NOW,
    )


def test_an_old_draft_is_told_of_the_new_policy_first(behandelaar: Actor, insurer: Organization) -> None:
    draft = drafts.ready(behandelaar, insurer)
    newer = newer_version(draft.policy_version)
    assert codes_of(draft, behandelaar) == ["policy_changed"]
    with pytest.raises(intake.NotComplete):
        intake.submit(authorization_id=draft.pk, draft_version=draft.draft_version, by=behandelaar, now=NOW)

    draft = intake.adopt_policy(authorization_id=draft.pk, by=behandelaar, now=NOW)

    assert draft.policy_version == newer
    assert codes_of(draft, behandelaar) == []


# -- filing --------------------------------------------------------------------------------------------------------


def test_filing_freezes_the_content_and_sets_all_on_its_way(behandelaar: Actor, insurer: Organization) -> None:
    application = applications.application(insured={"postcode": "1234ab"}, plan={"code": "14d838"})
    draft = drafts.ready(behandelaar, insurer, application)

    filed = intake.submit(authorization_id=draft.pk, draft_version=draft.draft_version, by=behandelaar, now=NOW)

    filed.refresh_from_db()
    assert (filed.status, filed.submitted_by_id, filed.due_on) == (
        Status.SUBMITTED,
        behandelaar.user_id,
        applications.EXPECTED_ON,
    )
    kept = intake.application_of(filed)
    assert (kept.insured.postcode, kept.plan.code) == ("1234 AB", "14D838")
    assert kept.consent.signatory_name == "Bram Behandelaar"
    assert Insured.objects.get(authorization=filed).bsn == "999996708"
    assert [event.move for event in StatusEvent.objects.filter(authorization=filed)] == ["submit"]
    assert RequestLetter.objects.filter(authorization=filed, kind="receipt").count() == 1
    assert Mail.objects.filter(key=f"received:{filed.reference}:received").count() == 1


def test_filing_keeps_only_what_is_asked(behandelaar: Actor, insurer: Organization) -> None:
    application = applications.application(care={"urgent_reason": "Toch niet"})

    filed = drafts.submitted(behandelaar, insurer, application)

    assert intake.application_of(filed).care.urgent_reason == ""


def test_filing_twice_files_once(behandelaar: Actor, insurer: Organization) -> None:
    filed = drafts.submitted(behandelaar, insurer)

    again = intake.submit(authorization_id=filed.pk, draft_version=1, by=behandelaar, now=NOW + timedelta(hours=1))

    assert again.submitted_at == filed.submitted_at
    assert StatusEvent.objects.filter(move="submit").count() == 1


def test_an_incomplete_draft_is_refused_with_all_of_it(indiener: Actor, insurer: Organization) -> None:
    draft = drafts.started(indiener, insurer)

    with pytest.raises(intake.NotComplete) as found:
        intake.submit(authorization_id=draft.pk, draft_version=draft.draft_version, by=indiener, now=NOW)

    assert len(found.value.obstacles) > 20
    draft.refresh_from_db()
    assert draft.is_draft


def test_a_draft_that_changed_since_it_was_shown_is_not_filed(behandelaar: Actor, insurer: Organization) -> None:
    draft = drafts.ready(behandelaar, insurer)

    with pytest.raises(intake.NotAllowed, match="gewijzigd nadat u deze pagina opende"):
        intake.submit(authorization_id=draft.pk, draft_version=draft.draft_version - 1, by=behandelaar, now=NOW)


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_once_file_one_request(behandelaar: Actor, insurer: Organization) -> None:
    draft = drafts.ready(behandelaar, insurer)
    version, filed, start = draft.draft_version, [], threading.Barrier(4)

    def click() -> None:
        start.wait()
        try:
            filed.append(
                intake.submit(authorization_id=draft.pk, draft_version=version, by=behandelaar, now=NOW).reference
            )
        finally:
            connection.close()

    clicks = [threading.Thread(target=tenancy.carried(click)) for _ in range(4)]
    for thread in clicks:
        thread.start()
    for thread in clicks:
        thread.join(timeout=30)

    assert filed == [draft.reference] * 4
    assert StatusEvent.objects.filter(move="submit").count() == 1
    assert RequestLetter.objects.count() == 1


# -- changing and taking back --------------------------------------------------------------------------------------


def test_an_amended_request_supersedes_the_old_one_when_it_is_filed(behandelaar: Actor, insurer: Organization) -> None:
    old = drafts.submitted(behandelaar, insurer)
    draft = intake.amend(authorization=old, by=behandelaar, creation_key=uuid.uuid4(), now=NOW)
    assert intake.application_of(draft).insured == intake.application_of(old).insured
    assert codes_of(draft, behandelaar).count("step_unseen") == 6
    old.refresh_from_db()
    assert old.status == Status.SUBMITTED

    draft = drafts.fill(draft, applications.application(plan={"goals": "Andere doelen"}), by=behandelaar)
    new = intake.submit(authorization_id=draft.pk, draft_version=draft.draft_version, by=behandelaar, now=NOW)

    old.refresh_from_db()
    assert (old.status, old.withdrawn_reason) == (Status.WITHDRAWN, f"Vervangen door aanvraag {new.reference}.")
    assert new.amends == old
    assert intake.application_of(new).plan.goals == "Andere doelen"


def test_the_documents_come_along_with_an_amended_request(behandelaar: Actor, insurer: Organization) -> None:
    old = drafts.submitted(behandelaar, insurer)

    draft = intake.amend(authorization=old, by=behandelaar, creation_key=uuid.uuid4(), now=NOW)

    fingerprints = [
        sorted(queries.documents_of(one).values_list("file__sha256", "items__kind")) for one in (old, draft)
    ]
    assert fingerprints[0] == fingerprints[1]
    assert fingerprints[0]


def test_a_request_that_was_decided_can_not_be_superseded(behandelaar: Actor, insurer: Organization) -> None:
    old = drafts.submitted(behandelaar, insurer)
    draft = intake.amend(authorization=old, by=behandelaar, creation_key=uuid.uuid4(), now=NOW)
    intake.withdraw(authorization_id=old.pk, reason="Niet meer nodig", by=behandelaar, now=NOW)
    draft = queries.authorization_to_change(authorization_id=draft.pk)

    assert "amended_is_closed" in codes_of(draft, behandelaar)


@pytest.mark.parametrize("who", ["lezer", "other_indiener", "adviseur"])
def test_only_the_own_filers_withdraw(
    who: str, request: pytest.FixtureRequest, indiener: Actor, insurer: Organization
) -> None:
    filed = drafts.submitted(indiener, insurer)

    with pytest.raises(intake.NotAllowed):
        intake.withdraw(authorization_id=filed.pk, reason="Zomaar", by=request.getfixturevalue(who), now=NOW)


def test_withdrawing_needs_a_reason(indiener: Actor, insurer: Organization) -> None:
    filed = drafts.submitted(indiener, insurer)

    with pytest.raises(intake.NotAllowed, match="Leg uit waarom"):
        intake.withdraw(authorization_id=filed.pk, reason="  ", by=indiener, now=NOW)

    intake.withdraw(authorization_id=filed.pk, reason="De patiënt ziet ervan af.", by=indiener, now=NOW)
    filed.refresh_from_db()
    assert (filed.status, filed.closed_at) == (Status.WITHDRAWN, NOW)


# -- what is read --------------------------------------------------------------------------------------------------


def test_the_receipt_reads_every_answer(behandelaar: Actor, insurer: Organization) -> None:
    filed = drafts.submitted(behandelaar, insurer)

    rows = content.as_rows(filed)

    assert ("Patiënt", "Geboortedatum", "2 april 1981") in rows
    assert ("Verwijzing en klachten", "Diagnose (ICD-10)", "M79.7 Fibromyalgia") in rows
    hours = next(value for _, label, value in rows if label == "Tijd per discipline")
    assert hours.splitlines() == [
        "Revalidatiearts: 4 uur",
        "Fysiotherapie: 24 uur",
        "Psychologie: 12,5 uur",
        "Samen: 40,5 uur",
    ]
    assert {label for _, label, value in rows if not value} == {
        "Hoofdgroep van de diagnose",
        "Diagnose in woorden",
        "Locatie",
    }


def test_an_administrative_role_reads_nothing_medical(behandelaar: Actor, insurer: Organization) -> None:
    filed = drafts.submitted(behandelaar, insurer)

    labels = {label for _, label, _ in content.as_rows(filed, for_medical=False)}

    assert "Declaratiecode" in labels
    assert not labels & {"BSN", "Achternaam", "Diagnose (ICD-10)", "Aard van de klachten", "Indicatie", "Doelen"}


def test_a_vervolg_is_filed(behandelaar: Actor, insurer: Organization) -> None:
    earlier = drafts.submitted(behandelaar, insurer)
    intake.withdraw(authorization_id=earlier.pk, reason="Voor de proef", by=behandelaar, now=NOW)
    application = applications.follow_up(follow_up={"gap_over_42": True, "gap_reason": "Operatie"})

    filed = drafts.submitted(behandelaar, insurer, application, previous=earlier)

    assert (filed.kind, filed.previous) == (Kind.MSR_FOLLOW_UP, earlier)
    assert isinstance(intake.application_of(filed).follow_up, FollowUp)
    assert replace(application, consent=intake.application_of(filed).consent).follow_up.gap_reason == "Operatie"
