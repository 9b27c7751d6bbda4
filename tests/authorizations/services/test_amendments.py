"""A request is changed until it is decided: what differs is told, and the advisor goes on where he or she was."""

import uuid
from datetime import timedelta

import pytest
from django.core.management import call_command

from accounts.domain.actors import Actor
from accounts.models import Organization
from authorizations.domain.lifecycle import Status
from authorizations.domain.terms import Outcome, Verdict
from authorizations.models import AuthorizationRequest
from authorizations.services import amendments, decisions, intake, review, sight
from papers.models import Mail
from tests.factories import applications, desk
from tests.factories import intake as drafts
from tests.factories.desk import choice
from tests.factories.intake import NOW
from tests.journeys.addresses import said

LATER = NOW + timedelta(hours=1)


def amended(old: AuthorizationRequest, by: Actor, **parts: object) -> AuthorizationRequest:
    """Change these parts of a request and file it."""
    draft = intake.amend(authorization=old, by=by, creation_key=uuid.uuid4(), now=LATER)
    draft = drafts.fill(draft, applications.application(**parts), by=by)
    return intake.submit(authorization_id=draft.pk, draft_version=draft.draft_version, by=by, now=LATER)


@pytest.fixture
def judged(behandelaar: Actor, insurer: Organization, noor: Actor) -> AuthorizationRequest:
    call_command("load_catalogue", verbosity=0)
    filed = drafts.submitted(behandelaar, insurer)
    review.claim(authorization_id=filed.pk, by=noor, now=NOW)
    filed.refresh_from_db()
    desk.judge(filed, noor, now=NOW)
    return filed


def test_both_sides_read_what_was_and_what_is_now(judged, behandelaar, noor, log_in):
    new = amended(judged, behandelaar, plan={"goals": "Andere doelen"})
    [step] = amendments.history(new)
    assert [(one.question, one.after) for one in step.changes] == [("Doelen", "Andere doelen")]
    assert step.changes[0].before
    assert (step.old, step.added, step.gone) == (judged, [], [])
    for who in (behandelaar, noor):
        page = said(log_in(who).get(f"/aanvragen/{new.reference}/wijzigingen/"))
        assert step.changes[0].before in page
        assert "Andere doelen" in page
        assert judged.reference in page
    old = said(log_in(behandelaar).get(f"/aanvragen/{judged.reference}/"))
    assert f"/aanvragen/{new.reference}/wijzigingen/" in old


def test_a_second_change_keeps_the_first_in_its_history(judged, behandelaar):
    once = amended(judged, behandelaar, plan={"goals": "Andere doelen"})
    twice = amended(once, behandelaar, plan={"goals": "Weer andere doelen"})
    assert [(step.old, step.new) for step in amendments.history(twice)] == [(once, twice), (judged, once)]


def test_the_advisor_goes_on_with_the_verdicts_so_far_and_is_told(judged, behandelaar, noor):
    new = amended(judged, behandelaar, plan={"goals": "Andere doelen"})
    assert (new.status, new.assigned_to_id) == (Status.SUBMITTED, noor.user_id)
    assert set(review.assessments(new)) == set(review.assessments(judged))
    [mail] = Mail.objects.filter(key__startswith="amended")
    assert mail.to == [noor.email]
    assert not Mail.objects.filter(key__startswith="withdrawn").exists()
    assert "doelen" not in mail.body
    with pytest.raises(review.NotAllowed, match=new.reference):
        desk.assess(judged, "c1", noor, version=1)


def test_a_verdict_whose_facts_changed_is_looked_at_again_first(judged, behandelaar, noor, log_in):
    new = amended(judged, behandelaar, plan={"goals": "Andere doelen"})
    assert amendments.to_look_at_again(new) == {"c2_meerwaarde", "s3_behandelplan"}
    review.claim(authorization_id=new.pk, by=noor, now=LATER)
    page = said(log_in(noor).get(f"/beoordelen/{new.reference}/"))
    assert page.count("Bekijk opnieuw</span>") == 2

    def decide():
        taken = AuthorizationRequest.objects.get(pk=new.pk)
        seen, granting = sight.of(taken), choice(Outcome.GRANTED, codes_checked=True)
        return decisions.decide(authorization_id=new.pk, choice=granting, seen=seen, by=noor, now=LATER)

    with pytest.raises(decisions.Incomplete) as refusal:
        decide()
    assert {one.code for one in refusal.value.obstacles} == {"criterion_to_look_at_again"}
    new.refresh_from_db()
    for code in ("c2_meerwaarde", "s3_behandelplan"):
        desk.assess(new, code, noor, version=1, now=LATER, verdict=Verdict.MET)
    assert amendments.to_look_at_again(new) == frozenset()
    assert decide().final_at


def test_a_change_that_touches_no_criterion_asks_nothing_again(judged, behandelaar):
    new = amended(judged, behandelaar, insured={"street": "Nieuwe straat 9"})
    assert amendments.to_look_at_again(new) == frozenset()
    assert [one.question for one in amendments.history(new)[0].changes] == ["Straat en huisnummer"]


def test_what_nobody_took_yet_lies_with_nobody(behandelaar, insurer):
    new = amended(drafts.submitted(behandelaar, insurer), behandelaar, plan={"goals": "Andere doelen"})
    assert new.assigned_to_id is None
    assert amendments.to_look_at_again(new) == frozenset()


@pytest.mark.parametrize("who", ["lezer", "medewerker", "other_indiener", "coordinator"])
def test_who_may_read_what_changed(judged, behandelaar, who, request, log_in):
    new = amended(judged, behandelaar, plan={"goals": "Andere doelen"})
    answer = log_in(request.getfixturevalue(who)).get(f"/aanvragen/{new.reference}/wijzigingen/")
    assert answer.status_code == (200 if who == "lezer" else 404)
