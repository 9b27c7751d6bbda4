#!/usr/bin/env python3
"""
Check an exported access log without the portal: python3 verify_log.py export.jsonl [--key-file F] [--anchor N:HASH].

Needs nothing but Python. Without the key it checks that rows and seals belong together and follow each other; with the
key (LOG_SEAL_KEY, in a file) also that the portal set the seals; with an anchor (from the daily mail) also that the end
wasn't cut off. Names the first fault and exits with 1. The format stands in docs/logbook.md.
"""

import argparse
import hashlib
import hmac
import json
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

ID_BYTES, HASH_BYTES = 8, 16
LEAF = ID_BYTES + HASH_BYTES
LONGEST_TRANSACTION = timedelta(minutes=15)
UNSEALED = timedelta(hours=1)
"""The portal puts a seal every minute; a stretch behind the last seal that is longer was left out, or never sealed."""


class NotALog(ValueError):
    """Raised when a line of the file isn't one of an export."""


def read(at: int, line: str) -> dict[str, Any]:
    """Return what a line holds."""
    try:
        item = json.loads(line)
        if not isinstance(item, dict) or not item.keys() & {"erasure", "row", "seal"}:
            raise ValueError
    except ValueError:
        raise NotALog(f"Regel {at} van het bestand is niet te lezen: is het wel heel?") from None
    return item


def read_anchor(text: str) -> tuple[int, str]:
    """Return the number and the hash of an anchor."""
    number, _, mark = text.strip().partition(":")
    if not number.isdigit() or len(mark) != 64:
        raise argparse.ArgumentTypeError("een kenmerk is het nummer van een zegel, een dubbele punt en 64 tekens")
    return int(number), mark


