"""
A whole line of a GGZ declaration: each rule says yes, no and not known. Bron: G-15 to G-32; R-27.

Whole lines through every door are in data/vectors/ggz_regel.csv.
"""

import pytest

from authorizations.domain import ggz_line_rows, ggz_lines
from authorizations.domain.check_values import Unjudgeable
from authorizations.domain.ggz_line_answers import LineRule
from ggz_codes.domain.validity import Period, validity

ALL = {
    "plan": "regioplan_en_budgetaanvraag", "by": "door_of_namens_gebudgetteerde", "tariff": "tariefbeschikking",
    "on": "budget_dbc_gesloten_crisis_duurt_voort", "opened": "dbc_geopend", "asked": "aantal_25B095",
    "ovj": "verzoek_OvJ_aan_geneesheer_directeur", "times": "aantal_beoordelingen", "part": "deelprestatie",
    "done": "uitgevoerd_op",
}  # fmt: skip
OZP = "code=190001 part=ozp_eerstelijnsdiagnostiek"


def row(given):
    """Return a row from name=value pairs, with short names for the long columns."""
    told = dict(pair.split("=") for pair in given.split())
    return dict.fromkeys(ggz_line_rows.TAKES, "") | {ALL.get(name, name): value for name, value in told.items()}


def judged(given):
    return {one.rule: one for one in ggz_line_rows.judge(row(given))}


