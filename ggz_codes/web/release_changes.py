"""What a release changes, as its page and its file show it: everything or one kind, of all codes or some."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest

from ggz_codes.domain import release_words
from ggz_codes.domain.release_terms import DiffKind, LinkKind, NoteKind, RowKind
from ggz_codes.domain.release_words import Line, Version
from ggz_codes.models import Release, ReleasedCode, ReleasedLink, ReleaseNote
from ggz_codes.queries import releases as asked
from ggz_codes.web.forms_releases import Narrow

ON_A_PAGE = 50
EVERYTHING, LINKS, FAULT = "alles", "relaties", NoteKind.FAULT.value
OF_NOTES = {one.value: one for one in NoteKind}
OF_ROWS = {one.value: one for one in DiffKind if one.value not in OF_NOTES}
OWN_TABLE = (FAULT, LINKS, NoteKind.SKIPPED, NoteKind.WARNING)
LABELS = {one.value: one.label for one in (*OF_ROWS.values(), *OF_NOTES.values())} | {LINKS: "Relaties"}
Row = ReleasedCode | ReleaseNote | ReleasedLink


class Joined(Sequence[Row]):
    """What several questions find, one after the other, as a paginator asks for it: only the page is fetched."""

    def __init__(self, parts: Sequence[tuple[QuerySet[Any], int]]) -> None:
        self.parts = parts

    def __len__(self) -> int:
        return sum(number for _, number in self.parts)

    def __getitem__(self, wanted: Any) -> Any:
        found: list[Row] = []
        start, stop = wanted.start, wanted.stop
        for rows, number in self.parts:
            if start < number and stop > 0:
                found += rows[max(start, 0) : min(stop, number)]
            start, stop = start - number, stop - number
        return found


def shown(request: HttpRequest, release: Release) -> dict[str, Any]:
    """Return what a release changes, of the kind and the codes that were chosen."""
    form = Narrow(request.GET)
    total = _counts(release)
    counts = _counts(release, of=form.kind, begin=form.begin) if form.narrows else total
    kinds = [(one, label, counts.get(one, 0)) for one, label in LABELS.items() if total.get(one)]
    chosen = request.GET.get("toon", "")
    # With a fault nothing else is left of a release.
    first = FAULT if FAULT in total else EVERYTHING
    kind = chosen if chosen in total else first
    wanted = [kind] if kind != EVERYTHING else [one for one, _, _ in kinds]
    parts = [(_rows(release, one, form), counts.get(one, 0)) for one in wanted]
    page = Paginator(Joined(parts), ON_A_PAGE).get_page(request.GET.get("pagina"))
    everything = [] if FAULT in total or not kinds else [(EVERYTHING, "Alles", sum(counts.values()))]
    return {
        "narrow": form,
        "can_narrow": FAULT not in total and (form.narrows or sum(total.values()) > ON_A_PAGE),
        "kinds": [*everything, *kinds],
        "kind": kind,
        "table": kind if kind in OWN_TABLE else "",
        "is_fault": kind == FAULT,
        "page": page,
        "lines": [line(one) for one in page],
        "brings": release_words.summary(total, asked.link_counts(release)),
    }


def lines(release: Release) -> Iterator[Line]:
    """Give everything that a release changes; of one with faults only those."""
    faults = asked.notes(release, FAULT)
    found: list[QuerySet[Any]] = [asked.changes(release), asked.notes(release), asked.changed_links(release)]
    for rows in [faults] if faults.exists() else found:
        yield from map(line, rows.iterator(chunk_size=2000))


def line(one: Row) -> Line:
    """Return a row, relation or note of a release as a line."""
    if isinstance(one, ReleasedLink):
        return release_words.relation(
            DiffKind(one.diff),
            LinkKind(one.kind),
            (RowKind(one.from_kind), one.from_domain, one.from_code),
            (RowKind(one.to_kind), one.to_code),
            one.place,
            one.replaces.period if one.replaces else None,
            one.period,
        )
    before = _version(one.was) if one.was else None
    if isinstance(one, ReleasedCode):
        return release_words.change(DiffKind(one.diff), before, _version(one), one.place)
    return release_words.note(
        NoteKind(one.kind), about=one.column, value=one.value, message=one.message, place=one.place, before=before
    )


def _counts(release: Release, **narrowed: str) -> dict[str, int]:
    """Return how much there is of each kind that is shown."""
    found = asked.change_counts(release, **narrowed) | {LINKS: sum(asked.link_counts(release, **narrowed).values())}
    return {one: found[one] for one in LABELS if found.get(one)}


def _rows(release: Release, kind: str, form: Narrow) -> QuerySet[Any]:
    narrowed = {"of": form.kind, "begin": form.begin}
    if kind == LINKS:
        return asked.changed_links(release, **narrowed)
    return (asked.notes if kind in OF_NOTES else asked.changes)(release, kind, **narrowed)


def _version(row: ReleasedCode) -> Version:
    return Version(
        kind=RowKind(row.kind),
        domain=row.domain,
        code=row.code,
        description=row.description,
        period=row.period,
        cents=row.cents,
        group=row.group,
        tariff_kind=row.tariff_kind,
    )
