"""The catalogue that ships against the text of S2 itself, in both directions: every code, band, ended mark and line."""

import re
from datetime import date

import pytest

from ggz_codes.domain import shipped
from ggz_codes.domain.shipped import RelationKind
from tests import shared

S2 = "sources/S2-zilveren-kruis-ggz-2020.txt"
PRESTATIE = re.compile(r"(?P<code>\d{2}B\d{3}|\d{3}B\d{2})(?: \((?P<description>.*)\))?")
BAND = re.compile(r"vanaf (?P<first>\d+)(?: tot en met (?P<last>\d+))? minuten$")
ZORGTYPE = re.compile(
    r"Zorgtype (?P<a>\d{3})(?: -)? (?P<name>.+)|Nieuw zorgtype (?P<b>\d{3}) bij ‘(?P<quoted>.+)’"
    r"|(?P<law>.+) \(zorgtype (?P<c>\d{3})\)"
)
ENDED_PRESTATIES, ENDED_ZORGTYPES = "Beëindigde prestatiecodes per 01-01-2020", "Beëindigde zorgtype per 01-01-2020"
NEW_YEAR, LAST_DAY = date(2020, 1, 1), date(2019, 12, 31)


@pytest.fixture(scope="module")
def text():
    return shared.lines(S2)


def cited(source, text):
    """Return the lines of the source that a fact names, 1 by 1."""
    named = re.match(r"S2 regel ([\d, en-]+)", source.lines)
    assert named, source
    found = []
    for first, last in re.findall(r"(\d+)(?:-(\d+))?", named[1]):
        found += text[int(first) - 1 : int(last or first)]
    assert found and any(found), source
    return found


def ended(text, at, heading, following):
    """Tell whether line `at` stands under the heading of what ended."""
    begin = text.index(heading)
    end = text.index(following) if following else len(text)
    return begin < at < end


def test_every_prestatie_of_the_source_is_here_to_the_letter_and_no_other(text):
    found = {}
    for at, line in enumerate(text):
        if read := PRESTATIE.fullmatch(line):
            band = BAND.search(read["description"] or "")
            found[read["code"]] = (
                read["description"],
                int(band["first"]) if band else None,
                int(band["last"]) if band and band["last"] else None,
                ended(text, at, ENDED_PRESTATIES, ENDED_ZORGTYPES),
                at + 1,
            )
    ours = {
        code.code: (
            # The source has no description behind this one code: it is named by its heading.
            None if code.code == "25B095" else code.description,
            code.minutes_from,
            code.minutes_until,
            code.period.valid_until == LAST_DAY,
            int(re.match(r"S2 regel (\d+),", code.source.lines)[1]),
        )
        for code in shipped.prestaties().values()
    }
    assert ours == found
    assert len(found) == 32
    assert "Voorbereiding zorgmachtiging" in text


def test_every_prestatie_stands_under_the_heading_that_it_names(text):
    headings = {heading for heading in text if heading.startswith(("Prestatiecode", "Nieuwe prestatie", "Beëindigde"))}
    for code in shipped.prestaties().values():
        at, named = re.fullmatch(r'S2 regel (\d+), kop "(.+)"', code.source.lines).groups()
        above = next(line for line in reversed(text[: int(at)]) if line in headings)
        assert above == named, code


def test_a_code_that_the_source_names_anywhere_is_here(text):
    named = set(re.findall(r"\b(?:\d{2}B\d{3}|\d{3}B\d{2})\b", "\n".join(text)))
    assert named == shipped.prestaties().keys()


def test_every_zorgtype_of_the_source_is_here_to_the_letter_and_no_other(text):
    found = {}
    for at, line in enumerate(text):
        if read := ZORGTYPE.fullmatch(line):
            code = read["a"] or read["b"] or read["c"]
            name = read["name"] or read["quoted"] or read["law"]
            found[code] = (name, ended(text, at, ENDED_ZORGTYPES, ""), at + 1)
    ours = {
        code.code: (
            code.description,
            code.period.valid_until == LAST_DAY,
            int(re.fullmatch(r"S2 regel (\d+)", code.source.lines)[1]),
        )
        for code in shipped.zorgtypes().values()
    }
    assert ours == found
    assert len(found) == 16
    assert set(re.findall(r"[Zz]orgtype (\d{3})", "\n".join(text))) == ours.keys()


def test_what_is_new_begins_and_what_ended_ends_at_the_turn_of_2020(text):
    for code in (*shipped.prestaties().values(), *shipped.zorgtypes().values()):
        over = code.period.valid_until is not None
        assert code.period.valid_until == (LAST_DAY if over else None)
        assert code.period.valid_from == (None if over else NEW_YEAR), "the source names no start of what ended"
        assert code.start_unknown is over
        assert any(code.period_source.quote in line for line in cited(code.period_source, text)), code


def test_every_relation_and_rule_quotes_a_line_that_it_names(text):
    for one in (*shipped.relations(), *shipped.rule_texts().values()):
        assert one.source.quote
        assert any(one.source.quote in line for line in cited(one.source, text)), one


def test_every_code_of_a_relation_stands_in_a_line_that_it_names(text):
    for one in shipped.relations():
        lines = "\n".join(cited(one.source, text))
        if one.kind in (RelationKind.PRESTATIE, RelationKind.SUCCESSOR):
            assert one.subject in lines and one.object in lines, one
        known = shipped.prestaties().keys() | shipped.zorgtypes().keys()
        assert one.subject in known, one


def test_the_codes_of_a_zorgtype_are_those_under_its_heading(text):
    under = {}
    for heading in ("Prestatiecodes Crisis DBC binnen budget", "Prestatiecodes Crisis DBC buiten budget"):
        at = text.index(heading) + 1
        under[heading] = []
        while not text[at] or PRESTATIE.fullmatch(text[at]):
            under[heading] += [PRESTATIE.fullmatch(text[at])["code"]] if text[at] else []
            at += 1
    inside, outside = under.values()
    assert len(inside) == 12 and len(outside) == 7
    for zorgtype, codes in {"303": inside, "304": outside, "305": outside, "306": outside}.items():
        assert [code.code for code in shipped.prestaties_of(zorgtype)] == codes
