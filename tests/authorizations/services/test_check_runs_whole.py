"""A file through a check comes out whole: killed at any moment, and in every form that it comes out in."""

import io
import os
import re
import signal
import time
import zipfile

import pytest
from django.conf import settings as portal_settings

from authorizations.domain import check_summary
from authorizations.domain.check_runs import RunStatus
from authorizations.domain.checks import TOETSEN
from authorizations.models import CheckRun, CheckRunPart
from authorizations.queries import check_runs as asked
from authorizations.services import check_run_work, check_runs, check_workbooks
from kit import bell
from papers.services import tables
from tests.factories.runs import WEGING, brought, expected, judged, many, outcome, work
from tests.journeys.house import House

pytestmark = pytest.mark.django_db
HEAD = "nr;activiteiten;verpleegdagen;gewogen_minuten;gewogen_uren;vrijgestelde_code;fout"
ROW = "1;190960x4;0"
DONE = "1;190960x4;0;60;1,00;14E489;"


# -- killed ------------------------------------------------------------------------------------------------------------


class Killed(BaseException):
    """What a worker meets that is killed."""


@pytest.mark.parametrize("at", range(9))
def test_killed_at_any_step_no_row_is_judged_twice_or_never(indiener, monkeypatch, at):
    monkeypatch.setattr(check_run_work, "AT_ONCE", 10)
    content = many(45)
    run = brought(indiener, content)
    save, steps = CheckRun.save, iter(range(100))

    def killed(self, *given, **more):
        save(self, *given, **more)
        if next(steps) == at:
            raise Killed

    # What the step did is gone with its transaction, as with a process that is killed; what it wrote on disk stays.
    monkeypatch.setattr(CheckRun, "save", killed)
    try:
        work()
    except Killed:
        work()
    run.refresh_from_db()
    done, lines = expected(content)
    assert (run.status, run.rows, run.wrong) == (RunStatus.DONE, done.rows, done.faults)
    assert outcome(run) == lines
    assert not CheckRunPart.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_real_worker_that_is_killed_goes_on_where_it_was(indiener, child_environment, tmp_path):
    portal_settings.MEDIA_ROOT = portal_settings.DATA_DIR / "files"
    content = many(200_000)
    run = brought(indiener, content)
    house = House(child_environment, tmp_path)
    try:
        wait(lambda: CheckRunPart.objects.exists())
    finally:
        for child in house.children:
            os.killpg(child.pid, signal.SIGKILL)
        house.close()
    half = CheckRun.objects.get()
    assert 0 < half.rows < 200_000
    house = House(child_environment, tmp_path)
    try:
        bell.ring(check_runs.BELL)
        wait(lambda: CheckRun.objects.get().status == RunStatus.DONE)
    finally:
        house.close()
    run.refresh_from_db()
    done, lines = expected(content)
    assert (run.rows, run.wrong) == (done.rows, done.faults)
    assert outcome(run) == lines


def wait(until, seconds=60):
    end = time.monotonic() + seconds
    while not until():
        assert time.monotonic() < end
        time.sleep(0.01)


# -- what came out ----------------------------------------------------------------------------------------------------


def cells(run):
    with tables.opened(run.workbook) as file, zipfile.ZipFile(io.BytesIO(file.read())) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet and len(re.findall("<c ", sheet)) == len(re.findall('t="inlineStr"', sheet))
    return [re.findall(r"<t[^>]*>([^<]*)</t>", row) for row in re.findall(r"<row.*?</row>", sheet)]


def test_a_workbook_holds_every_code_as_text(indiener):
    run = judged(indiener, WEGING + "0123;190960x4;0\n=1+1;x\x01;0\n")
    assert cells(run) == [
        HEAD.split(";"),
        ["0123", "190960x4", "0", "60", "1,00", "14E489", ""],
        [
            "'=1+1",
            "x_x0001_",
            "0",
            "",
            "",
            "",
            "activiteiten: 'x_x0001_' is geen zorgactiviteit met aantal, zoals 190960x4",
        ],
    ]


def test_of_a_result_that_is_too_long_there_is_no_workbook(indiener, monkeypatch):
    monkeypatch.setattr(asked, "MOST_IN_WORKBOOK", 1)
    run = judged(indiener, WEGING + ROW + "\n" + ROW)
    assert (run.status, run.workbook, run.workbook_at) == (RunStatus.DONE, None, None)


def test_a_workbook_that_fails_leaves_the_result(indiener, monkeypatch):
    monkeypatch.setattr(check_workbooks, "write", lambda *given: 1 / 0)
    run = judged(indiener, f"{WEGING}{ROW}\n")
    assert outcome(run) == [HEAD, DONE] and run.workbook is None and run.workbook_at


def test_outcomes_are_counted_over_every_stretch(indiener, monkeypatch):
    monkeypatch.setattr(check_run_work, "AT_ONCE", 10)
    rows = "".join(f"{row};190960x{row};{'veel' if row % 5 == 0 else 0}\n" for row in range(50))
    run = judged(indiener, WEGING + rows)
    # Minutes and hours are mostly different, and say nothing when counted.
    [(column, numbers)] = check_summary.outcomes(TOETSEN["weging"].gives, run.tally)
    assert (column, sum(number for _, number in numbers)) == ("vrijgestelde_code", 40)
    assert {value for value, _ in numbers} == {"14E489", "14E490", "leeg"}
    assert check_summary.faults(run.tally) == [("verpleegdagen", 10)]
