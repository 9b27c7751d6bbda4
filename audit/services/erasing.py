"""Erase what was kept long enough, so that it can be seen that this was all."""

import hashlib
import hmac
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction

from audit import queries
from audit.domain import chain, retention
from audit.domain.chain import Fault
from audit.domain.events import Kind, Purpose
from audit.models import Erasure
from audit.services import recording


class TooYoung(Exception):
    """A row may not go yet. The message is for people."""


def erasable(now: datetime) -> tuple[int, int]:
    """Return up to which seal everything was kept long enough, and how many rows that are; nothing is 0 and 0."""
    keep_from, done = retention.keep_from(now), erased_up_to()[0]
    number = rows = 0
    for seal in queries.seals().filter(number__gt=done).iterator(chunk_size=50):
        if seal.sealed_at >= keep_from:
            break
        number, rows = seal.number, rows + seal.row_count
    return number, rows


@transaction.atomic
def erase(*, up_to_seal: int, now: datetime) -> int:
    """
    Erase the rows up to and including this seal and keep the seals; return how many rows went.

    :raises TooYoung: when one of them must be kept

    Bron: R-39 (access log 5 years).
    """
    keep_from, done = retention.keep_from(now), erased_up_to()[0]
    chosen = queries.seals().filter(number__gt=done, number__lte=up_to_seal)
    newest = chosen.order_by("-number").first()
    if newest is None:
        return 0
    young = chosen.filter(sealed_at__gte=keep_from).exists()
    rows = queries.rows_between(0, newest.last_id)
    if young or rows.filter(at__gte=keep_from).exists():
        raise TooYoung(f"Regels van het logboek blijven minstens {retention.YEARS} jaar staan.")
    number, _ = rows.delete()
    erasure = Erasure(at=now, up_to_seal=newest.number, row_count=number)
    erasure.signature = _signature(erasure)
    erasure.save()
    recording.by_the_portal(
        Kind.LOG_ERASED, purpose=Purpose.LOGGING, detail={"tot_en_met_zegel": newest.number, "regels": number}
    )
    return number


def erased_up_to() -> tuple[int, list[Fault]]:
    """Return up to which seal the rows may be gone, and what is wrong with what says so."""
    last, wrong = 0, []
    for erasure in queries.erasures():
        seal = queries.seals().filter(number=erasure.up_to_seal).first()
        true = hmac.compare_digest(erasure.signature, _signature(erasure))
        if not true or seal is None or seal.sealed_at >= retention.keep_from(erasure.at):
            wrong.append(Fault(f"De opschoning tot en met zegel {erasure.up_to_seal} is niet van het portaal."))
        else:
            last = max(last, erasure.up_to_seal)
    return last, wrong


def plain(erasure: Erasure) -> dict[str, Any]:
    """Return what an export says of it."""
    return {"at": erasure.at, "up_to_seal": erasure.up_to_seal, "row_count": erasure.row_count,
            "signature": erasure.signature}  # fmt: skip


def _signature(erasure: Erasure) -> str:
    said = chain.canonical({"at": erasure.at, "up_to_seal": erasure.up_to_seal, "row_count": erasure.row_count})
    return hmac.new(settings.LOG_SEAL_KEY.encode(), said, hashlib.sha256).hexdigest()
