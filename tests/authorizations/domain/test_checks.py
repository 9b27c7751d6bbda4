"""The table of checks and a whole file through it."""

import csv
import io
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from authorizations.domain import check_files, checks
from authorizations.domain.check_files import Done, Unreadable, judge_file
from authorizations.domain.checks import TOETSEN, Unjudgeable
from authorizations.domain.policy import Closing, Reading
from tests.factories.authorizations import shipped

VECTORS = Path("tests/data/vectors")
ZK = shipped()["zilveren-kruis-msr"]
NEEDED = {"gecontracteerd": "nee", "intake": "ja", "eerder_zonder_machtiging": "", "code": "14E489", "lezing": "A"}


def through(name, text, policy=None):
    out = io.StringIO()
    done = judge_file(TOETSEN[name], io.StringIO(text, newline=""), out, policy)
    return done, out.getvalue()


@pytest.mark.parametrize("name", sorted(TOETSEN))
def test_a_whole_file_of_examples(name):
    text = (VECTORS / f"{name}.csv").read_text(encoding="utf-8")
    done, result = through(name, text)
    expected = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    given_back = list(csv.DictReader(io.StringIO(result), delimiter=";"))
    assert done == Done(len(expected), 0)
    for row, answer in zip(expected, given_back, strict=True):
        assert answer.items() >= row.items()  # what was expected, and every other column untouched
        assert answer["fout"] == ""


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, ("nee", "vrijgesteld")),
        ({"gecontracteerd": " NEE ", "intake": "J", "code": " 14e489"}, ("nee", "vrijgesteld")),
        ({"eerder_zonder_machtiging": "14E490"}, ("ja", "andere_code_al_gebruikt")),
        ({"eerder_zonder_machtiging": "14E490", "lezing": "b"}, ("nee", "vrijgesteld")),
        ({"eerder_zonder_machtiging": "14E490", "lezing": ""}, ("ja", "andere_code_al_gebruikt")),  # A by default
        ({"gecontracteerd": "ja", "intake": "", "code": ""}, ("contract", "contract")),
        ({"code": "14D838", "intake": ""}, ("ja", "geen_vrijgestelde_code")),
        ({"intake": "nee", "eerder_zonder_machtiging": "14E489"}, ("ja", "geen_intake")),
    ],
)
def test_machtigingsplicht(change, expected):
    assert tuple(checks.judge(TOETSEN["machtigingsplicht"], NEEDED | change).values()) == expected


def test_the_reading_of_the_policy_holds_where_the_row_has_none():
    row = NEEDED | {"eerder_zonder_machtiging": "14E490", "lezing": ""}
    wide = replace(ZK, exemption=replace(ZK.exemption, reading=Reading.B))
    assert checks.judge(TOETSEN["machtigingsplicht"], row, ZK)["machtiging_nodig"] == "ja"
    assert checks.judge(TOETSEN["machtigingsplicht"], row, wide)["machtiging_nodig"] == "nee"
    assert checks.judge(TOETSEN["machtigingsplicht"], row | {"lezing": "A"}, wide)["machtiging_nodig"] == "ja"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"gecontracteerd": ""}, "gecontracteerd: leeg"),
        ({"gecontracteerd": "misschien"}, "gecontracteerd: 'misschien' is geen ja of nee"),
        ({"intake": ""}, "intake: leeg"),
        ({"intake": "1"}, "intake: '1' is geen ja of nee"),
        ({"code": ""}, "code: leeg"),
        ({"code": "14E48"}, "code: '14E48' is geen declaratiecode"),
        ({"code": "1,4E+490"}, "code: '1,4E+490' is geen declaratiecode"),
        ({"eerder_zonder_machtiging": "14E489 x"}, "eerder_zonder_machtiging: 'x' is geen declaratiecode"),
        ({"lezing": "C"}, "lezing: 'C' is geen A of B"),
    ],
)
def test_a_fault_names_the_column_and_the_value(change, words):
    with pytest.raises(Unjudgeable) as fault:
        checks.judge(TOETSEN["machtigingsplicht"], NEEDED | change)
    assert str(fault.value).startswith(words)


@pytest.mark.parametrize(
    ("activities", "expected"),
    [
        ("190960x4", ("60", "1,00", "14E489")),
        ("190961x48 190961x0", ("240", "4,00", "14E489")),
        ("190960X4", ("60", "1,00", "14E489")),
        ("", ("0", "0,00", "")),
    ],
)
def test_weging(activities, expected):
    row = {"activiteiten": activities, "verpleegdagen": ""}
    assert tuple(checks.judge(TOETSEN["weging"], row).values()) == expected


