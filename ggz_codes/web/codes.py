"""Look a code up: a search page, an address for each code that stays, the list as a file. Open to everybody."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, TextIO

from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from ggz_codes.domain import shipped, shipped_words
from ggz_codes.domain.release_terms import RowKind
from ggz_codes.domain.shipped import RelationKind, RuleText
from ggz_codes.domain.validity import Period, Standing
from ggz_codes.queries import look_up
from ggz_codes.queries.look_up import Found, Version
from ggz_codes.web.forms_codes import OnDay, Search
from kit import text
from kit.csv import BOM, Writer
from kit.downloads import csv_file

ON_A_PAGE = 50
MOST_IN_A_FILE = 100_000
KINDS = {one.value: one for one in RowKind}
BADGES = {
    Standing.VALID: "ok",
    Standing.ENDED: "neutral",
    Standing.NOT_YET_VALID: "warning",
    Standing.UNKNOWN: "neutral",
}
HEAD = (
    "soort",
    "domein",
    "code",
    "omschrijving",
    "groep",
    "geldig_vanaf",
    "geldig_tot",
    "stand_op",
    "stand",
    "opvolgers",
)


class Pages(Sequence[Found]):
    """What was found, as a paginator asks for it: one question gives the page that is wanted and how many there are."""

    def __init__(self, form: Search, wanted: int) -> None:
        self.form, self.start = form, (wanted - 1) * ON_A_PAGE
        self.found, self.total = self._part(self.start, ON_A_PAGE)
        if self.start and not self.found:
            # Beyond the last one, where nothing tells how many there are.
            _, self.total = self._part(0, 1)

    def __len__(self) -> int:
        return self.total

    def __getitem__(self, part: Any) -> Any:
        return self.found if part.start == self.start else self._part(part.start, part.stop - part.start)[0]

    def _part(self, start: int, number: int) -> tuple[list[Found], int]:
        form = self.form
        return look_up.search(
            form.typed, day=form.day, kind=form.kind, only_valid=form.only_valid, limit=number, offset=start
        )


@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """Show what was found; nothing asked shows everything, by code."""
    form = Search(request.GET, today=timezone.localdate())
    wanted = request.GET.get("pagina", "1")
    page = Paginator(Pages(form, max(text.number(wanted) or 1, 1)), ON_A_PAGE).get_page(wanted)
    context = {
        "form": form,
        "page": page,
        "codes": [(one, BADGES[one.standing], one.standing.words) for one in page],
        "file": request.GET.urlencode(),
    }
    return render(request, "ggz_codes/codes/list.html", context, status=422 if form.errors else 200)


@require_safe
def file(request: HttpRequest) -> HttpResponse | FileResponse:
    """Hand out what was found as CSV, every code as text."""
    form = Search(request.GET, today=timezone.localdate())
    if form.errors:
        return listed(request)
    found, _ = look_up.search(
        form.typed, day=form.day, kind=form.kind, only_valid=form.only_valid, limit=MOST_IN_A_FILE
    )
    return csv_file("codes.csv", lambda lines: _write(lines, found))


@require_safe
def one(request: HttpRequest, soort: str, kode: str) -> HttpResponse:
    """Show a code with its history, what it has to do with others, and the rules that the source gives."""
    chosen = KINDS.get(soort)
    wanted = kode.strip().upper()
    versions = look_up.versions(chosen, wanted) if chosen and "\x00" not in wanted else []
    if not chosen or not versions:
        raise Http404
    form = OnDay(request.GET, today=timezone.localdate())
    told = look_up.validity_on(chosen, wanted, versions, form.day)
    actor = getattr(request, "actor", None)
    products = {version.zorgproduct for version in versions} - {""}
    declares = look_up.declares(wanted) if chosen is RowKind.DECLARATIECODE else []
    declares = [(product, period) for product, period in declares if product not in products]
    context = {
        "form": form,
        "kind": chosen,
        "code": wanted,
        "day": form.day,
        "told": told,
        "domains": [
            (one, BADGES[one.validity.standing], list(_history(one.versions, form.day)))
            for one in look_up.by_domain(chosen, wanted, versions, form.day)
        ],
        "relations": list(_relations(wanted)) if chosen in look_up.OF_S2 else [],
        "rules": list(_rules(chosen, wanted)),
        "declared_as": look_up.declared_as(wanted) if chosen is RowKind.ZORGPRODUCT else [],
        "declares": declares,
        # What only the catalogue names as a zorgproduct has no page of its own.
        "has_page": look_up.known(RowKind.ZORGPRODUCT, products | {product for product, _ in declares}),
        # S1 publishes no prices: the insurer's own people see them. Bron: R-32.
        "prices": bool(actor and actor.is_insurer),
    }
    return render(request, "ggz_codes/codes/one.html", context, status=422 if form.errors else 200)


def _history(versions: Sequence[Version], day: date) -> Iterator[tuple[str, Version, str, str]]:
    """Give every wording with its days in words, its mark, and what changed where that can't be seen."""
    before: Version | None = None
    for version in versions:
        unseen = ""
        if before and replace(before, period=version.period, origin="", facts="") == replace(
            version, origin="", facts=""
        ):
            same = before.facts == version.facts
            unseen = "Niets gewijzigd in deze periode" if same else "Alleen gegevens voor de grouper zijn gewijzigd"
        yield period_words(version.period), version, _state(version.period, day), unseen
        before = version


def _state(period: Period, day: date) -> str:
    """Return how the mark in the history looks: only what holds on the day has a check."""
    return "done" if period.holds_on(day) else "todo"


def period_words(period: Period) -> str:
    """Return a period as people read it; an end that nobody named is said to be so."""
    begins = f"Vanaf {_day(period.valid_from)}" if period.valid_from else "Begin onbekend"
    return f"{begins}, tot en met {_day(period.valid_until)}" if period.valid_until else begins


def _day(day: date) -> str:
    return f"{day.day}-{day.month}-{day.year}"


def _relations(code: str) -> Iterator[tuple[str, str, str, str]]:
    """Give what this code has to do with others: words, the other code, its kind and the source."""
    for relation in shipped.relations():
        if relation.kind is not RelationKind.PRESTATIE:
            continue
        source = shipped_words.source(relation.source.lines)
        if relation.subject == code:
            yield "Prestatie bij dit zorgtype", relation.object, RowKind.DECLARATIECODE.value, source
        elif relation.object == code:
            yield "Hoort bij zorgtype", relation.subject, RowKind.ZORGTYPE.value, source


def _rules(kind: RowKind, code: str) -> Iterator[tuple[RuleText, str]]:
    """Give the rules that the source has for a code, with the source."""
    known = shipped.zorgtypes() if kind is RowKind.ZORGTYPE else shipped.prestaties()
    if kind in look_up.OF_S2 and code in known:
        for key in known[code].rules:
            if rule := shipped.rule_texts().get(key):
                yield rule, shipped_words.source(rule.source.lines)


def _write(outgoing: TextIO, found: list[Found]) -> None:
    writer = Writer(outgoing)
    outgoing.write(BOM)
    writer.write(HEAD)
    for one in found:
        others = " ".join(following.code for following in one.successors)
        writer.write((
            one.kind.value, one.domain, one.code, one.description, one.group, one.period.valid_from,
            one.period.valid_until, one.day, one.standing.words, others,
        ))  # fmt: skip
