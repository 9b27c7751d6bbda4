"""A claim as it is told: what is read, what contradicts itself, and its term."""

from dataclasses import replace
from datetime import date

import pytest

from authorizations.domain import declaration_files as files
from authorizations.domain import declarations as rules
from authorizations.domain.claim_terms import ClaimOutcome, Regime
from authorizations.domain.declarations import Told

TODAY = date(2026, 12, 1)
GGZ = Told(
    "D1", "Zilveren Kruis", Regime.ZK_GGZ, "25B130", "01", opened_on=date(2026, 1, 15), closed_on=date(2026, 8, 31)
)
TEXTS = {"number": "d 1", "insurer": "3311", "regime": "zk_ggz", "code": "25b130", "resubmission": "1"}


def test_what_people_type_is_read_as_it_is_known():
    told, wrong = rules.read({**TEXTS, "closed_on": "31-8-2026", "at_intake": "Ja", "answer": "Afgewezen",
                              "return_code": "586"})  # fmt: skip
    assert not wrong and told
    assert (told.number, told.regime, told.code, told.resubmission) == ("D1", Regime.ZK_GGZ, "25B130", "01")
    assert (told.closed_on, told.at_intake, told.answer, told.return_code) == (
        date(2026, 8, 31), True, "afgewezen", "0586",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("field", "text", "words"),
    [
        ("number", "", "Een declaratienummer heeft"),
        ("number", "2,02E+11", "Excel heeft van dit nummer een ander getal gemaakt"),
        ("insurer", "", "Noem de verzekeraar"),
        ("regime", "ASR_BETALING", "Kies een afspraak: ZK_GGZ, ASR_MSZ"),
        ("code", "14E48", "Een declaratiecode ziet er zo uit"),
        ("closed_on", "31/8/2026", "Schrijf een bestaande datum"),
        ("closed_on", "30-2-2026", "Schrijf een bestaande datum"),
        ("closed_on", "1-1-1026", "Schrijf een bestaande datum"),
        ("bsn", "123456789", "Dit BSN klopt niet"),
        ("at_intake", "misschien", "Vul ja of nee in."),
        ("answer", "ja", "Vul goedgekeurd of afgewezen in"),
        ("return_code", "x", "Een retourcode heeft 4 cijfers"),
        ("machtigingsnummer", "M" * 16, "Een machtigingsnummer heeft hoogstens 15"),
        ("machtigingsnummer", "x" * 10_000, "Een machtigingsnummer heeft hoogstens 15"),
    ],
)
def test_what_cannot_be_read_is_told_at_its_field(field, text, words):
    told, wrong = rules.read(TEXTS | {field: text})
    assert told is None
    assert [one.field for one in wrong] == [field] and wrong[0].message.startswith(words)


@pytest.mark.parametrize(
    ("change", "fields"),
    [
        ({}, []),
        ({"resubmission": ""}, ["resubmission"]),
        ({"opened_on": None}, ["opened_on"]),
        ({"regime": Regime.ASR_MSZ, "resubmission": "", "opened_on": None, "performed_on": TODAY}, []),
        ({"closed_on": date(2026, 1, 14)}, ["closed_on"]),
        ({"closed_on": date(2026, 12, 2)}, ["closed_on"]),
        ({"handed_in_on": date(2026, 8, 30)}, ["handed_in_on"]),
        ({"answer": "afgewezen"}, ["handed_in_on", "answered_on"]),
        ({"return_code": "0586"}, ["answer"]),
        ({"zorgtrajectnummer": "ZT1", "bsn": "999999990"}, ["bsn"]),
    ],
)
def test_what_contradicts_itself(change, fields):
    assert [one.field for one in rules.obstacles(replace(GGZ, **change), today=TODAY)] == fields


@pytest.mark.parametrize(
    ("change", "last_day"),
    [
        ({}, date(2027, 2, 28)),
        ({"closed_on": None}, None),
        ({"resubmission": "03"}, None),  # the day of the return information isn't known yet
        ({"resubmission": "03", "returned_on": date(2026, 10, 31)}, date(2026, 12, 31)),
        ({"regime": Regime.ASR_MSZ}, date(2027, 2, 27)),
        ({"regime": Regime.ASR_MSZ, "closed_on": None, "performed_on": date(2026, 2, 1)}, date(2026, 8, 27)),
    ],
)
def test_the_last_day(change, last_day):
    told = replace(GGZ, **change)
    days = {name: getattr(told, name) for name in ("performed_on", "opened_on", "closed_on", "returned_on")}
    found = rules.term_of(regime=told.regime, resubmission=told.resubmission, **days)
    assert (found.last_day if found else None) == last_day


def test_a_claim_of_the_insured_has_no_term_that_is_known():
    days = dict.fromkeys(("performed_on", "opened_on", "closed_on", "returned_on"))
    found = rules.term_of(regime=Regime.INSURED, resubmission="", **days)
    assert found and found.in_time is ClaimOutcome.UNDETERMINED


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "Het bestand is leeg"),
        (b"declaratienummer;verzekeraar;regime\n", "ontbreekt: declaratiecode"),
        (b"declaratienummer;verzekeraar;regime;declaratiecode;bsn;BSN\n1;2;3;4;5;6\n", "staat er twee keer: bsn"),
        (b"declaratienummer;verzekeraar;regime;declaratiecode\n", "staan geen declaraties"),
        (b"PK\x03\x04", "Excel-bestand"),
        (b"\xff\xfe", "geen tekst in UTF-8"),
    ],
)
def test_what_is_no_file_of_claims(content, words):
    with pytest.raises(files.Unreadable, match=words):
        files.read_file(content)


def test_a_file_has_a_limit():
    head = "declaratienummer;verzekeraar;regime;declaratiecode\n"
    with pytest.raises(files.Unreadable, match=r"Er passen 5\.000 declaraties"):
        files.read_file((head + "1;x;ZK_GGZ;25B130\n" * (files.MOST_LINES + 1)).encode())
