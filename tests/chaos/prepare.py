"""
Fill the database of the storm: people, policies, codes, and drafts that only have to be signed.

Run as `python -m tests.chaos.prepare 40` with the environment of the portal; tells the drafts as JSON, a line each.
"""

import json
import sys
from dataclasses import replace
from datetime import datetime
from io import BytesIO

import django

FILERS = ("jansen@esdoorn.example", "duin@duin.example", "wilg@wilg.example")


def bsn(number: int) -> str:
    """Return another number that passes the eleven-test, for each number below ten million."""
    first = f"9{number:07d}"
    rest = sum(weight * int(digit) for weight, digit in zip(range(9, 1, -1), first, strict=True)) % 11
    return f"{first}{rest}" if rest < 10 else bsn(number + 5_000_000)


def draft(number: int, *, now: datetime) -> dict[str, str]:
    """Write a whole request, with one file that serves every item of the checklist."""
    from django.utils import timezone

    from authorizations.services import checklist, documents
    from portal.world import people, walk

    filer = FILERS[number % len(FILERS)]
    by = people.actor(filer)
    content = walk.application(today=timezone.localdate(now), person=number)
    content = replace(content, insured=replace(content.insured, bsn=bsn(number)))
    authorization = walk.draft(content, by=by, policy_slug="zilveren-kruis-msr", now=now)
    kinds = [given.item.kind for given in checklist.checklist(authorization) if given.item.required]
    file = paper(authorization.reference)
    documents.add(
        authorization_id=authorization.pk, stream=BytesIO(file), name="dossier.pdf", size=len(file), kinds=kinds,
        by=by, now=now,
    )  # fmt: skip
    return {"reference": authorization.reference, "filer": filer}


def paper(mark: str) -> bytes:
    """Return a small PDF, each time another."""
    import pikepdf

    with pikepdf.new() as document:
        document.add_blank_page(page_size=(595, 842))
        document.docinfo["/Title"] = mark
        made = BytesIO()
        document.save(made)
    return made.getvalue()


def main(number: int) -> None:
    """Prepare everything and tell the drafts."""
    django.setup()
    from django.core.management import call_command
    from django.utils import timezone

    from kit import tenancy
    from papers.delivery import content
    from papers.domain.files import PDF
    from papers.models import File
    from portal.world import people

    tenancy.become(tenancy.Context(system=tenancy.COMMAND))
    for command in ("migrate", "load_policies", "load_catalogue"):
        call_command(command, verbosity=0, stdout=sys.stderr)
    now = timezone.now()
    people.settle(now)
    # These are our own files; to look into each in a process of its own, now and for its pages, costs a minute. The
    # files that come in while it storms get all of that.
    content.judge = lambda path, *, name: content.Judged(PDF, 1)
    for count in range(number):
        print(json.dumps(draft(count, now=now)), flush=True)
    File.objects.update(pages_made_at=now)


if __name__ == "__main__":
    main(int(sys.argv[1]))
