"""Claims from a file: taken in whole or not at all, or the good ones with the wrong ones given back."""

import io
from collections.abc import Iterable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.web import access
from authorizations.domain import declaration_files as files
from authorizations.domain import words
from authorizations.domain.declaration_files import Claims
from authorizations.domain.declarations import COLUMN_OF, COLUMNS, NEEDED
from authorizations.domain.obstacles import Obstacle
from authorizations.services import declarations as service
from authorizations.web.forms.declarations import Brought
from authorizations.web.views.declarations import FILERS, UNPROCESSABLE, shown

MOST_FAULTS = 50
TITLES = {"file": "declaraties-foute-regels.csv", "example": "declaraties-voorbeeld.csv"}


@require_http_methods(["GET", "HEAD", "POST"])
@access.require(*FILERS)
def bring(request: HttpRequest) -> HttpResponse:
    """Take claims in from a file."""
    form = Brought(request.POST or None, request.FILES or None) if request.method == "POST" else Brought()
    faults: list[tuple[int, Obstacle]] = []
    if form.is_bound and form.is_valid() and form.claims:
        whole = form.cleaned_data["what"] == "whole"
        answer, faults = _take(request, form, form.claims, whole=whole)
        if answer:
            return answer
    context = {
        "form": form,
        "faults": [(line, COLUMN_OF.get(one.field, ""), one.message) for line, one in faults[:MOST_FAULTS]],
        "more_faults": max(0, len(faults) - MOST_FAULTS),
        "columns": COLUMNS,
        "needed": NEEDED,
    }
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "authorizations/declarations/bring.html", context, status=status)


def _take(
    request: HttpRequest, form: Brought, claims: Claims, *, whole: bool
) -> tuple[HttpResponse | None, list[tuple[int, Obstacle]]]:
    told = {} if whole and claims.faults else claims.told
    try:
        taken = service.take(told=told, whole=whole, by=access.actor(request), now=timezone.now())
    except service.NotAllowed as refusal:
        form.add_error("file", str(refusal))
        return None, []
    faults = sorted([*claims.faults, *taken.faults], key=lambda fault: fault[0])
    if faults and whole:
        form.add_error("file", "In het bestand staan fouten. Er is niets vastgelegd. Verbeter ze en kies het opnieuw.")
        return None, faults
    shown(request, taken.rows.values())
    same = len(taken.rows) - len(taken.new) - len(taken.changed)
    messages.success(request, _said(new=len(taken.new), changed=len(taken.changed), same=same, faults=_lines(faults)))
    if not faults:
        return redirect("authorizations:declarations"), []
    written = io.StringIO()
    files.wrong_lines(claims, faults, written)
    return _csv(written.getvalue(), TITLES["file"]), []


@require_safe
@access.require(*FILERS)
def example(request: HttpRequest) -> HttpResponse:
    """Hand out a file as it should be."""
    written = io.StringIO()
    files.example(written, today=timezone.localdate())
    return _csv(written.getvalue(), TITLES["example"])


def _csv(content: str, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return HttpResponse(content, content_type="text/csv; charset=utf-8", headers=headers)


def _lines(faults: Iterable[tuple[int, Obstacle]]) -> int:
    return len({line for line, _ in faults})


def _said(*, new: int, changed: int, same: int, faults: int) -> str:
    parts = [
        f"{words.number(many)} {told}"
        for many, told in ((new, "nieuw"), (changed, "bijgewerkt"), (same, "ongewijzigd"), (faults, "fout"))
        if many
    ]
    return f"Declaraties uit het bestand: {words.listing(parts)}."
