"""The nine rules of the GGZ as one check: outcomes, and faults that name the column, the input and the value."""

import pytest

from authorizations.domain import ggz_checks
from authorizations.domain.checks import TOETSEN, Unjudgeable, judge
from authorizations.domain.ggz_checks import RULES

STAY = "dbc=vervolg vmr=1 behandelminuten=0"
ASKED = "verzoek_OvJ_aan_geneesheer_directeur=1 aantal_beoordelingen=1 aantal_25B095=1"


def outcome(rule, given):
    return judge(TOETSEN["ggz"], {"regel": rule, "invoer": given})["uitkomst"]


def test_the_rules_are_those_of_the_interface():
    assert RULES.keys() == {
        *("zorgtype_crisis", "code_geldig_op_openingsdatum", "crisis_minuten", "voorbereiding_zorgmachtiging"),
        *("zt254", "declarant", "ozp_eerstelijnsdiagnostiek", "vmr_vervolg", "diagnostiek_minuten"),
    }


@pytest.mark.parametrize(
    ("rule", "given", "expected"),
    [
        ("declarant", "zorgtype=303 door_of_namens_gebudgetteerde=1 tariefbeschikking=1", "toegestaan"),
        ("declarant", "zorgtype=303 door_of_namens_gebudgetteerde=1 tariefbeschikking=0", "afwijzen"),
        ("declarant", "zorgtype=303 door_of_namens_gebudgetteerde=0 tariefbeschikking=1", "afwijzen"),
        ("declarant", "zorgtype=303 door_of_namens_gebudgetteerde=0 tariefbeschikking=0", "afwijzen"),
        ("declarant", "zorgtype=304 door_of_namens_gebudgetteerde=1 tariefbeschikking=0", "toegestaan"),
        ("declarant", "zorgtype=304 door_of_namens_gebudgetteerde=0 tariefbeschikking=1", "afwijzen"),
        ("ozp_eerstelijnsdiagnostiek", "datum=2019-12-31", "los_declarabel"),
        ("ozp_eerstelijnsdiagnostiek", "datum=2020-01-01", "in_tarief"),
        ("vmr_vervolg", f"{STAY} dbc_geopend=2020-01-01", "toegestaan"),
        ("vmr_vervolg", f"{STAY} dbc_geopend=2019-12-31", "afwijzen"),
        ("vmr_vervolg", "dbc=initieel vmr=1 behandelminuten=0 dbc_geopend=2020-01-01", "afwijzen"),
        ("vmr_vervolg", "dbc=vervolg vmr=0 behandelminuten=0 dbc_geopend=2020-01-01", "afwijzen"),
        ("vmr_vervolg", "dbc=vervolg vmr=1 behandelminuten=1 dbc_geopend=2020-01-01", "afwijzen"),
        ("diagnostiek_minuten", "minuten=800 dbc_geopend=2020-01-01", "25B145"),
        ("diagnostiek_minuten", "minuten=1200 dbc_geopend=2020-01-01", "25B146"),
        ("diagnostiek_minuten", "minuten=1800 dbc_geopend=2020-01-01", "25B147"),
        ("diagnostiek_minuten", "minuten=1800 dbc_geopend=2019-12-31", "108B16"),
        ("diagnostiek_minuten", "minuten=799 dbc_geopend=2020-01-01", "onbekend"),
        ("diagnostiek_minuten", "minuten=799 dbc_geopend=2019-12-31", "onbekend"),
        ("zt254", STAY, "254 + 25B144"),
        ("zt254", "dbc=vervolg vmr=1 behandelminuten=1", "254 niet van toepassing"),
        ("zt254", "dbc=vervolg vmr=0 behandelminuten=0", "254 niet van toepassing"),
        ("voorbereiding_zorgmachtiging", f"grondslag=crisismaatregel {ASKED}", "afwijzen"),
        ("code_geldig_op_openingsdatum", "code=99X999 dbc_geopend=2020-01-01", "onbekend"),
        ("code_geldig_op_openingsdatum", "code=1.5E+131 dbc_geopend=2020-01-01", "onbekend"),
        ("code_geldig_op_openingsdatum", "code=14E489 dbc_geopend=2020-01-01", "onbekend"),
        ("code_geldig_op_openingsdatum", "code=25b130 dbc_geopend=01-01-2020", "geldig"),
        ("crisis_minuten", "minuten=1799  zorgtype=304", "25B142"),  # in any order
        (" Crisis_Minuten ", "Zorgtype=306 MINUTEN=0", "geen"),
    ],
)
def test_outcomes(rule, given, expected):
    assert outcome(rule, given) == expected


