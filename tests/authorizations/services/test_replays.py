"""Replaying closed requests: how many come out otherwise and where, step by step, whoever is killed."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from authorizations.domain import policy_text
from authorizations.domain.lifecycle import Status
from authorizations.domain.policy import Criterion
from authorizations.models import AuthorizationRequest, CriterionAssessment, PolicyReplay, ReplayEffect
from authorizations.queries import policy_drafts as asked
from authorizations.services import policy_drafts, replays
from authorizations.services.lifecycle import NotAllowed
from tests.factories import authorizations as make
from tests.factories import desk

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 30, 10, tzinfo=UTC)


@pytest.fixture
def draft(insurer, beheerder):
    version = make.policy_version(insurer)
    return policy_drafts.begin(version_id=version.pk, by=beheerder, now=NOW)


def write(draft, by, change):
    policy = change(policy_text.read(draft.text))
    return policy_drafts.save(draft_id=draft.pk, text=policy_text.write(policy), version=draft.version, by=by, now=NOW)


def with_another_criterion(policy):
    return replace(policy, criteria=(*policy.criteria, Criterion("c9", "Negende", "Tekst", "S9", "artikel 9")))


def without_omvang(policy):
    return replace(policy, criteria=tuple(one for one in policy.criteria if one.code != "c3_omvang"))


def run(draft, by):
    found = replays.start(draft_id=draft.pk, by=by, now=NOW)
    while replays.do_next(now=NOW):
        pass
    found.refresh_from_db()
    return found


@pytest.fixture
def decided(indiener, insurer, noor):
    """A grant and a denial that were judged; a withdrawal, an open request and a draft that weren't."""
    found = [desk.filed(indiener, insurer, status) for status in (Status.GRANTED, Status.DENIED)]
    for case in found:
        for criterion in ("c1", "c3_omvang"):
            verdict = "not_met" if (case.status, criterion) == ("denied", "c3_omvang") else "met"
            CriterionAssessment.objects.create(
                authorization=case, criterion=criterion, verdict=verdict, assessed_by_id=noor.user_id, assessed_at=NOW
            )
    for status in (Status.WITHDRAWN, Status.SUBMITTED):
        desk.filed(indiener, insurer, status)
    return found


def test_it_tells_how_many_would_change_and_where(draft, decided, beheerder):
    found = run(write(draft, beheerder, with_another_criterion), beheerder)
    assert (found.total, found.changed, found.done, found.ended_at) == (3, 2, 3, NOW)
    [one] = asked.found_by(found)
    assert (one.check.code, one.check.about, one.fails, one.number) == ("criterion_not_judged", "c9", True, 2)


def test_a_denial_whose_only_ground_goes_is_told(draft, decided, beheerder):
    found = run(write(draft, beheerder, without_omvang), beheerder)
    assert list(ReplayEffect.objects.values_list("authorization", "code", "fails")) == [
        (decided[1].pk, "refusal_without_ground", True)
    ]
    assert found.changed == 1


def test_under_the_same_policy_nothing_changes(draft, decided, beheerder):
    assert run(draft, beheerder).changed == 0


def test_nothing_about_the_requests_themselves_changes(draft, decided, beheerder):
    before = list(AuthorizationRequest.objects.order_by("pk").values_list("pk", "version", "status", "policy_version"))
    run(write(draft, beheerder, with_another_criterion), beheerder)
    after = list(AuthorizationRequest.objects.order_by("pk").values_list("pk", "version", "status", "policy_version"))
    assert after == before


def test_step_by_step_it_is_the_same(draft, decided, beheerder, monkeypatch):
    monkeypatch.setattr(replays, "AT_ONCE", 1)
    found = replays.start(draft_id=draft.pk, by=beheerder, now=NOW)
    assert replays.do_next(now=NOW)
    found.refresh_from_db()
    assert (found.done, found.ended_at) == (1, None)
    while replays.do_next(now=NOW):
        pass
    found.refresh_from_db()
    assert (found.done, found.ended_at) == (3, NOW)


def test_requests_of_another_insurer_are_not_replayed(draft, decided, beheerder, indiener, other_insurer):
    other = make.version(replace(make.shipped()["zilveren-kruis-msr"], slug="elders"), other_insurer)
    desk.filed(indiener, other_insurer, Status.GRANTED, policy_version=other)
    assert run(draft, beheerder).total == 3


def test_what_was_changed_meanwhile_is_not_replayed_on(draft, decided, beheerder):
    found = replays.start(draft_id=draft.pk, by=beheerder, now=NOW)
    write(draft, beheerder, with_another_criterion)
    assert replays.do_next(now=NOW)
    found.refresh_from_db()
    assert "intussen gewijzigd" in found.why_stopped
    assert not ReplayEffect.objects.exists()


def test_what_goes_wrong_ends_this_replay_and_no_other(draft, decided, beheerder, monkeypatch):
    found = replays.start(draft_id=draft.pk, by=beheerder, now=NOW)
    monkeypatch.setattr(replays, "_closed", lambda _: 1 / 0)
    assert replays.do_next(now=NOW)
    found.refresh_from_db()
    assert "ging bij ons iets mis" in found.why_stopped
    assert not replays.do_next(now=NOW)


@pytest.mark.parametrize("text", ["naam =", ""])
def test_a_text_that_is_no_policy_is_not_replayed(draft, beheerder, text):
    policy_drafts.save(draft_id=draft.pk, text=text, version=1, by=beheerder, now=NOW)
    with pytest.raises(NotAllowed, match="Verbeter eerst"):
        replays.start(draft_id=draft.pk, by=beheerder, now=NOW)


def test_it_is_started_once_at_a_time_and_anew_when_over(draft, decided, beheerder):
    replays.start(draft_id=draft.pk, by=beheerder, now=NOW)
    with pytest.raises(NotAllowed, match="al nagespeeld"):
        replays.start(draft_id=draft.pk, by=beheerder, now=NOW)
    while replays.do_next(now=NOW):
        pass
    run(draft, beheerder)
    assert PolicyReplay.objects.count() == 1


def test_a_draft_takes_its_replays_with_it(draft, decided, beheerder):
    run(write(draft, beheerder, with_another_criterion), beheerder)
    policy_drafts.discard(draft_id=draft.pk, by=beheerder)
    assert not ReplayEffect.objects.exists()
