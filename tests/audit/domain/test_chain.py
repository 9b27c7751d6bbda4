from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from audit.domain import chain

KEY = b"een sleutel"
AT = datetime(2026, 11, 24, 13, 0, tzinfo=UTC)


def row(id, **changed):
    return {"id": id, "at": AT, "took_ms": 5, "kind": "lezen", "dossiers": ["MA-1"], **changed}


def sealed(number, rows, previous=None):
    seal = chain.Sealed(
        number=number,
        format=1,
        after_id=previous.last_id if previous else 0,
        last_id=rows[-1]["id"],
        sealed_at=AT + timedelta(minutes=number),
        previous=previous.hash if previous else chain.FIRST,
        leaves=b"".join(chain.leaf(one) for one in rows),
    )
    seal = replace(seal, hash=seal.expected_hash())
    return replace(seal, signature=seal.expected_signature(KEY))


FIRST = sealed(1, [row(1), row(2), row(4)])
SECOND = sealed(2, [row(5), row(6)], FIRST)


def test_a_whole_chain_has_no_faults():
    assert list(chain.seal_faults(FIRST, None, KEY)) == list(chain.seal_faults(SECOND, FIRST, KEY)) == []
    assert list(chain.row_faults(FIRST, [row(1), row(2), row(4)])) == []


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([row(1), row(2, kind="lijst"), row(4)], ["Regel 2 is veranderd."]),
        ([row(1), row(2, at=AT + timedelta(microseconds=1)), row(4)], ["Regel 2 is veranderd."]),
        ([row(1), row(4)], ["Regel 2 is verwijderd."]),
        ([row(1), row(2), row(3), row(4)], ["Regel 3 is later ingevoegd."]),
        ([row(1), row(3), row(4)], ["Regel 2 is verwijderd.", "Regel 3 is later ingevoegd."]),
        ([], ["Regel 1 is verwijderd.", "Regel 2 is verwijderd.", "Regel 4 is verwijderd."]),
    ],
)  # fmt: skip
def test_a_row_that_was_changed_removed_or_inserted_is_named(rows, words):
    assert [fault.words for fault in chain.row_faults(FIRST, rows)] == words


@pytest.mark.parametrize(
    ("seal", "previous", "words"),
    [
        (replace(SECOND, leaves=b""), FIRST, "Zegel 2 is veranderd."),
        (replace(SECOND, signature="0" * 64), FIRST, "Zegel 2 is niet door het portaal gezet."),
        (sealed(3, [row(7)], SECOND), FIRST, "Zegel 2 ontbreekt."),
        (sealed(2, [row(5)], replace(FIRST, last_id=3)), FIRST, "Zegel 2 sluit niet aan op zegel 1."),
        (sealed(2, [row(5)], replace(FIRST, hash="0" * 64)), FIRST, "Zegel 2 sluit niet aan op zegel 1."),
    ],
)
def test_a_seal_that_is_not_in_its_place_is_named(seal, previous, words):
    assert [fault.words for fault in chain.seal_faults(seal, previous, KEY)] == [words]


def test_a_seal_made_with_another_key_is_not_ours():
    forged = replace(SECOND, signature=SECOND.expected_signature(b"geraden"))
    assert [fault.words for fault in chain.seal_faults(forged, FIRST, KEY)] == [
        "Zegel 2 is niet door het portaal gezet."
    ]


def test_a_row_that_says_to_be_older_than_the_seal_before_it_was_inserted():
    old = row(7, at=AT - timedelta(days=3))
    assert [fault.row_id for fault in chain.late_rows(sealed(3, [old], SECOND), SECOND, [old])] == [7]
    young = row(7, at=SECOND.sealed_at)
    assert list(chain.late_rows(sealed(3, [young], SECOND), SECOND, [young])) == []


def test_the_same_row_is_always_written_in_the_same_way():
    assert chain.canonical({"b": "é", "a": AT}) == '{"a":"2026-11-24T13:00:00.000000Z","b":"é"}'.encode()