TABLE = [
    # The code on the opening date, with what came in its place.
    ("code=25B130 opened=2020-01-01", "code_geldig", "ja", "G-18 R-27"),
    ("code=25b130 opened=2019-12-31", "code_geldig", "nee", "Nog niet geldig: geldig vanaf 1 januari 2020."),
    ("code=108B16 opened=2019-12-31", "code_geldig", "ja", "G-31 R-27"),
    ("code=108B16 opened=2020-01-01", "code_geldig", "nee", "Opvolger: 25B145, 25B146 of 25B147."),
    ("code=25B130", "code_geldig", "onbekend", "wanneer de dbc is geopend"),
    ("code=99X999 opened=2020-01-01", "code_geldig", "onbekend", "staat niet in de lijsten"),
    # The zorgtype.
    ("code=25B145 zorgtype=155 opened=2020-01-01", "zorgtype_geldig", "ja", "G-27 R-27"),
    ("code=25B145 zorgtype=110 opened=2020-01-01", "zorgtype_geldig", "nee", "G-32 R-27"),
    ("code=25B145 opened=2020-01-01", "zorgtype_geldig", "onbekend", "welk zorgtype de dbc heeft"),
    ("code=25B145 zorgtype=101 opened=2020-01-01", "zorgtype_geldig", "onbekend", "staat niet in de lijsten"),
    ("code=25B145 zorgtype=255 dbc=vervolg", "zorgtype_bij_dbc", "ja", "G-27"),
    ("code=25B145 zorgtype=255 dbc=initieel", "zorgtype_bij_dbc", "nee", "alleen voor een vervolg-dbc"),
    ("code=25B145 zorgtype=255", "zorgtype_bij_dbc", "onbekend", "of het een eerste dbc of een vervolg is"),
    ("code=25B130 zorgtype=303 dbc=vervolg", "zorgtype_bij_dbc", None, ""),
    # Zorgtype with code.
    ("code=25B091 zorgtype=303", "zorgtype_met_code", "ja", "G-17"),
    ("code=25B137 zorgtype=305", "zorgtype_met_code", "ja", "G-22"),
    ("code=25B130 zorgtype=304 minuten=150", "zorgtype_met_code", "nee", "Bij zorgtype 304 hoort 25B138."),
    ("code=25B130 zorgtype=155", "zorgtype_met_code", "nee", "hoort bij zorgtype 303, niet bij 155"),
    ("code=25B137", "zorgtype_met_code", "onbekend", "zorgtype 304, 305 of 306"),
    ("code=25B145 zorgtype=303", "zorgtype_met_code", "onbekend", "noemt 25B145 niet bij zorgtype 303"),
    ("code=25B145 zorgtype=155", "zorgtype_met_code", None, ""),
    # The minutes.
    ("code=25B130 minuten=99", "minuten_bij_code", "ja", "G-18"),
    ("code=25B143 minuten=1800", "minuten_bij_code", "ja", "G-22"),
    ("code=25B130 minuten=100", "minuten_bij_code", "nee", "Bij deze minuten hoort 25B131."),
    ("code=25B145 minuten=799", "minuten_bij_code", "nee", "De bron noemt geen code bij deze minuten."),
    ("code=25B130 minuten=0", "minuten_bij_code", "nee", "De bron noemt geen code bij deze minuten."),
    ("code=25B145", "minuten_bij_code", "onbekend", "hoeveel minuten er zijn"),
    # The zorgtype of a crisis.
    ("code=25B130 zorgtype=303 plan=ja by=ja on=nee", "crisiszorgtype", "ja", "tweezijdig ingediend"),
    ("code=25B137 zorgtype=304 plan=ja by=ja on=ja", "crisiszorgtype", "ja", "G-19"),
    ("code=25B137 zorgtype=305 plan=ja by=nee", "crisiszorgtype", "ja", "G-20"),
    ("code=25B137 zorgtype=306 plan=nee", "crisiszorgtype", "ja", "G-21"),
    ("code=25B130 zorgtype=303 by=nee", "crisiszorgtype", "nee", "Dan is het zorgtype 305 of 306."),
    ("code=25B130 zorgtype=303 on=ja", "crisiszorgtype", "nee", "Dan is het zorgtype 304, 305 of 306."),
    ("code=25B137 zorgtype=306 plan=ja", "crisiszorgtype", "nee", "Dan is het zorgtype 303, 304 of 305."),
    ("code=25B130 zorgtype=303 plan=ja by=ja", "crisiszorgtype", "onbekend", "terwijl de crisis nog duurt?"),
    ("code=25B137 zorgtype=305 plan=ja", "crisiszorgtype", "onbekend", "Hoort u bij het regioplan"),
    # Who may declare 303 and 304.
    ("code=25B130 zorgtype=303 by=ja tariff=ja", "declarant", "ja", "G-15 G-16"),
    ("code=25B130 zorgtype=303 by=nee", "declarant", "nee", "door of namens de zorgaanbieder met het budget"),
    ("code=25B130 tariff=nee", "declarant", "nee", "individuele tariefbeschikking nodig"),
    ("code=25B130 zorgtype=303 by=ja", "declarant", "onbekend", "of er een individuele tariefbeschikking is"),
    ("code=25B137 zorgtype=304 by=ja", "declarant", "ja", "G-19"),
    ("code=25B137 zorgtype=304 by=nee", "declarant", "nee", "G-19"),
    ("code=25B137 zorgtype=304 tariff=ja", "declarant", "onbekend", "door of namens"),
    ("code=25B137 zorgtype=305 by=nee", "declarant", None, ""),
    # 25B095.
    ("code=25B095 grondslag=zorgmachtiging ovj=ja times=1 asked=1", "voorbereiding_zorgmachtiging", "ja", "G-28"),
    (
        "code=25B095 zorgtype=156 grondslag=zorgmachtiging ovj=ja times=1 asked=1",
        "voorbereiding_zorgmachtiging", "ja", "Kijk of het verzoek echt een zorgmachtiging was.",
    ),
    ("code=25B095 grondslag=crisismaatregel", "voorbereiding_zorgmachtiging", "nee", "crisismaatregel"),
    ("code=25B095 ovj=nee", "voorbereiding_zorgmachtiging", "nee", "van de Officier van Justitie"),
    ("code=25B095 times=1 asked=2", "voorbereiding_zorgmachtiging", "nee", "1 keer registreren"),
    ("code=25B095 grondslag=zorgmachtiging ovj=ja asked=1", "voorbereiding_zorgmachtiging", "onbekend", "hoeveel"),
    # 254 with 25B144.
    ("code=25B144 zorgtype=254 dbc=vervolg vmr=ja minuten=0", "zt254", "ja", "G-24 G-25"),
    ("code=25B144 zorgtype=254 dbc=vervolg vmr=ja minuten=5", "zt254", "nee", "Er is in deze dbc behandeling."),
    ("code=25B144 zorgtype=254 dbc=initieel", "zt254", "nee", "Dit is geen vervolg-dbc."),
    ("code=25B144 zorgtype=254 dbc=vervolg vmr=ja", "zt254", "onbekend", "hoeveel minuten behandeling"),
    ("code=99X999 zorgtype=201 dbc=vervolg opened=2020-01-01 vmr=ja minuten=0", "zt254", "onbekend", "de bron 254"),
    ("code=99X999 zorgtype=201 dbc=vervolg opened=2020-01-01 vmr=ja minuten=5", "zt254", None, ""),
    # A stay.
    ("code=99X999 part=verblijf minuten=5", "verblijf", "ja", "Er is ook behandeling."),
    ("code=99X999 dbc=vervolg vmr=ja opened=2020-01-01", "verblijf", "ja", "G-23"),
    ("code=99X999 dbc=vervolg vmr=ja opened=2019-12-31 minuten=0", "verblijf", "nee", "alleen samen met behandeling"),
    ("code=99X999 dbc=vervolg vmr=ja opened=2019-12-31", "verblijf", "onbekend", "hoeveel minuten behandeling"),
    ("code=99X999 part=verblijf dbc=initieel opened=2020-01-01 minuten=0", "verblijf", "onbekend", "zegt de bron niet"),
    ("code=25B091 zorgtype=303", "verblijf", "onbekend", "wanneer de dbc is geopend"),
    ("code=25B130 zorgtype=303", "verblijf", None, ""),
    # Eerstelijnsdiagnostiek.
    (f"{OZP} done=2019-12-31", "ozp_eerstelijnsdiagnostiek", "ja", "G-29"),
    (f"{OZP} done=2020-01-01", "ozp_eerstelijnsdiagnostiek", "nee", "zit eerstelijnsdiagnostiek (ozp) in het tarief"),
    (f"{OZP} opened=2020-01-01", "ozp_eerstelijnsdiagnostiek", "nee", "G-29"),
    (f"{OZP} opened=2019-12-31", "ozp_eerstelijnsdiagnostiek", "onbekend", "op welke dag"),
    (f"{OZP} done=2019-12-31", "code_geldig", "onbekend", "noemt geen codes"),
]  # fmt: skip


