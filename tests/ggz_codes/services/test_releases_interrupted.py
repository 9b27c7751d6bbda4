"""A release that is stopped, killed, overtaken by another or broken by us: the catalogue is as it was."""

import gc
from datetime import date

import pytest

from accounts.domain.roles import Role
from ggz_codes.domain.release_terms import ReleaseStage, RowState
from ggz_codes.models import ReleasedCode, ReleasePart
from ggz_codes.queries import releases as asked
from ggz_codes.services import release_work, releases
from ggz_codes.services.releases import NotAllowed
from tests.factories import accounts as people
from tests.factories.release_files import canonical
from tests.factories.releases import NOW, activate, bring, loaded, trial, work

pytestmark = pytest.mark.django_db


@pytest.fixture
def keeper(insurer):
    return people.actor(Role.BEHEERDER, organization=insurer)


def test_what_was_compared_before_another_activation_is_compared_again():
    loaded(canonical({}))
    first = trial(canonical({"omschrijving": "A"}), package="a")
    second = trial(canonical({"omschrijving": "B"}), package="b")
    activate(second)
    with pytest.raises(NotAllowed, match="vergelijken opnieuw"):
        releases.activate(release_id=first.pk, by=None, forced=False, now=NOW)
    work(first)
    (change,) = asked.changes(first)
    assert (first.stage, change.was.description) == (ReleaseStage.READY, "B")
    activate(first)
    assert [row.description for row in ReleasedCode.objects.filter(state=RowState.IN_FORCE)] == ["A"]


@pytest.mark.parametrize("stage", ["reading", "comparing", "ready"])
def test_stopping_leaves_nothing(stage, keeper):
    loaded(canonical({"code": "14E489"}))
    before = list(ReleasedCode.objects.order_by("pk").values())
    release = bring(canonical({}), version_on=date(2017, 1, 1))
    while release.stage != stage:
        release_work.do_next(now=NOW)
        release.refresh_from_db()
    releases.cancel(release_id=release.pk, by=keeper, now=NOW)
    work(release)
    assert release.stage == ReleaseStage.CANCELLED and keeper.name in release.why_stopped
    assert list(ReleasedCode.objects.order_by("pk").values()) == before and not ReleasePart.objects.exists()
    with pytest.raises(NotAllowed, match="al klaar"):
        releases.cancel(release_id=release.pk, by=keeper, now=NOW)
    assert work(bring(canonical({}), version_on=date(2017, 1, 1))).stage == ReleaseStage.READY


def test_stopping_while_it_is_read(monkeypatch, keeper):
    monkeypatch.setattr(release_work, "AT_ONCE", 2)
    release = bring(canonical(*[{"code": f"14E{one}"} for one in range(100, 120)]))
    real, seen = release_work.release_sql.add_codes, []

    def add(release_id, rows):
        real(release_id, rows)
        seen.append(ReleasedCode.objects.count())
        if len(seen) == 3:
            releases.cancel(release_id=release_id, by=keeper, now=NOW)

    monkeypatch.setattr(release_work.release_sql, "add_codes", add)
    work(release)
    assert release.stage == ReleaseStage.CANCELLED
    assert len(seen) == 3 and not ReleasedCode.objects.exists()


def test_reading_begins_anew_after_a_worker_was_killed(monkeypatch):
    monkeypatch.setattr(release_work, "AT_ONCE", 2)
    content = canonical(*[{"code": f"14E{one}"} for one in range(100, 110)])
    release = bring(content)
    real, calls = release_work.release_sql.add_codes, []

    def dies(release_id, rows):
        calls.append(1)
        if len(calls) == 3:
            raise KeyboardInterrupt
        real(release_id, rows)

    monkeypatch.setattr(release_work.release_sql, "add_codes", dies)
    with pytest.raises(KeyboardInterrupt):
        release_work.do_next(now=NOW)
    assert ReleasedCode.objects.count() == 4 and gc.isenabled()
    monkeypatch.setattr(release_work.release_sql, "add_codes", real)
    work(release)
    assert release.stage == ReleaseStage.READY and ReleasedCode.objects.count() == 10


def test_what_goes_wrong_with_us_ends_that_release_alone(monkeypatch):
    broken, fine = bring(canonical({})), bring(canonical({}, {"code": "14E489"}), package="ander")
    real = release_work.release_sql.compare

    def fails(release_id, *rest):
        if release_id == broken.pk:
            raise ValueError("x")
        real(release_id, *rest)

    monkeypatch.setattr(release_work.release_sql, "compare", fails)
    work(broken)
    fine.refresh_from_db()
    assert (broken.stage, fine.stage) == (ReleaseStage.REFUSED, ReleaseStage.READY)
    assert "bij ons iets mis" in broken.why_stopped