def canonical(value: Any) -> bytes:
    """Write a value in the one way that is hashed."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def moment(text: str) -> datetime:
    """Read a moment of an export."""
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%S.%f%z")


def signed(key: bytes, text: bytes) -> str:
    """Return the signature on a text."""
    return hmac.new(key, text, hashlib.sha256).hexdigest()


def expected_hash(seal: dict[str, Any]) -> str:
    """Return the hash of what a seal says."""
    said = {name: seal[name] for name in ("number", "format", "after_id", "last_id", "sealed_at", "previous")}
    return hashlib.sha256(
        canonical({**said, "leaves": hashlib.sha256(bytes.fromhex(seal["leaves"])).hexdigest()})
    ).hexdigest()


def faults(lines: Iterator[str], key: bytes | None, anchors: dict[int, str], told: dict[str, int]) -> Iterator[str]:
    """
    Yield what is wrong, in the order of the log; say in `told` how many rows no seal covers.

    :raises NotALog: naming the line that can't be read
    """
    erased_to, previous = 0, None
    waiting: dict[int, dict[str, Any]] = {}
    for at, line in enumerate(lines, 1):
        item = read(at, line)
        if "erasure" in item:
            erasure = item["erasure"]
            said = {name: erasure[name] for name in ("at", "up_to_seal", "row_count")}
            if key is not None and erasure["signature"] != signed(key, canonical(said)):
                yield f"De opschoning tot en met zegel {erasure['up_to_seal']} is niet van het portaal."
            else:
                erased_to = max(erased_to, erasure["up_to_seal"])
        elif "row" in item:
            if item["row"]["id"] in waiting:
                yield f"Regel {item['row']['id']} staat er twee keer in."
            waiting[item["row"]["id"]] = item["row"]
        else:
            seal = item["seal"]
            yield from seal_faults(seal, previous, key)
            if anchors.pop(seal["number"], seal["hash"]) != seal["hash"]:
                yield f"Zegel {seal['number']} is een ander zegel dan het bewaarde kenmerk zegt."
            if seal["number"] > erased_to:
                yield from row_faults(seal, previous, waiting)
            waiting, previous = {}, seal
    yield from unsealed_faults(waiting, previous)
    told["unsealed"] = len(waiting)
    for number in sorted(anchors):
        yield f"Zegel {number} ontbreekt: het einde van het logboek is afgeknipt."


def unsealed_faults(rows: dict[int, dict[str, Any]], last: dict[str, Any] | None) -> Iterator[str]:
    """Yield what is wrong with the rows behind the last seal: there are few, of the last minute."""
    if last is None:
        yield "Er staat geen enkel zegel in dit bestand: het bewijst niets."
        return
    for id in sorted(rows):
        if id <= last["last_id"]:
            yield f"Regel {id} is later ingevoegd."
    moments = [moment(row["at"]) for row in rows.values()]
    if moments and max(moments) - min(moments) > UNSEALED:
        yield f"Regel {min(rows)} en later zijn langer dan een uur niet verzegeld: het einde is niet te vertrouwen."


def seal_faults(seal: dict[str, Any], previous: dict[str, Any] | None, key: bytes | None) -> Iterator[str]:
    """Yield what is wrong with a seal and its place in the chain."""
    number = seal["number"]
    if seal["hash"] != expected_hash(seal) or seal["row_count"] != len(seal["leaves"]) // 2 // LEAF:
        yield f"Zegel {number} is veranderd."
    elif key is not None and not hmac.compare_digest(seal["signature"], signed(key, seal["hash"].encode())):
        yield f"Zegel {number} is niet door het portaal gezet."
    if previous is None:
        if number != 1 or seal["previous"] != "0" * 64 or seal["after_id"] != 0:
            yield "Zegel 1 ontbreekt."
    elif number != previous["number"] + 1:
        yield f"Zegel {previous['number'] + 1} ontbreekt."
    elif seal["previous"] != previous["hash"] or seal["after_id"] != previous["last_id"]:
        yield f"Zegel {number} sluit niet aan op zegel {previous['number']}."


def row_faults(seal: dict[str, Any], previous: dict[str, Any] | None, rows: dict[int, dict[str, Any]]) -> Iterator[str]:
    """Yield each row that was changed, removed or inserted."""
    leaves = bytes.fromhex(seal["leaves"])
    parts = (leaves[start : start + LEAF] for start in range(0, len(leaves), LEAF))
    expected = {int.from_bytes(part[:ID_BYTES], "big"): part[ID_BYTES:] for part in parts}
    for id in sorted(rows.keys() | expected.keys()):
        row = rows.get(id)
        if row is None:
            yield f"Regel {id} is verwijderd."
        elif id not in expected:
            yield f"Regel {id} is later ingevoegd."
        elif hashlib.sha256(canonical(row)).digest()[:HASH_BYTES] != expected[id]:
            yield f"Regel {id} is veranderd."
        elif previous:
            written = moment(row["at"]) + timedelta(milliseconds=row["took_ms"])
            if written < moment(previous["sealed_at"]) - LONGEST_TRANSACTION:
                yield f"Regel {id} is later ingevoegd, met een eerder tijdstip."


def main() -> int:
    """Check one file."""
    asked = argparse.ArgumentParser(description="Controleert een opgehaald logboek zonder het portaal.")
    asked.add_argument("file", type=Path)
    asked.add_argument("--key-file", type=Path, help="bestand met de sleutel LOG_SEAL_KEY")
    asked.add_argument("--anchor", action="append", default=[], metavar="NUMMER:KENMERK", type=read_anchor)
    given = asked.parse_args()
    told = {"unsealed": 0}
    try:
        key = given.key_file.read_text().strip().encode() if given.key_file else None
        with given.file.open(encoding="utf-8") as lines:
            for fault in faults(lines, key, dict(given.anchor), told):
                print(f"Het logboek is niet heel. {fault}", file=sys.stderr)
                return 1
    except (OSError, UnicodeDecodeError, NotALog, KeyError, TypeError) as error:
        words = str(error) if isinstance(error, (OSError, NotALog)) else "Dit is geen opgehaald logboek."
        print(f"Niet te controleren. {words}", file=sys.stderr)
        return 2
    left = ["wie de zegels zette (geef --key-file)"] if key is None else []
    left += ["of het einde is afgeknipt (geef --anchor)"] if not given.anchor else []
    print("Het logboek is heel." + (f" Niet gecontroleerd: {' en '.join(left)}." if left else ""))
    print(f"Nog niet verzegeld, en dus niet te controleren: {told['unsealed']} regels aan het einde.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
