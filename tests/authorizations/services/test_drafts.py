"""Writing a draft: how it begins, what is kept, and what two people at once come to."""

import threading
import uuid
from datetime import date
from typing import Any

import pytest
from django.db import connection

from accounts.domain.actors import Actor
from accounts.domain.roles import Role
from accounts.models import Organization
from authorizations.domain.application import Consent
from authorizations.models import AuthorizationRequest
from authorizations.services import intake
from kit import tenancy
from tests.factories import accounts, applications
from tests.factories import authorizations as make
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


# -- beginning -----------------------------------------------------------------------------------------------------


def test_starting_twice_with_one_key_makes_one_draft(indiener: Actor, insurer: Organization) -> None:
    key = uuid.uuid4()

    first = drafts.started(indiener, insurer, creation_key=key)
    second = drafts.started(indiener, insurer, creation_key=key)

    assert first == second
    assert AuthorizationRequest.objects.count() == 1


def test_a_key_of_another_organisation_gives_nothing_away(
    indiener: Actor, other_indiener: Actor, insurer: Organization
) -> None:
    key = uuid.uuid4()
    drafts.started(indiener, insurer, creation_key=key)

    with pytest.raises(Exception, match="creation_key"):
        drafts.started(other_indiener, insurer, creation_key=key)


@pytest.mark.parametrize("role", [Role.LEZER, Role.ORGANISATIEBEHEERDER])
def test_only_who_files_can_start(role: Role, provider: Organization, insurer: Organization) -> None:
    with pytest.raises(intake.NotAllowed, match="indiener of behandelaar"):
        drafts.started(accounts.actor(role, organization=provider), insurer)


def test_a_policy_that_does_not_hold_on_the_day_is_refused(indiener: Actor, insurer: Organization) -> None:
    early = applications.application(plan={"starts_on": date(2019, 12, 31)})

    with pytest.raises(intake.NotAllowed, match="geldt niet op de dag"):
        drafts.started(indiener, insurer, early, slug="asr-revalidatie-2020")


def test_the_revalidatiearts_who_was_named_last_is_filled_in(indiener: Actor, insurer: Organization) -> None:
    drafts.submitted(indiener, insurer)
    unfinished = applications.application(care={"revalidatiearts_name": "Half", "revalidatiearts_agb": "a b"})
    drafts.filled(indiener, insurer, unfinished)

    draft = drafts.started(indiener, insurer)

    assert intake.application_of(draft).care.revalidatiearts_name == "Dr. R. de Wit"
    assert draft.prefilled["care"]["revalidatiearts_name"] == {"value": "Dr. R. de Wit", "from": "uw vorige aanvraag"}


def test_a_vervolg_takes_over_one_revalidatiearts_whole(indiener: Actor, insurer: Organization) -> None:
    first = applications.application(care={"revalidatiearts_agb": ""})
    earlier = drafts.submitted(indiener, insurer, first)
    another = {
        "revalidatiearts_name": "Ander", "revalidatiearts_big": "39000000101", "revalidatiearts_agb": "01023456"
    }  # fmt: skip
    drafts.submitted(indiener, insurer, applications.application(care=another, insured={"bsn": "123456782"}))

    vervolg = drafts.started(indiener, insurer, applications.follow_up(), previous=earlier)

    care = intake.application_of(vervolg).care
    assert (care.revalidatiearts_name, care.revalidatiearts_agb) == ("Dr. R. de Wit", "")
    assert "revalidatiearts_agb" not in vervolg.prefilled["care"]


def test_a_vervolg_takes_over_the_earlier_request_and_asks_to_look_at_it(
    indiener: Actor, insurer: Organization
) -> None:
    earlier = drafts.submitted(indiener, insurer)

    vervolg = drafts.started(indiener, insurer, applications.follow_up(), previous=earlier)

    application = intake.application_of(vervolg)
    assert application.insured.surname == "Voorbeeld"
    assert application.follow_up.previous_number == earlier.reference
    assert application.plan.hours == ()
    assert application.consent == Consent()
    assert vervolg.prefilled["insured"]["surname"]["from"] == f"aanvraag {earlier.reference}"
    assert "step_unseen" in codes_of(vervolg, indiener)


# -- saving --------------------------------------------------------------------------------------------------------


def test_a_step_is_kept_as_typed(indiener: Actor, insurer: Organization) -> None:
    draft = drafts.started(indiener, insurer)

    save(draft, indiener, data={"surname": ["  <b>de Vries</b> 😀 "], "birth_date_0": ["31"]})

    draft.refresh_from_db()
    assert draft.answers["patient"] == {"surname": ["  <b>de Vries</b> 😀 "], "birth_date_0": ["31"]}
    assert draft.last_step == "patient"