@pytest.mark.parametrize(("given", "rule", "answer", "words"), TABLE)
def test_a_rule_of_a_line(given, rule, answer, words):
    found = judged(given).get(LineRule(rule))
    assert (found.answer.value if found else None) == answer, found
    if found:
        assert words in f"{found.told} {' '.join(found.rules)}"
        assert found.answer == "ja" or found.do, "who hears no is told what to do"


def test_every_rule_has_a_yes_a_no_and_an_unknown():
    said = {(rule, answer) for _, rule, answer, _ in TABLE}
    assert {(rule.value, answer) for rule in LineRule for answer in ("ja", "nee", "onbekend")} <= said


def test_a_catalogue_may_know_more_than_the_list_that_ships():
    line = ggz_line_rows.read(row("code=99X999 zorgtype=101 opened=2020-01-01"))
    valid = [validity(code, [Period()], line.opened_on) for code in ("99X999", "101")]
    told = ggz_lines.judge(line, code=valid[0], zorgtype=valid[1])
    assert [one.answer for one in told] == ["ja", "ja"] and ggz_lines.outcome(told) == "ja"


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ("zorgtype=303", "code: leeg"),
        ("code=1,4E+490", "code: '1,4E+490' is geen declaratiecode"),
        ("code=25B130 zorgtype=30", "zorgtype: '30' is geen zorgtype van 3 cijfers"),
        ("code=25B130 dbc=eerste", "dbc: 'eerste' is geen initieel of vervolg"),
        ("code=25B130 opened=31-2-2020", "dbc_geopend: '31-2-2020' is geen datum"),
        ("code=25B130 minuten=veel", "minuten: 'veel' is geen aantal"),
        ("code=25B130 tariff=1", "tariefbeschikking: '1' is geen ja of nee"),
    ],
)
def test_a_fault_names_the_column_and_the_value(given, words):
    with pytest.raises(Unjudgeable) as fault:
        ggz_line_rows.judge(row(given))
    assert str(fault.value).startswith(words)
