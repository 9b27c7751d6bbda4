"""
Take the whole dossier of a request along: a zip with a PDF, every document and letter, and an index of fingerprints.

`dossier.pdf` says the same for both sides; what only the insurer may see stands in a folder of its own, which the
provider's zip doesn't have. Nothing is stored: what is made here exists until the answer has left.

The web process makes it, not the worker: packing is copying, and so no second copy of a dossier waits somewhere to be
fetched. Measured with 60 documents of 20 MB, on two cores that did other work too: 9 to 18 seconds, of which 4 of a
processor, and 15 MB of memory; the proxy waits for 60.

Bron: feature 33; domain.md section 6; R-37.
"""

import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, BinaryIO

from django.template.loader import render_to_string
from django.utils import timezone

from accounts.domain.actors import Actor
from authorizations import queries
from authorizations.domain import dossier as rules
from authorizations.domain import timeline
from authorizations.domain.dossier import DossierPurpose, Line
from authorizations.domain.heroverweging import Channel
from authorizations.domain.lifecycle import Party, Status, advisor_words, provider_words
from authorizations.domain.terms import Addressee, Discipline, DocumentKind, Setting
from authorizations.models import AuthorizationRequest, CriterionAssessment, Decision, Document, Opinion
from authorizations.queries import heroverweging
from authorizations.queries import overleg as overleggen
from authorizations.services import content, letters, overleg, overview, progress, second_opinion
from kit import csv
from kit.downloads import Download
from papers.services import bundles, downloads
from papers.services import letters as papers

Damaged = bundles.Damaged


@dataclass(frozen=True)
class Piece:
    """A stored file that goes along, or why it can't."""

    name: str
    kind: str
    day: date
    sha256: str
    download: Download | None
    why_not: str = ""


def export(authorization: AuthorizationRequest, *, purpose: DossierPurpose, by: Actor, now: datetime) -> BinaryIO:
    """
    Return the zip of everything that this side may see of a filed request. Whoever asks for it closes it.

    :raises Damaged: when a stored file is gone or is no longer what came in; nothing is handed out then
    """
    with bundles.begin() as (bundle, file):
        lines, missing = [], []
        for piece in [*_documents(authorization, by=by), *_letters(authorization, by=by)]:
            if piece.download is None:
                missing.append(f"{piece.kind} van {_day(piece.day)}: {piece.why_not}")
                continue
            packed = bundle.take(piece.download, name=piece.name, day=piece.day, sha256=piece.sha256)
            lines.append(Line(piece.name, piece.kind, piece.day, packed.size, packed.sha256))
        today = timezone.localdate(now)
        stored = list(lines)
        for name, kind, template, context in _written(authorization, stored, missing, purpose=purpose, by=by, now=now):
            pdf = papers.preview(render_to_string(template, context), title=_title(authorization, kind), now=now)
            packed = bundle.add(pdf, name=name, day=today)
            lines.insert(0, Line(name, kind, today, packed.size, packed.sha256))
        index = {
            "kenmerk": authorization.reference,
            "doel": purpose.value,
            "gemaakt_op": timezone.localtime(now).isoformat(timespec="seconds"),
            "gemaakt_door": by.organization_name,
            "bestanden": [dict(zip(rules.COLUMNS, _cells(line), strict=True)) for line in lines],
            "niet_bijgevoegd": missing,
        }
        words = rules.readme(
            reference=authorization.reference, purpose=purpose, organization=by.organization_name, made_at=now,
            missing=missing, has_own=by.is_insurer,
        )  # fmt: skip
        bundle.add(_csv(lines), name="index.csv", day=today)
        bundle.add(json.dumps(index, ensure_ascii=False, indent=2).encode(), name="index.json", day=today)
        bundle.add(words.encode(), name="LEESMIJ.txt", day=today)
    return file


def _documents(authorization: AuthorizationRequest, *, by: Actor) -> Iterator[Piece]:
    documents = queries.every_document_of(authorization)
    if by.is_provider:
        documents = heroverweging.for_provider(documents)
    for number, document in enumerate(documents, start=1):
        kind = next((item.kind for item in document.items.all()), DocumentKind.OVERIG.value)
        file = document.file
        try:
            download, why_not = downloads.original(file), ""
        except downloads.NotAvailable as refusal:
            download = None
            why_not = "geweigerd, er zit een virus in." if file.is_refused else str(refusal)
        yield Piece(
            rules.name_of("documenten", number, kind, file.content_type),
            _kinds(document) + (" (oudere versie)" if hasattr(document, "replaced_by") else ""),
            timezone.localdate(document.added_at),
            file.sha256,
            download,
            why_not,
        )


def _letters(authorization: AuthorizationRequest, *, by: Actor) -> Iterator[Piece]:
    written = queries.letters_for(authorization)
    if by.is_provider:
        written = written.filter(addressee=Addressee.PROVIDER)
    for number, one in enumerate(written, start=1):
        try:
            download, why_not = downloads.letter(one.letter), ""
        except downloads.NotAvailable as refusal:
            download, why_not = None, str(refusal)
        yield Piece(
            rules.name_of("brieven", number, f"{one.get_kind_display()} {one.get_addressee_display()}"),
            f"{one.get_kind_display()}, brief aan de {one.get_addressee_display().lower()}"
            + (" (vervangen)" if one.is_replaced else ""),
            timezone.localdate(one.letter.created_at),
            one.letter.sha256,
            download,
            why_not,
        )


