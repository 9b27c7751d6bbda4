"""Until which day a claim may be handed in. Bron: R-26; the examples of checks.md are in data/vectors."""

from datetime import date

import pytest

from authorizations.domain import claim_terms
from authorizations.domain.checks import TOETSEN, Unjudgeable, judge

GGZ = {
    "regime": "ZK_GGZ",
    "code_herdeclaratie": "01",
    "schadejaar": "2019",
    "startdatum": "2019-09-15",
    "indiendatum": "2020-03-15",
}
ASR = GGZ | {"regime": "asr_msz ", "code_herdeclaratie": "", "schadejaar": ""}
NOBODY = dict.fromkeys(GGZ, "")


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"indiendatum": "2020-03-16"}, ("2020-03-15", "afgewezen", "0586")),
        # Before 2020 nothing is refused, and of an earlier damage year nothing is known.
        ({"startdatum": "2018-05-01", "indiendatum": "2019-12-31"}, ("2018-11-01", "toegestaan", "")),
        ({"schadejaar": "2017", "indiendatum": "2026-01-01"}, ("", "toegestaan", "")),
        ({"code_herdeclaratie": "03", "schadejaar": "2017"}, ("2019-11-15", "afgewezen", "0586")),
        ({"code_herdeclaratie": "02", "schadejaar": "", "indiendatum": "2019-11-15"}, ("2019-11-15", "toegestaan", "")),
        ({"code_herdeclaratie": "05", "startdatum": "", "indiendatum": ""}, ("", "toegestaan", "")),
        ({"code_herdeclaratie": "", "startdatum": "", "indiendatum": ""}, ("", "niet_bepaald", "")),
    ],
)
def test_ggz(change, expected):
    assert tuple(judge(TOETSEN["indientermijn"], GGZ | change).values()) == expected


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"startdatum": "2020-02-29", "indiendatum": "2020-08-28"}, ("2020-08-27", "afgewezen", "")),
        ({"startdatum": "2019-01-31", "indiendatum": "2019-07-31"}, ("2019-07-30", "afgewezen", "")),
        ({"regime": "ASR_BETALING", "startdatum": "2019-01-31"}, ("2019-03-02", "te_laat", "")),
        ({**NOBODY, "regime": "ASR_NIET_GECONTRACTEERD"}, ("", "kan_niet_declareren", "")),
        ({**NOBODY, "regime": "VERZEKERDE"}, ("", "niet_bepaald", "")),
    ],
)
def test_asr(change, expected):
    assert tuple(judge(TOETSEN["indientermijn"], ASR | change).values()) == expected


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"regime": ""}, "regime: leeg, kies uit ZK_GGZ, "),
        ({"regime": "VGZ"}, "regime: 'VGZ' is er niet, kies uit ZK_GGZ, "),
        ({"code_herdeclaratie": "1"}, "code_herdeclaratie: '1' is geen code van 2 cijfers"),  # as Excel leaves it
        ({"code_herdeclaratie": "٠١"}, "code_herdeclaratie: '٠١' is geen code"),
        ({"schadejaar": ""}, "schadejaar: leeg"),
        ({"schadejaar": "19"}, "schadejaar: '19' is geen jaar"),
        ({"code_herdeclaratie": "05", "schadejaar": "3019"}, "schadejaar: '3019' is geen jaar"),
        ({"startdatum": ""}, "startdatum: leeg"),
        ({"startdatum": "2019-02-29"}, "startdatum: '2019-02-29' is geen datum"),
        ({"indiendatum": " "}, "indiendatum: leeg"),
        ({"regime": "VERZEKERDE", "indiendatum": "9999-12-31"}, "indiendatum: '9999-12-31' is geen datum"),
    ],
)
def test_a_fault_names_the_column_and_the_value(change, words):
    with pytest.raises(Unjudgeable) as fault:
        judge(TOETSEN["indientermijn"], GGZ | change)
    assert str(fault.value).startswith(words)


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2019, 8, 31), 6, date(2020, 2, 29)),
        (date(2020, 8, 31), 6, date(2021, 2, 28)),
        (date(2019, 12, 31), 2, date(2020, 2, 29)),
        (date(2020, 6, 30), 6, date(2020, 12, 30)),
        (date(2020, 11, 15), 2, date(2021, 1, 15)),
        (date(2020, 10, 31), 2, date(2020, 12, 31)),
    ],
)
def test_months_keep_the_number_of_the_day_or_end_with_the_month(day, months, expected):
    assert claim_terms.months_after(day, months) == expected
