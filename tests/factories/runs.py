"""A file that somebody lets go through a check."""

import io
from typing import Any

from django.utils import timezone

from accounts.domain.actors import Actor
from authorizations.domain import check_files
from authorizations.domain.checks import TOETSEN
from authorizations.models import CheckRun
from authorizations.services import check_run_work, check_runs
from kit import tenancy
from papers.services import tables

WEGING = "nr;activiteiten;verpleegdagen\n"


def brought(by: Actor, content: bytes | str, *, toets: str = "weging", policy: str = "") -> CheckRun:
    """Bring a file, in pieces as an upload comes in."""
    sent = content.encode() if isinstance(content, str) else content
    pieces = [sent[at : at + 700] for at in range(0, len(sent), 700)]
    return check_runs.upload(
        toets=TOETSEN[toets], chunks=pieces, file_name="november.csv", policy=policy, by=by, now=timezone.now()
    )


def work(most: int = 10_000) -> int:
    """Let the worker do so many steps; return how many it did."""
    with tenancy.as_system(tenancy.WORKER):
        return next((done for done in range(most) if not check_run_work.do_next(now=timezone.now())), most)


def judged(by: Actor, content: bytes | str, **more: str) -> CheckRun:
    """Bring a file and let the worker do all of it."""
    run = brought(by, content, **more)
    work()
    run.refresh_from_db()
    return run


def outcome(run: CheckRun) -> list[str]:
    """Return the lines of the result."""
    with tables.opened(run.result) as file:
        text = file.read().decode()
    assert text.startswith("\ufeff")
    return text.removeprefix("\ufeff").splitlines()


def many(rows: int) -> str:
    """Return a file of so many rows; every seventh can't be judged."""
    return WEGING + "".join(
        f"{row};190960x{row % 9},;0\n" if row % 7 == 0 else f"{row};190960x4;0\n" for row in range(rows)
    )


def expected(content: str) -> tuple[Any, list[str]]:
    """Return what the shell makes of this file: the counts, and the lines of the result."""
    out = io.StringIO(newline="")
    done = check_files.judge_file(TOETSEN["weging"], io.StringIO(content), out)
    return done, out.getvalue().splitlines()