def _written(
    authorization: AuthorizationRequest,
    stored: list[Line],
    missing: list[str],
    *,
    purpose: DossierPurpose,
    by: Actor,
    now: datetime,
) -> Iterator[tuple[str, str, str, dict[str, Any]]]:
    """Yield what is made for this dossier: name, kind, template and what that gets. The insurer's own comes first."""
    head = {
        "authorization": authorization,
        "insurer_name": by.organization_name,
        "address": [
            f"Zorgaanbieder: {authorization.provider.name}, AGB-code {authorization.provider.agb_code}",
            f"Verzekeraar: {authorization.insurer.name}",
        ],
        "marks": [
            ("Datum", _day(timezone.localdate(now))),
            ("Kenmerk", authorization.reference),
            ("Doel", purpose.label),
        ],
    }
    if by.is_insurer:
        yield (
            rules.OWN,
            "Alleen voor de verzekeraar",
            "authorizations/letters/dossier_own.html",
            head | _own(authorization, by=by),
        )
    yield (
        rules.WHOLE,
        "Dossier",
        "authorizations/letters/dossier.html",
        {
            **head,
            **_decided(authorization),
            "heroverwegingen": _again(authorization),
            # What is shared stands here for both sides, but not for who may still be asked for a second opinion.
            "overleggen": overleggen.without_results(
                authorization, but_shared=by.is_provider or second_opinion.shows_verdicts(authorization, to=by)
            ),
            "status": provider_words(Status(authorization.status)),
            "policy": queries.policy_of(authorization),
            "sections": content.sections(authorization),
            "rounds": reversed(overview.rounds(authorization)),
            "steps": _steps(authorization),
            "clocks": progress.clocks(authorization, now=now),
            "files": stored,
            "missing": missing,
        },
    )


def _decided(authorization: AuthorizationRequest) -> dict[str, Any]:
    """Return the decision with the verdicts; nothing before it is final, for then they are the insurer's own."""
    decision = overview.decision_on(authorization) if authorization.is_decided else None
    if decision is None:
        return {"decision": None}
    # What this decision gave; what came after it stands with the heroverweging.
    grant = getattr(decision, "granted", None)
    hours = grant.hours.all() if grant else []
    return {
        "decision": decision,
        "outcome": Status(authorization.status).label,
        "criteria": letters.criteria_of(authorization, queries.policy_of(authorization)),
        "grant": grant,
        "setting": Setting(grant.setting).label if grant else "",
        "hours": [(line.label or Discipline(line.discipline).label, line.hours) for line in hours],
    }


def _again(authorization: AuthorizationRequest) -> list[dict[str, Any]]:
    """Return each heroverweging as both sides may read it: what an insured wrote stays between insured and insurer."""
    return [
        {
            "one": one,
            "grounds": one.grounds if one.channel == Channel.PORTAL else "",
            "revision": getattr(one, "revision", None),
        }
        for one in heroverweging.of_request(authorization)
    ]


def _steps(authorization: AuthorizationRequest) -> list[dict[str, Any]]:
    """Return what happened as both sides read it: of the insurer the name of the organisation, as on the pages."""
    return [
        {
            "at": step.at,
            "words": step.words,
            "by": step.person if step.by is Party.PROVIDER else authorization.insurer.name,
            "note": step.note,
        }
        for step in progress.history(authorization)
    ]


def _own(authorization: AuthorizationRequest, *, by: Actor) -> dict[str, Any]:
    """
    Return what never leaves the insurer: its own steps, notes, unfinished verdicts and proposals.

    Who may still be asked for a second opinion gets none of what colleagues think (R-19).
    """
    shows = second_opinion.shows_verdicts(authorization, to=by)
    titles = {one.code: one.title for one in queries.policy_of(authorization).criteria}
    assessments = CriterionAssessment.objects.filter(authorization=authorization).select_related("assessed_by")
    return {
        "status": advisor_words(Status(authorization.status)),
        "steps": [
            {
                "at": event.at,
                "words": timeline.insurer_words(event.move),
                "by": event.by.full_name if event.by else "",
                "note": ""
                if not shows and second_opinion.hides_words(authorization, event.move, event.by_id, to=by)
                else event.note,
            }
            for event in authorization.events.select_related("by").order_by("at", "id")
            if event.internal or timeline.words(event.move) is None
        ],
        "shows": shows,
        "overleggen": overleg.shown_to(authorization, by),
        "verdicts": [(titles.get(one.criterion, one.criterion), one) for one in assessments] if shows else [],
        "opinions": [(one, _opinions(one, titles)) for one in second_opinion.earlier(authorization)] if shows else [],
        "proposals": Decision.objects.filter(authorization=authorization, final_at=None)
        .select_related("proposed_by", "returned_by")
        .order_by("proposed_at", "id")
        if shows
        else [],
    }


def _opinions(found: second_opinion.Round, titles: dict[str, str]) -> list[tuple[Opinion, list[tuple[str, Any]]]]:
    """Return what each thought of a proposal, as first given."""
    return [
        (one, [(titles.get(said.criterion, said.criterion), said) for said in one.verdicts.all()])
        for one in (found.first, found.second)
        if one
    ]


def _csv(lines: list[Line]) -> bytes:
    written = io.StringIO()
    written.write(csv.BOM)
    rows = csv.Writer(written)
    rows.write(rules.COLUMNS)
    for line in lines:
        rows.write(_cells(line))
    return written.getvalue().encode()


def _cells(line: Line) -> tuple[str, str, str, int, str]:
    return line.name, line.kind, line.day.isoformat(), line.size, line.sha256


def _kinds(document: Document) -> str:
    return ", ".join(DocumentKind(item.kind).label for item in document.items.all()) or DocumentKind.OVERIG.label


def _title(authorization: AuthorizationRequest, kind: str) -> str:
    return f"{kind} ({authorization.reference})"


def _day(day: date) -> str:
    return content.said(day)
