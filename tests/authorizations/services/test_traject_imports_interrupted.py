"""A file of activities whose worker is killed, whose lines come in any order, and who sees it."""

import random
from datetime import UTC, datetime, time

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from authorizations.domain.terms import Discipline
from authorizations.domain.traject_import import Stage
from authorizations.models import (
    TrajectImport,
    TrajectImportEffect,
    TrajectImportRow,
    Zorgactiviteit,
)
from authorizations.queries import traject_imports as asked
from authorizations.services import subtrajects, traject_import_work, traject_imports
from authorizations.services.subtrajects import Entry
from kit import tenancy
from tests.factories.brought import (
    LATER,
    applied,
    begin,
    bring,
    checked,
    course,
    line,
    work,
)
from tests.factories.subtrajects import day

pytestmark = pytest.mark.django_db


@pytest.fixture
def traject(indiener, insurer):
    return begin(indiener, insurer)


class Killed(BaseException):
    """What a worker meets that is killed."""


@pytest.mark.parametrize("at", range(9))
def test_killed_half_way_it_goes_on(indiener, insurer, monkeypatch, at):
    trajects = [begin(indiener, insurer, number=f"ZT{number}") for number in (1, 2, 3)]
    lines = [line(number, traject=f"ZT{one}") for number in (0, 9, 20) for one in (1, 2, 3)]
    monkeypatch.setattr(traject_imports, "PART", 100)
    imported = bring(indiener, *lines, "fout")
    count, steps = traject_import_work._count, iter(range(100))

    def killed(*given, **more):
        count(*given, **more)
        if next(steps) == at:
            raise Killed

    def go_on():
        try:
            work()
        except Killed:
            work()

    # What the step did so far is gone with its transaction, as with a process that is killed.
    monkeypatch.setattr(traject_import_work, "_count", killed)
    go_on()
    traject_imports.apply(import_id=imported.pk, by=indiener, now=LATER)
    go_on()

    imported.refresh_from_db()
    assert (imported.stage, imported.counts) == (Stage.DONE, {"applied": 9, "wrong": 1, "done": 0})
    assert Zorgactiviteit.objects.count() == 9
    assert [course(one)[0][2:4] for one in trajects] == [(day(62), "42_dagen")] * 3


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(
    days=st.lists(st.integers(0, 300), min_size=1, max_size=9, unique=True),
    pieces=st.integers(1, 3),
    seed=st.integers(0, 99),
)
def test_any_split_and_order_ends_as_one_by_one(indiener, insurer, days, pieces, seed):
    now = datetime.combine(day(310), time(12), tzinfo=UTC)
    with transaction.atomic():
        one, all_ = (begin(indiener, insurer, number=name) for name in ("EEN", "ALLE"))
        for number in days:
            entry = Entry("190961", day(number), Discipline.FYSIOTHERAPIE)
            subtrajects.register(zorgtraject_id=one.pk, entry=entry, by=indiener, now=now)
        shuffled = random.Random(seed).sample(days, len(days))
        for piece in range(pieces):
            if some := shuffled[piece::pieces]:
                imported = applied(indiener, *(line(number, traject="ALLE") for number in some), now=now)
                assert imported.counts == {"applied": len(some), "done": 0}
        assert course(one) == course(all_)
        transaction.set_rollback(True)


def test_the_other_institution_sees_nothing_of_it(indiener, other_indiener, traject):
    imported = checked(indiener, line(0), "fout")
    assert not asked.visible_to(other_indiener).exists()
    with tenancy.acting(tenancy.Context(other_indiener.organization_id, other_indiener.user_id)):
        for model in (TrajectImport, TrajectImportRow, TrajectImportEffect):
            assert not model.objects.exists()
    with tenancy.acting(tenancy.Context(indiener.organization_id, indiener.user_id)):
        assert TrajectImportRow.objects.filter(imported=imported).count() == 2


def test_a_file_that_goes_wrong_ends_and_holds_up_no_other(indiener, traject, monkeypatch):
    first, second = bring(indiener, line(0)), bring(indiener, line(1), line(2))
    real = traject_import_work.STEPS[Stage.CHECKING]

    def breaks(imported, by, now):
        if imported.pk == first.pk:
            raise ValueError("zomaar")
        real(imported, by, now)

    monkeypatch.setitem(traject_import_work.STEPS, Stage.CHECKING, breaks)
    work()
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.stage, second.stage) == (Stage.CANCELLED, Stage.READY)
    assert "Lees het bestand opnieuw in" in first.why_stopped
