"""
The sealed chain: how a log shows that nobody changed, removed or inserted a row.

Every minute one seal is put on the rows since the last one. It holds the hash of each row, the hash of the seal before
it, and a signature with a key that the database doesn't have. `scripts/verify_log.py` reads the same format without the
portal.
"""

import hashlib
import hmac
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

FORMAT = 1
ID_BYTES, HASH_BYTES = 8, 16
LEAF = ID_BYTES + HASH_BYTES
FIRST = "0" * 64
"""What the first seal names as the one before it."""
FIELDS: dict[int, tuple[str, ...]] = {
    1: (
        "id", "at", "took_ms", "kind", "kind_system", "kind_name", "action", "outcome", "user_id", "login",
        "external_login", "user_name", "is_requestor", "on_behalf_of_id", "on_behalf_of", "roles", "purpose",
        "network_type", "network_id", "source_id", "source_site", "source_type", "organization_id", "organization_name",
        "subjects", "dossiers", "insured", "organization_ids", "object_type", "object_role", "object_id_type",
        "life_cycle", "sensitivity", "checks", "signs", "detail", "request_id",
    )
}  # fmt: skip
"""Which columns a seal of this format covers, so that a later column doesn't break older seals."""


def canonical(value: Mapping[str, Any]) -> bytes:
    """Write a row in the one way that is hashed: sorted keys, no spaces, moments in UTC to the microsecond."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=_plain).encode()


def leaf(row: Mapping[str, Any]) -> bytes:
    """Return the id of a row with its hash, as a seal keeps it."""
    id: int = row["id"]
    return id.to_bytes(ID_BYTES) + hashlib.sha256(canonical(row)).digest()[:HASH_BYTES]


def leaves_in(sealed: bytes) -> dict[int, bytes]:
    """Return the hash of each row that this seal covers, by id."""
    found = {}
    for start in range(0, len(sealed) - LEAF + 1, LEAF):
        id = int.from_bytes(sealed[start : start + ID_BYTES])
        found[id] = sealed[start + ID_BYTES : start + LEAF]
    return found


@dataclass(frozen=True)
class Sealed:
    """A seal as plain values: which rows it covers and which seal came before it."""

    number: int
    format: int
    after_id: int
    last_id: int
    sealed_at: datetime
    previous: str
    leaves: bytes
    hash: str = ""
    signature: str = ""

    def expected_hash(self) -> str:
        """Return the hash of what this seal says."""
        return hashlib.sha256(
            canonical(
                {
                    "number": self.number,
                    "format": self.format,
                    "after_id": self.after_id,
                    "last_id": self.last_id,
                    "sealed_at": self.sealed_at,
                    "previous": self.previous,
                    "leaves": hashlib.sha256(self.leaves).hexdigest(),
                }
            )
        ).hexdigest()

    def expected_signature(self, key: bytes) -> str:
        """Return the signature that only the holder of the key can make."""
        return hmac.new(key, self.expected_hash().encode(), hashlib.sha256).hexdigest()

    @property
    def anchor(self) -> str:
        """What is kept elsewhere, to notice a tail that was cut off."""
        return f"{self.number}:{self.hash}"


def read_anchor(text: str) -> tuple[int, str]:
    """
    Return the number and the hash of an anchor.

    :raises ValueError: when it is none
    """
    number, _, mark = text.strip().partition(":")
    if not number.isascii() or not number.isdigit() or not re.fullmatch("[0-9a-f]{64}", mark):
        raise ValueError("Een kenmerk is het nummer van een zegel, een dubbele punt en 64 cijfers en letters.")
    return int(number), mark


@dataclass(frozen=True)
class Fault:
    """Where the log isn't whole any more, in words."""

    words: str
    row_id: int | None = None
    seal: int | None = None


def seal_faults(seal: Sealed, previous: Sealed | None, key: bytes) -> Iterator[Fault]:
    """Yield what is wrong with a seal itself, seen from the one before it; None when older ones were erased."""
    if seal.hash != seal.expected_hash():
        yield Fault(f"Zegel {seal.number} is veranderd.", seal=seal.number)
    elif not hmac.compare_digest(seal.signature, seal.expected_signature(key)):
        yield Fault(f"Zegel {seal.number} is niet door het portaal gezet.", seal=seal.number)
    if previous is None:
        return
    if seal.number != previous.number + 1:
        yield Fault(f"Zegel {previous.number + 1} ontbreekt.", seal=previous.number + 1)
    elif seal.previous != previous.hash or seal.after_id != previous.last_id:
        yield Fault(f"Zegel {seal.number} sluit niet aan op zegel {previous.number}.", seal=seal.number)


def row_faults(seal: Sealed, rows: Iterable[Mapping[str, Any]]) -> Iterator[Fault]:
    """Yield each row between two seals that was changed, removed or inserted, in order of id."""
    missing = leaves_in(seal.leaves)
    found: list[Fault] = []
    for row in rows:
        id: int = row["id"]
        expected = missing.pop(id, None)
        if expected is None:
            found.append(Fault(f"Regel {id} is later ingevoegd.", id, seal.number))
        elif expected != leaf(row)[ID_BYTES:]:
            found.append(Fault(f"Regel {id} is veranderd.", id, seal.number))
    found += [Fault(f"Regel {id} is verwijderd.", id, seal.number) for id in missing]
    yield from sorted(found, key=lambda fault: fault.row_id or 0)


LONGEST_TRANSACTION = timedelta(minutes=15)


def late_rows(seal: Sealed, previous: Sealed, rows: Iterable[Mapping[str, Any]]) -> Iterator[Fault]:
    """Yield the rows that say to be older than the seal before them: those were written in afterwards."""
    begins = previous.sealed_at - LONGEST_TRANSACTION
    for row in rows:
        if row["at"] + timedelta(milliseconds=row["took_ms"]) < begins:
            yield Fault(f"Regel {row['id']} is later ingevoegd, met een eerder tijdstip.", row["id"], seal.number)


def _plain(value: Any) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    raise TypeError(f"{type(value).__name__} staat niet in het logboek")
