"""What anybody may read: with which providers an insurer has a contract, as it was made public."""

from collections.abc import Iterable
from typing import TextIO

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from contracting.models import PublishedProvider
from contracting.queries import register as asked
from kit import csv
from kit.downloads import csv_file

HEAD = ("zorgaanbieder", "AGB-code", "plaats", "begint op", "eindigt op")


@require_safe
def lists(request: HttpRequest) -> HttpResponse:
    """Name the lists in force, per insurer and year."""
    return render(request, "contracting/published/lists.html", {"publications": asked.publications()})


@require_safe
def publication(request: HttpRequest, publication_id: int) -> HttpResponse:
    """Show one list with its date, and whether a newer one came after it."""
    found = get_object_or_404(asked.every_publication(), pk=publication_id)
    newer = asked.publications().filter(insurer_id=found.insurer_id, year=found.year).exclude(pk=found.pk).first()
    context = {"publication": found, "lines": asked.lines_of(found), "newer": newer}
    return render(request, "contracting/published/list.html", context)


@require_safe
def publication_file(request: HttpRequest, publication_id: int) -> FileResponse:
    """Hand the same list out for a spreadsheet."""
    found = get_object_or_404(asked.every_publication(), pk=publication_id)
    name = f"gecontracteerd-{found.year}-{found.published_on}.csv"
    return csv_file(name, lambda lines: write(lines, asked.lines_of(found)))


def write(outgoing: TextIO, lines: Iterable[PublishedProvider]) -> None:
    """Write a public list as rows for a spreadsheet."""
    outgoing.write(csv.BOM)
    rows = csv.Writer(outgoing)
    rows.write(HEAD)
    for one in lines:
        rows.write((one.name, one.agb_code, one.city, one.starts_on, one.ends_on))