def test_saving_over_a_newer_version_of_the_step_is_refused(
    indiener: Actor, behandelaar: Actor, insurer: Organization
) -> None:
    draft = drafts.started(indiener, insurer)
    save(draft, behandelaar, data={"surname": ["Jansen"]})

    with pytest.raises(intake.Conflict, match="Bram Behandelaar wijzigde dit concept om 10.00 uur") as found:
        save(draft, indiener)

    assert found.value.theirs.typed == {"surname": ["Jansen"]}
    draft.refresh_from_db()
    assert draft.answers["patient"] == {"surname": ["Jansen"]}


def test_other_steps_do_not_stand_in_each_others_way(indiener: Actor, insurer: Organization) -> None:
    draft = drafts.started(indiener, insurer)
    old = draft.draft_version
    save(draft, indiener, step="aanvraag", data={"urgent": ["nee"]}, values={"care": {"urgent": False}})

    saved = save(draft, indiener, draft_version=old)

    assert set(saved.answers) == {"aanvraag", "patient"}


def test_saving_the_same_thing_again_is_no_conflict(indiener: Actor, insurer: Organization) -> None:
    draft = drafts.started(indiener, insurer)
    first = save(draft, indiener)

    second = save(draft, indiener)

    assert second.draft_version == first.draft_version


def test_answers_that_are_no_longer_needed_go(indiener: Actor, insurer: Organization) -> None:
    draft = drafts.filled(indiener, insurer)
    draft = save(
        draft,
        indiener,
        step="voortraject",
        data={"coincidence": ["Somber"], "treatments-0-result": ["Niets"]},
        values={"history": {"coincidence": "Somber"}},
    )

    draft = save(
        draft, indiener, step="aanvraag", data={"indication": ["other"]}, values={"care": {"indication": "other"}}
    )

    assert "coincidence" not in draft.answers["voortraject"]
    assert "coincidence" not in draft.reading["history"]
    assert "treatments-0-result" in draft.answers["voortraject"]


def test_a_draft_that_saves_itself_throws_nothing_away(indiener: Actor, insurer: Organization) -> None:
    draft = drafts.filled(indiener, insurer)

    draft = save(draft, indiener, step="aanvraag", data={}, values={"care": {"indication": "other"}}, tidy=False)

    assert draft.reading["history"]["coincidence"]


@pytest.mark.parametrize("who", ["lezer", "organisatiebeheerder", "other_indiener", "adviseur"])
def test_somebody_else_can_not_save(
    who: str, request: pytest.FixtureRequest, indiener: Actor, insurer: Organization
) -> None:
    draft = drafts.started(indiener, insurer)

    with pytest.raises(intake.NotAllowed):
        save(draft, request.getfixturevalue(who))


def test_a_filed_request_is_not_filled_in(indiener: Actor, insurer: Organization) -> None:
    filed = drafts.submitted(indiener, insurer)

    with pytest.raises(intake.NotAllowed, match="al ingediend"):
        save(filed, indiener)


def test_a_draft_is_thrown_away_with_its_documents(indiener: Actor, insurer: Organization) -> None:
    draft = drafts.ready(indiener, insurer)

    intake.delete(authorization_id=draft.pk, by=indiener)

    assert not AuthorizationRequest.objects.exists()


def test_a_filed_request_is_not_thrown_away(indiener: Actor, insurer: Organization) -> None:
    filed = drafts.submitted(indiener, insurer)

    with pytest.raises(intake.NotAllowed):
        intake.delete(authorization_id=filed.pk, by=indiener)


@pytest.mark.django_db(transaction=True)
def test_of_two_people_who_save_one_step_at_once_one_is_told(
    indiener: Actor, behandelaar: Actor, insurer: Organization
) -> None:
    draft = drafts.started(indiener, insurer)
    version, outcomes, start = draft.draft_version, [], threading.Barrier(2)

    def write(by: Actor, name: str) -> None:
        start.wait()
        try:
            save(draft, by, data={"surname": [name]}, draft_version=version)
            outcomes.append("saved")
        except intake.Conflict:
            outcomes.append("told")
        finally:
            connection.close()

    people = [
        threading.Thread(target=tenancy.carried(write), args=pair) for pair in ((indiener, "A"), (behandelaar, "B"))
    ]
    for thread in people:
        thread.start()
    for thread in people:
        thread.join(timeout=30)

    assert sorted(outcomes) == ["saved", "told"]


@pytest.mark.django_db(transaction=True)
def test_two_clicks_on_start_make_one_draft(indiener: Actor, insurer: Organization) -> None:
    key, made, start = uuid.uuid4(), [], threading.Barrier(3)
    make.policy_version(insurer)

    def click() -> None:
        start.wait()
        try:
            made.append(drafts.started(indiener, insurer, creation_key=key).pk)
        finally:
            connection.close()

    clicks = [threading.Thread(target=tenancy.carried(click)) for _ in range(3)]
    for thread in clicks:
        thread.start()
    for thread in clicks:
        thread.join(timeout=30)

    assert len(made) == 3
    assert len(set(made)) == 1
