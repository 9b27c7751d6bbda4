"""What is wrong with a claim, what a coulanceverzoek and a decision on it lack, and what a file of claims says."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from authorizations.domain import coulance, coulance_files
from authorizations.domain.coulance import COULANCE_STEPS, CareKind, CoulanceOutcome, CoulanceStatus, Verdict
from authorizations.domain.notices import INSURER, PROVIDER, possible
from tests.factories.notices import claim

TODAY = date(2026, 11, 30)
CLOSED = date(2026, 2, 28)
HEAD = ";".join(coulance_files.COLUMNS)
GOOD = "D-1;GGZ;2025-01-15;28-2-2026;2026-10-01;1.250,50;01"


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({}, []),
        ({"handed_in_on": None}, []),
        ({"handed_in_on": TODAY}, []),
        ({"handed_in_on": TODAY + timedelta(days=1)}, ["handed_in_to_come"]),
        ({"handed_in_on": CLOSED}, []),
        ({"handed_in_on": CLOSED - timedelta(days=1)}, ["handed_in_too_early"]),
        ({"opened_on": CLOSED}, []),
        ({"opened_on": CLOSED + timedelta(days=1)}, ["closed_before_opened"]),
        ({"closed_on": TODAY + timedelta(days=1), "handed_in_on": None}, ["closed_to_come"]),
        ({"amount": Decimal(0)}, ["amount_wrong"]),
        ({"amount": Decimal("0.01")}, []),
        ({"code": "05"}, ["code_without_term"]),
        ({"code": "04"}, []),  # the source is silent: a person looks
    ],
)
def test_what_is_wrong_with_a_claim(changes, codes):
    found = coulance.wrong_with(claim(**changes), today=TODAY, not_handed_in=True)
    assert [one.code for one in found] == codes


def test_a_policy_may_take_only_what_was_handed_in():
    [found] = coulance.wrong_with(claim(handed_in_on=None), today=TODAY, not_handed_in=False)
    assert (found.code, found.field) == ("handed_in_missing", "handed_in_on")


@pytest.mark.parametrize(
    ("ground", "explanation", "claims", "papers", "codes"),
    [
        ("overmacht", "Brand.", 1, [(False, False)], []),
        ("calamiteit", "Brand.", 1, [(False, False)], []),
        ("drukte", "Brand.", 1, [(False, False)], ["ground_missing"]),
        ("", " ", 0, [], ["ground_missing", "explanation_missing", "claims_missing", "papers_missing"]),
        ("overmacht", "Brand.", 1, [(True, False)], ["papers_missing", "paper_refused"]),
        ("overmacht", "Brand.", 1, [(False, True)], ["paper_waiting"]),
    ],
)
def test_what_a_coulanceverzoek_lacks(ground, explanation, claims, papers, codes):
    found = coulance.obstacles_to_submit(ground=ground, explanation=explanation, claims=claims, papers=papers)
    assert [one.code for one in found] == codes


@pytest.mark.parametrize(
    ("outcome", "words", "granted", "codes"),
    [
        (None, ("", ""), set(), ["outcome_missing"]),
        (CoulanceOutcome.GRANTED, ("Goed.", ""), set(), []),
        (CoulanceOutcome.GRANTED, ("", ""), set(), ["motivation_missing"]),
        (CoulanceOutcome.DENIED, ("Nee.", ""), set(), ["next_step_missing"]),
        (CoulanceOutcome.DENIED, ("Nee.", "Stuur een bewijs."), {1}, []),
        (CoulanceOutcome.PARTLY_GRANTED, ("Deels.", "Stuur een bewijs."), {1}, []),
        (CoulanceOutcome.PARTLY_GRANTED, ("Deels.", "Stuur een bewijs."), set(), ["none_granted"]),
        (CoulanceOutcome.PARTLY_GRANTED, ("Deels.", "Stuur een bewijs."), {1, 2}, ["all_granted"]),
        (CoulanceOutcome.PARTLY_GRANTED, ("Deels.", "Stuur een bewijs."), {3}, ["none_granted"]),
        (CoulanceOutcome.DENIED, ("Nee.", "woord " * 41), set(), ["next_step_too_long"]),
    ],
)
def test_what_a_decision_lacks(outcome, words, granted, codes):
    verdict = Verdict(outcome, *words, frozenset(granted))
    assert [one.code for one in coulance.obstacles_to_decide(verdict, [1, 2])] == codes


def test_only_a_person_of_the_insurer_comes_to_a_refusal():
    leads_there = {name: step for name, step in COULANCE_STEPS.items() if step.target is CoulanceStatus.DENIED}
    assert {step.by for step in leads_there.values()} == {INSURER}
    assert possible(COULANCE_STEPS, status=CoulanceStatus.IN_REVIEW, by=PROVIDER) == ["withdraw"]


def lines(*rows, head=HEAD):
    return "\r\n".join([head, *rows, ""]).encode()


def read(content):
    return coulance_files.read(content, today=TODAY, not_handed_in=True)


def test_a_file_is_read_as_people_and_spreadsheets_write_it():
    other = "naam;" + ";".join(reversed(coulance_files.COLUMNS))
    content = b"\xef\xbb\xbf" + lines("Vos;1;12,5;;2026-02-28;2025-01-15;ggz;d 2", ";;;;;;;", head=other.upper())
    [found], faults = read(content)
    assert found == claim("D2", handed_in_on=None, amount=Decimal("12.5"))
    assert faults == []
    assert read(lines(GOOD))[0] == [claim("D-1")]


@pytest.mark.parametrize(
    ("row", "column", "words"),
    [
        (GOOD.replace("D-1", ""), "declaratienummer", "hoogstens 30"),
        (GOOD.replace("D-1", "1,2E+8"), "declaratienummer", "Excel"),
        (GOOD.replace("GGZ", "fysio"), "soort_zorg", "Kies een soort zorg"),
        (GOOD.replace("2025-01-15", "31-02-2025"), "geopend_op", "bestaande datum"),
        (GOOD.replace("28-2-2026", "2026/02/28"), "gesloten_op", "bestaande datum"),
        (GOOD.replace("2026-10-01", "2199-10-01"), "ingediend_op", "toekomst"),
        (GOOD.replace("1.250,50", "1.25"), "", ""),
        (GOOD.replace("1.250,50", "veel"), "bedrag", "Schrijf een bedrag"),
        (GOOD.replace("1.250,50", "-5"), "bedrag", "Schrijf een bedrag"),
        (GOOD[:-2] + "5", "code_herdeclaratie", "Bij code 05"),
        (GOOD + ";teveel", "", "8 kolommen"),
    ],
)
def test_each_line_says_what_is_wrong_with_it(row, column, words):
    _, faults = read(lines(row))
    if not words:
        assert faults == []
        return
    [fault] = faults
    assert (fault.line, fault.column) == (2, column)
    assert words in fault.message


def test_a_number_that_stands_there_twice_is_a_fault():
    _, [fault] = read(lines(GOOD, GOOD.replace("D-1", "d-1")))
    assert (fault.line, fault.message) == (3, "Dit nummer staat ook op regel 2.")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "leeg"),
        (b"PK\x03\x04rest", "Excel"),
        (b"\xff\xfea\x00", "UTF-8"),
        (HEAD.replace(";", ",").encode(), "ontbreekt"),
        (HEAD.encode(), "geen declaraties"),
        ((HEAD + ";bedrag\n").encode(), "twee keer"),
        (lines('"nooit dicht;GGZ'), "aanhalingsteken"),
        (lines(*(GOOD.replace("D-1", f"D-{n}") for n in range(501))), "500"),
    ],
)
def test_what_is_no_file_of_claims(content, words):
    with pytest.raises(coulance_files.Unreadable, match=words):
        read(content)


def test_the_example_is_a_good_file(tmp_path):
    path = tmp_path / "voorbeeld.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        coulance_files.example(file, today=TODAY)
    [found], faults = read(path.read_bytes())
    assert (found.care, faults) == (CareKind.GGZ, [])