@pytest.mark.parametrize(
    ("activities", "days", "words"),
    [
        ("190960", "0", "activiteiten: '190960' is geen zorgactiviteit met aantal"),
        ("190960x-4", "0", "activiteiten: '-4' is geen aantal"),
        ("190960x4,5", "0", "activiteiten: '4,5' is geen aantal"),
        ("190960x9999999999", "0", "activiteiten: '9999999999' is geen aantal"),
        ("190999x4", "0", "activiteiten: van '190999' is geen gewicht bekend (gewichten 2017)"),
        ("٠٩٠٩٦٠x4", "0", "activiteiten: '٠٩٠٩٦٠x4' is geen zorgactiviteit met aantal"),
        ("190960x4", "veel", "verpleegdagen: 'veel' is geen aantal"),
    ],
)
def test_faults_of_weging(activities, days, words):
    with pytest.raises(Unjudgeable) as fault:
        checks.judge(TOETSEN["weging"], {"activiteiten": activities, "verpleegdagen": days})
    assert str(fault.value).startswith(words)


CLOSING = {
    "geopend_op": "2021-01-04",
    "indicatie": "overig",
    "activiteiten": "2021-01-04",
    "afgerond_op": "",
    "peildatum": "2021-02-15",
}


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, ("ja", "2021-02-15", "42_dagen", "")),
        ({"peildatum": "2021-02-14"}, ("nee", "", "", "")),
        ({"peildatum": "2020-12-31"}, ("nee", "", "", "")),  # before it opened
        ({"geopend_op": " 04-01-2021", "peildatum": "15 februari 2021"}, ("ja", "2021-02-15", "42_dagen", "")),
        ({"peildatum": "2021-02-16"}, ("ja", "2021-02-15", "42_dagen", "ONDOELMATIG")),
        ({"afgerond_op": "2021-01-18"}, ("ja", "2021-01-18", "afgerond", "STRIJDIG_NZA_42")),
        ({"activiteiten": "2021-01-04 2021-02-01#19"}, ("nee", "", "", "")),
        ({"activiteiten": "2021-01-04 2021-02-01#4"}, ("ja", "2021-02-15", "42_dagen", "")),
        ({"activiteiten": "2021-01-04 2021-02-01#1@2021-02-16"}, ("ja", "2021-02-15", "42_dagen", "")),
        ({"activiteiten": "2021-01-04 2021-02-01#1@2021-02-15"}, ("nee", "", "", "")),
        (
            {"indicatie": "Chronische_Pijn", "peildatum": "2021-05-04"},
            ("ja", "2021-02-15", "42_dagen", "ONDOELMATIG PIJN_120"),
        ),
        (
            {"afgerond_op": "2021-01-18", "activiteiten": "2021-01-04 2021-01-25"},
            ("ja", "2021-01-18", "afgerond", "STRIJDIG_NZA_42 ACTIVITEIT_NA_AFRONDING"),
        ),
        ({"indicatie": ""}, ("ja", "2021-02-15", "42_dagen", "")),  # not asked for here
        (
            {"indicatie": "", "afgerond_op": "2021-02-20", "peildatum": "2021-05-04"},
            ("ja", "2021-02-15", "42_dagen", ""),
        ),
    ],
)
def test_afsluiting(change, expected):
    assert tuple(checks.judge(TOETSEN["afsluiting"], CLOSING | change).values()) == expected


def test_the_policy_says_which_grounds_close():
    row = CLOSING | {"afgerond_op": "2021-01-18"}
    assert checks.judge(TOETSEN["afsluiting"], row, ZK)["reden"] == "afgerond"
    assert checks.judge(TOETSEN["afsluiting"], row, replace(ZK, closing=Closing.NZA))["reden"] == "42_dagen"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"geopend_op": ""}, "geopend_op: leeg"),
        ({"peildatum": " "}, "peildatum: leeg"),
        ({"peildatum": "15/02/2021"}, "peildatum: '15/02/2021' is geen datum"),
        ({"peildatum": "2021-02-30"}, "peildatum: '2021-02-30' is geen datum"),
        ({"geopend_op": "9999-12-31"}, "geopend_op: '9999-12-31' is geen datum"),
        ({"afgerond_op": "2021-01-03"}, "afgerond_op: '2021-01-03' ligt voor geopend_op"),
        ({"afgerond_op": "straks"}, "afgerond_op: 'straks' is geen datum"),
        ({"activiteiten": "2021-01-04 2021-01-03"}, "activiteiten: '2021-01-03' ligt voor geopend_op"),
        ({"activiteiten": "2021-01-04#"}, "activiteiten: '2021-01-04#' is geen datum met zorgprofielklasse"),
        ({"activiteiten": "2021-01-04#x"}, "activiteiten: '2021-01-04#x' is geen datum met zorgprofielklasse"),
        ({"activiteiten": "2021-01-04#²"}, "activiteiten: '2021-01-04#²' is geen datum met zorgprofielklasse"),
        ({"activiteiten": "2021-01-04@"}, "activiteiten: '' is geen datum"),
        ({"activiteiten": "2021-01-04,2021-01-05"}, "activiteiten: '2021-01-04,2021-01-05' is geen datum"),
        ({"indicatie": "pijn"}, "indicatie: 'pijn' is geen chronische_pijn of overig"),
        ({"indicatie": "", "peildatum": "2021-05-04"}, "indicatie: leeg"),
    ],
)
def test_faults_of_afsluiting(change, words):
    with pytest.raises(Unjudgeable) as fault:
        checks.judge(TOETSEN["afsluiting"], CLOSING | change)
    assert str(fault.value).startswith(words)