@pytest.mark.parametrize(
    ("rule", "given", "words"),
    [
        ("", "", "regel: leeg, kies uit"),
        ("zt255", STAY, "regel: 'zt255' is er niet, kies uit"),
        ("zt254", "", "invoer: dbc: ontbreekt, geef dbc=initieel|vervolg"),
        ("zt254", "dbc=vervolg vmr=1", "invoer: behandelminuten: ontbreekt, geef behandelminuten=aantal"),
        ("zt254", "dbc=vervolg vmr= behandelminuten=0", "invoer: vmr: leeg, geef vmr=1|0"),
        ("zt254", "dbc=vervolg vmr=ja behandelminuten=0", "invoer: vmr: 'ja' is geen 1 of 0"),
        ("zt254", "dbc=derde vmr=1 behandelminuten=0", "invoer: dbc: 'derde' is geen initieel of vervolg"),
        ("zt254", "dbc=vervolg vmr=1 behandelminuten=-1", "invoer: behandelminuten: '-1' is geen aantal"),
        ("zt254", "dbc=vervolg vmr=1 behandelminuten=1,5", "invoer: behandelminuten: '1,5' is geen aantal"),
        ("zt254", "vervolg", "invoer: 'vervolg' is geen naam=waarde, zoals dbc=initieel|vervolg"),
        ("zt254", f"{STAY} =1", "invoer: '=1' is geen naam=waarde"),
        ("zt254", f"{STAY} VMR=0", "invoer: vmr: staat er twee keer, laatst als '0'"),
        ("zt254", f"{STAY} minuten=0", "invoer: 'minuten' hoort niet bij zt254, die vraagt dbc=initieel|vervolg vmr"),
        ("crisis_minuten", "zorgtype=301 minuten=5", "invoer: zorgtype: '301' is geen 303, 304, 305 of 306"),
        ("crisis_minuten", "minuten=5", "invoer: zorgtype: ontbreekt"),
        ("declarant", "zorgtype=305 door_of_namens_gebudgetteerde=1", "invoer: zorgtype: '305' is geen 303 of 304"),
        ("ozp_eerstelijnsdiagnostiek", "datum=31/12/2019", "invoer: datum: '31/12/2019' is geen datum"),
        ("ozp_eerstelijnsdiagnostiek", "datum=2019-02-30", "invoer: datum: '2019-02-30' is geen datum"),
        ("code_geldig_op_openingsdatum", "code= dbc_geopend=2020-01-01", "invoer: code: leeg, geef code=code"),
        ("voorbereiding_zorgmachtiging", f"grondslag=ibs {ASKED}", "invoer: grondslag: 'ibs' is geen zorgmachtiging"),
    ],
)
def test_a_fault_names_the_column_the_input_and_the_value(rule, given, words):
    with pytest.raises(Unjudgeable) as fault:
        outcome(rule, given)
    assert str(fault.value).startswith(words)


@pytest.mark.parametrize("name", sorted(RULES))
def test_every_answer_has_words_and_its_source(name):
    said = {
        "1|0": "1", "aantal": "1", "jjjj-mm-dd": "2020-01-01", "code": "25B130",
    }  # fmt: skip
    pairs = (one.written.split("=") for one in RULES[name].inputs)
    given = " ".join(f"{key}={said.get(value) or value.split('|')[0]}" for key, value in pairs)
    answer = ggz_checks.answer(name, given)
    assert answer.title and all(line.endswith(".") for line in answer.lines) and answer.lines
    assert answer.source.startswith("Zilveren Kruis")


def test_a_value_may_be_in_capitals():
    assert outcome("voorbereiding_zorgmachtiging", f"grondslag=ZORGMACHTIGING {ASKED}") == "toegestaan"
