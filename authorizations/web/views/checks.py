"""
The checks as pages: one case by form, or a whole CSV file. Open to everybody, as for programs; nothing is kept.

Nothing that a check asks says who somebody is, so a case stands in the address and can be passed on. A file may have
more columns, which stay out of every log: it goes along with the form, is judged to a temporary file, and comes back at
once. What such a file costs is bounded by its size (`MOST_BYTES`, a few seconds of work) and by how often somebody may
send one (portal/limits.py); programs cost as much at their own door, so it needs no account.
"""

import io
from collections.abc import Iterator
from contextlib import closing, contextmanager
from tempfile import TemporaryFile
from typing import IO, Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from authorizations.domain import check_files, check_words, checks
from authorizations.domain.check_files import Done
from authorizations.domain.checks import TOETSEN, Toets, Unjudgeable
from authorizations.domain.policy import Policy
from authorizations.services import policies
from authorizations.web import line_budget
from authorizations.web.forms import checks as forms

ASKED = "antwoord"
SHOWN_FAULTS = 10
BOM = b"\xef\xbb\xbf"


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Name every check with what it tells."""
    listed = [(toets, forms.page(toets).told) for toets in TOETSEN.values()]
    return render(request, "authorizations/checks/index.html", {"checks": listed})


@require_safe
def check(request: HttpRequest, toets: str) -> HttpResponse:
    """Ask for one case, and answer it in words."""
    chosen, known = _chosen(toets), policies.shipped()
    by_rule = forms.page(chosen).by_rule
    rule = request.GET.get("regel", "")
    rule = rule if rule in by_rule else ""
    asked = ASKED in request.GET and bool(rule or not by_rule)
    form = forms.Case(chosen, request.GET if asked else None, policies=known, rule=rule)
    context: dict[str, object] = {}
    if form.is_bound and form.is_valid():
        form, context = line_budget.filled_in(request, form)
        row = form.row()
        try:
            result = checks.judge(chosen, row, known.get(form.cleaned_data.get("policy", "")))
        except Unjudgeable as fault:
            form.refuse(str(fault))
        else:
            context |= {"told": check_words.tell(toets, row, result), "columns": [*row.items(), *result.items()]}
    status = 422 if form.errors else 200
    return _page(request, chosen, form, forms.WholeFile(chosen, policies=known), status, **context)


@require_POST
def check_file(request: HttpRequest, toets: str) -> HttpResponseBase:
    """Judge a whole file: give the result back, or show how many rows can't be judged and why."""
    chosen, known = _chosen(toets), policies.shipped()
    form = forms.WholeFile(chosen, request.POST, request.FILES, policies=known)
    if form.is_valid():
        policy = known.get(form.cleaned_data.get("policy", ""))
        result = TemporaryFile()  # noqa: SIM115  # what is handed out closes it
        try:
            done = _judge(chosen, form.cleaned_data["file"].file, result, policy)
            if "overzicht" not in request.POST:
                return _handed_out(chosen, result, done)
            faults = _faults(result)
            return _page(request, chosen, forms.Case(chosen, None, policies=known), form, done=done, faults=faults)
        except check_files.Unreadable as refusal:
            result.close()
            form.add_error("file", str(refusal))
    return _page(request, chosen, forms.Case(chosen, None, policies=known), form, 422)


def _chosen(name: str) -> Toets:
    if name not in TOETSEN:
        raise Http404
    return TOETSEN[name]


def _page(
    request: HttpRequest, toets: Toets, case: forms.Case, file: forms.WholeFile, status: int = 200, **more: Any
) -> HttpResponse:
    by_rule = forms.page(toets).by_rule
    context = {
        "toets": toets,
        "about": forms.page(toets).told,
        "title": by_rule[case.rule].title if case.rule else toets.title,
        "rules": [] if case.rule else [(name, one.title) for name, one in by_rule.items()],
        "written": [(name, one.written) for name, one in by_rule.items()],
        "case": case,
        "file": file,
        "most": SHOWN_FAULTS,
        **more,
    }
    return render(request, "authorizations/checks/check.html", context, status=status)


def _judge(toets: Toets, file: Any, result: IO[bytes], policy: Policy | None) -> Done:
    # A spreadsheet begins its UTF-8 with a mark, and wants it back to read it as such.
    begin = file.read(len(BOM))
    file.seek(0)
    if begin == BOM:
        result.write(BOM)
    with _text(file) as incoming, _text(result) as outgoing:
        return check_files.judge_file(toets, incoming, outgoing, policy)


def _faults(result: IO[bytes]) -> list[tuple[int, str]]:
    result.seek(0)
    with closing(result), _text(result) as lines:
        return check_files.faults(lines, SHOWN_FAULTS)


@contextmanager
def _text(raw: Any) -> Iterator[io.TextIOWrapper]:
    """Read or write bytes as text, and leave them open."""
    text = io.TextIOWrapper(raw, encoding="utf-8", newline="")
    try:
        yield text
    finally:
        text.detach()


def _handed_out(toets: Toets, result: IO[bytes], done: Done) -> FileResponse:
    result.seek(0)
    faults = f"-{done.faults}-fout" if done.faults else ""
    name = f"{toets.name}-{done.rows}-rijen{faults}.csv"
    answer = FileResponse(result, as_attachment=True, filename=name, content_type="text/csv; charset=utf-8")
    answer["Cache-Control"] = "no-store"
    return answer