@pytest.mark.parametrize(
    ("closed_on", "following", "expected"),
    [
        ("2021-02-15", "2021-02-15", "geen"),
        ("2021-02-15", "2021-02-01", "geen"),
        ("2021-02-15", "", "geen"),
        ("2021-02-15", "2022-02-10", "2021-10-14"),
        ("15-02-2021", "2022-02-11", "nieuw_zorgtraject"),
    ],
)
def test_vervolg(closed_on, following, expected):
    row = {"gesloten_op": closed_on, "volgende_activiteit": following}
    assert checks.judge(TOETSEN["vervolg"], row) == {"vervolg": expected}


def test_faults_of_vervolg():
    for row, words in (
        ({"gesloten_op": "", "volgende_activiteit": "2021-02-15"}, "gesloten_op: leeg"),
        ({"gesloten_op": "2021-02-15", "volgende_activiteit": "x"}, "volgende_activiteit: 'x' is geen datum"),
    ):
        with pytest.raises(Unjudgeable, match=words):
            checks.judge(TOETSEN["vervolg"], row)


def test_columns_pass_through_and_results_come_last_in_place_of_old_ones():
    text = '\ufeffnr;gewogen_uren;activiteiten;fout;verpleegdagen;"x;y"\n1;oud;190960x4;oud;0;"a;b"\n'
    done, result = through("weging", text)
    assert result.splitlines() == [
        'nr;activiteiten;verpleegdagen;"x;y";gewogen_minuten;gewogen_uren;vrijgestelde_code;fout',
        '1;190960x4;0;"a;b";60;1,00;14E489;',
    ]
    assert done == Done(1, 0)


def test_a_row_that_cannot_be_judged_does_not_stop_the_others():
    text = "activiteiten;verpleegdagen\n190999x1;0\n190960x4\n\n190960x4;0\n190960x4;0;1\n"
    done, result = through("weging", text)
    rows = result.splitlines()[1:]
    assert rows[0].startswith("190999x1;0;;;;activiteiten: van")
    assert rows[1] == "190960x4;;;;;rij: 1 kolommen, het moeten er 2 zijn"
    assert rows[2] == "190960x4;0;60;1,00;14E489;"
    assert rows[3].endswith("rij: 3 kolommen, het moeten er 2 zijn")
    assert done == Done(4, 3)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "Het bestand is leeg"),
        ("activiteiten\n", "Deze kolom ontbreekt: verpleegdagen."),
        ("activiteiten,verpleegdagen\n", "Deze kolom ontbreekt: activiteiten, verpleegdagen."),
        ("activiteiten;verpleegdagen;x;x\n", "Deze kolom staat er twee keer: x."),
        ('activiteiten;verpleegdagen\n"190960x4;0\n190960x4;0\n', "is geen CSV"),
        ('activiteiten;verpleegdagen\n"a"b;0\n', "Regel 2 is geen CSV"),
    ],
)
def test_what_is_no_such_file(text, words):
    with pytest.raises(Unreadable) as refusal:
        through("weging", text)
    assert words in str(refusal.value)


def test_a_file_streams():
    rows = 0

    def lines():
        nonlocal rows
        yield "activiteiten;verpleegdagen\n"
        for rows in range(1, 2001):
            assert written.count <= rows
            yield "190960x4;0\n"

    class Counting(io.StringIO):
        count = 0

        def write(self, text):
            self.count += 1
            return len(text)

    written = Counting()
    done = judge_file(TOETSEN["weging"], lines(), written)
    assert (done.rows, written.count) == (2000, 2001)  # every row left before the next came in


@given(st.text(max_size=200))
def test_any_text_is_judged_or_refused_in_words(text):
    for name in TOETSEN:
        try:
            through(name, text)
        except check_files.Unreadable as refusal:
            assert str(refusal)


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=12), min_size=16, max_size=16))
def test_any_row_is_judged_or_has_a_fault(cells):
    for toets in TOETSEN.values():
        row = dict(zip(toets.takes, cells, strict=False))
        try:
            assert len(checks.judge(toets, row)) == len(toets.gives)
        except Unjudgeable as fault:
            assert str(fault).split(":")[0] in toets.takes
