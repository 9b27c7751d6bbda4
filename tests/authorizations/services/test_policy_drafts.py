"""Writing the next version of a policy, publishing it, and what never changes."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, ProgrammingError, transaction

from authorizations import queries
from authorizations.domain import policy_text
from authorizations.models import PolicyDraft, PolicyReplay, PolicyVersion, ReplayEffect
from authorizations.services import policy_drafts
from authorizations.services.lifecycle import NotAllowed, Stale
from authorizations.services.policy_drafts import Publication
from kit import tenancy
from tests.factories import authorizations as make
from tests.factories import desk

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 30, 10, tzinfo=UTC)
JANUARY = date(2027, 1, 1)


@pytest.fixture
def version(insurer):
    return make.policy_version(insurer)


@pytest.fixture
def draft(version, beheerder):
    return policy_drafts.begin(version_id=version.pk, by=beheerder, now=NOW)


def write(draft, by, **changes):
    policy = replace(policy_text.read(draft.text), **changes)
    return policy_drafts.save(draft_id=draft.pk, text=policy_text.write(policy), version=draft.version, by=by, now=NOW)


def publish(draft, by, name="2", valid_from=JANUARY, now=NOW):
    publication = Publication(name, valid_from)
    return policy_drafts.publish(draft_id=draft.pk, publication=publication, version=draft.version, by=by, now=now)


def test_a_draft_begins_as_its_version_and_there_is_one_at_a_time(draft, version, beheerder):
    assert policy_text.read(draft.text) == queries.policy(version)
    assert policy_drafts.begin(version_id=version.pk, by=beheerder, now=NOW) == draft


def test_published_it_holds_from_its_day_on_and_the_one_before_until_then(draft, version, beheerder):
    draft = write(draft, beheerder, title="Nieuw beleid")
    made = publish(draft, beheerder)
    assert queries.policy(made).valid_from == JANUARY
    assert (made.version, made.title, queries.policy(made).title) == ("2", "Nieuw beleid", "Nieuw beleid")
    days = {date(2026, 12, 31): version, JANUARY: made, date(2031, 1, 1): made}
    assert {day: queries.policy_version_on(version.slug, day) for day in days} == days
    draft.refresh_from_db()
    assert (draft.published, draft.published_by_id, draft.published_at) == (made, beheerder.user_id, NOW)
    for late in (
        lambda: write(draft, beheerder),
        lambda: publish(draft, beheerder, "3"),
        lambda: policy_drafts.discard(draft_id=draft.pk, by=beheerder),
    ):
        with pytest.raises(NotAllowed, match="al gepubliceerd"):
            late()


@pytest.mark.parametrize(
    ("name", "valid_from", "changes", "code"),
    [
        ("2", date(2026, 11, 29), {}, "begins_in_the_past"),
        ("1.1", JANUARY, {}, "version_known"),
        ("2", JANUARY, {"slug": "ander-beleid"}, "policy_is_another"),
    ],
)
def test_what_stands_in_the_way_of_publishing(draft, beheerder, name, valid_from, changes, code):
    draft = write(draft, beheerder, **changes)
    found = policy_drafts.obstacles(draft, Publication(name, valid_from), today=NOW.date())
    assert [one.code for one in found] == [code]
    with pytest.raises(NotAllowed):
        publish(draft, beheerder, name, valid_from)


def test_a_version_begins_after_the_one_before_and_leaves_no_hole(draft, version, beheerder, insurer):
    publish(draft, beheerder)
    again = policy_drafts.begin(version_id=version.pk, by=beheerder, now=NOW)
    codes = [one.code for one in policy_drafts.obstacles(again, Publication("3", JANUARY), today=NOW.date())]
    assert codes == ["begins_too_early"]
    ends = replace(
        make.shipped()["zilveren-kruis-msr"], version="3", valid_from=date(2028, 1, 1), valid_until=date(2028, 6, 30)
    )
    make.version(ends, insurer)
    for day, expected in ((date(2028, 7, 1), []), (date(2028, 7, 2), ["leaves_a_hole"])):
        found = policy_drafts.obstacles(again, Publication("4", day), today=NOW.date())
        assert [one.code for one in found] == expected


def test_a_text_that_is_no_policy_is_kept_and_not_published(draft, beheerder):
    draft = policy_drafts.save(draft_id=draft.pk, text="naam =", version=1, by=beheerder, now=NOW)
    with pytest.raises(NotAllowed, match="Regel 1"):
        publish(draft, beheerder)


def test_of_two_who_write_at_once_the_second_reads_so(draft, beheerder):
    write(draft, beheerder, title="Een")
    for act in (write, publish):
        with pytest.raises(Stale, match="Iemand anders"):
            act(draft, beheerder)


@pytest.mark.parametrize("who", ["adviseur", "coordinator", "medewerker", "indiener"])
def test_only_a_beheerder_writes(draft, request, who):
    by = request.getfixturevalue(who)
    for act in (
        lambda: policy_drafts.begin(version_id=draft.based_on_id, by=by, now=NOW),
        lambda: write(draft, by),
        lambda: publish(draft, by),
    ):
        with pytest.raises(NotAllowed, match="Alleen een beheerder"):
            act()


def test_a_used_version_never_changes(indiener, insurer, version):
    assert desk.filed(indiener, insurer).policy_version == version
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        PolicyVersion.objects.filter(pk=version.pk).update(valid_until=date(2027, 1, 1))


def another(base, **changes):
    values = {"slug": base.slug, "title": "x", "body": {}, "sha256": "x", "loaded_at": NOW, **changes}
    return PolicyVersion.objects.create(**values)


def test_no_two_versions_begin_on_a_day(version, insurer):
    another(version, version="2", valid_from=JANUARY, insurer=insurer)
    with pytest.raises(IntegrityError, match="policy_begins_once_on_a_day"), transaction.atomic():
        another(version, version="3", valid_from=JANUARY, insurer=insurer)


def test_a_policy_is_of_one_insurer(version, other_insurer):
    with pytest.raises(IntegrityError, match="policy_of_one_insurer"), transaction.atomic():
        another(version, version="2", valid_from=JANUARY, insurer=other_insurer)


def test_the_database_keeps_drafts_and_replays_whole(draft, indiener, insurer, beheerder):
    values = {"insurer": insurer, "slug": draft.slug, "based_on": draft.based_on, "text": "", "made_at": NOW}
    people = {"made_by_id": beheerder.user_id, "edited_by_id": beheerder.user_id, "edited_at": NOW}
    begun = {"draft": draft, "draft_version": 1, "started_by_id": beheerder.user_id, "started_at": NOW, "total": 1}
    replay = PolicyReplay.objects.create(**begun, waiting=[1])
    effect = {"replay": replay, "authorization": desk.filed(indiener, insurer), "code": "x", "fails": True}
    ReplayEffect.objects.create(**effect)
    for constraint, make_it in {
        "one_open_draft_of_a_policy": lambda: PolicyDraft.objects.create(**values, **people),
        "policy_draft_published_whole": lambda: PolicyDraft.objects.filter(pk=draft.pk).update(published_at=NOW),
        "one_replay_at_a_time": lambda: PolicyReplay.objects.create(**begun),
        "replay_ends_with_nothing_waiting": lambda: PolicyReplay.objects.update(ended_at=NOW),
        "replay_changes_at_most_all": lambda: PolicyReplay.objects.update(changed=2),
        "replay_effect_once": lambda: ReplayEffect.objects.create(**{**effect, "fails": False}),
    }.items():
        with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
            make_it()


def test_an_insurer_writes_versions_of_its_own_alone(version, beheerder, other_insurer, insurer):
    with tenancy.acting(tenancy.Context(beheerder.organization_id, beheerder.user_id)):
        another(version, version="2", valid_from=JANUARY, insurer=insurer)
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            another(version, slug="van-een-ander", version="1", insurer=other_insurer)
