import csv
from pathlib import Path

import pytest

from authorizations.domain.exemption import Answer, Reason, needed
from authorizations.domain.policy import Reading

VECTORS = Path("tests/data/vectors/machtigingsplicht.csv")


def vectors():
    with VECTORS.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter=";"))


@pytest.mark.parametrize("row", vectors(), ids=lambda row: row["id"])
def test_the_examples(row):
    found = needed(
        contracted=row["gecontracteerd"] == "ja",
        intake=row["intake"] == "ja",
        used_before=row["eerder_zonder_machtiging"].split(),
        code=row["code"],
        reading=Reading(row["lezing"]),
    )
    assert found.answer == row["machtiging_nodig"]


@pytest.mark.parametrize(
    ("contracted", "intake", "used", "code", "reading", "reason"),
    [
        (False, True, [], "14E489", Reading.A, Reason.EXEMPT),
        (False, True, ["14E489"], "14E489", Reading.A, Reason.SAME_CODE_USED),
        (False, True, ["14E489", "14E490"], "14E489", Reading.A, Reason.SAME_CODE_USED),
        (False, True, ["14E490"], "14E489", Reading.A, Reason.OTHER_CODE_USED),
        (False, True, ["14E490"], "14E489", Reading.B, Reason.EXEMPT),
        (False, True, ["14D838"], "14E489", Reading.A, Reason.EXEMPT),  # another code doesn't count
        (False, False, ["14E489"], "14E489", Reading.A, Reason.NO_INTAKE),
        (False, False, [], "14D838", Reading.A, Reason.NOT_EXEMPT),
        (True, False, ["14E489"], "14D838", Reading.A, Reason.CONTRACT),
    ],
)
def test_the_reason(contracted, intake, used, code, reading, reason):
    found = needed(contracted=contracted, intake=intake, used_before=used, code=code, reading=reading)
    assert found.reason is reason
    assert found.words == reason.label
    assert found.source.startswith("S0")


def test_another_code_leaves_a_note_for_the_reviewer():
    found = needed(contracted=False, intake=True, used_before=["14E490"], code="14E489")
    assert found.answer is Answer.NEEDED
    assert found.note.startswith("Lezing A")


def test_an_insurer_without_exempt_codes_exempts_nothing():
    found = needed(contracted=False, intake=True, used_before=[], code="14E489", exempt=())
    assert found.reason is Reason.NOT_EXEMPT
