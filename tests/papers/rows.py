"""Rows as they stand in the database, without the work that led to them."""

import uuid
from datetime import datetime
from typing import Any

from papers.domain.states import WAITING_FOR_SCANNER, FileState
from papers.models import File, Letter, Mail, PrintItem


def file(now: datetime, **fields: Any) -> File:
    given = {
        "name": "brief.pdf",
        "size": 10,
        "sha256": "a" * 64,
        "content_type": "application/pdf",
        "page_count": 1,
        "state": FileState.CLEAN.value,
        "received_at": now,
        "waiting_since": now,
    }
    if fields.get("state") not in WAITING_FOR_SCANNER:
        given |= {"scanned_at": now, "scanner": "clamd", "owner_told_at": now}
    return File.objects.create(**{**given, **fields})


def letter(now: datetime, *, issued: bool = False, **fields: Any) -> Letter:
    given: dict[str, Any] = {"kind": "grant", "title": "Besluit", "html": "<p>Ja</p>"}
    given |= {"created_at": now, "waiting_since": now}
    if issued:
        given |= {"issued_at": now, "pdf": f"letters/{uuid.uuid4()}.pdf", "sha256": "a" * 64, "size": 1}
    return Letter.objects.create(**{**given, **fields})


def mail(now: datetime, **fields: Any) -> Mail:
    given = {
        "to": ["noor@voorbeeld.nl"],
        "subject": "Er is nieuws",
        "body": "Bekijk het in het portaal.",
        "key": str(uuid.uuid4()),
        "created_at": now,
        "waiting_since": now,
    }
    return Mail.objects.create(**{**given, **fields})


def print_item(now: datetime, sender: Any, **fields: Any) -> PrintItem:
    given = {"sender": sender, "added_at": now}
    return PrintItem.objects.create(
        **{**given, **fields} | {"letter": fields.get("letter") or letter(now, issued=True)}
    )
