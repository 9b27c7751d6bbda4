"""The MSR codes that ship and the weights per discipline, against the tables of the NZa where those are at hand."""

import csv

from ggz_codes.domain import shipped, weights
from tests import shared

NZA = "data/nza"
NEW_YEAR = "2017-01-01"


def table(name):
    with shared.path(f"{NZA}/{name}").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def holds(row):
    return row["BeginDatum"] <= NEW_YEAR and (not row["EindDatum"] or row["EindDatum"] >= NEW_YEAR)


def test_every_weight_names_its_year_and_its_source():
    found = weights.of_2017()
    assert len(found) == 39
    for code, one in found.items():
        assert one.code == code and len(code) == 6
        assert one.year == weights.YEAR and "release 2017" in one.source and "WeegFactor2" in one.source
        assert 3 <= one.weight <= 15 and one.description


def test_the_disciplines_and_their_weights():
    assert {one.discipline: one.weight for one in weights.of_2017().values() if one.discipline} == {
        "revalidatiearts": 15, "psychologie": 7, "maatschappelijk_werk": 6, "orthopedagogiek": 6, "dietetiek": 6,
        "fysiotherapie": 5, "ergotherapie": 5, "logopedie": 5, "bewegingstherapie": 5, "verpleging": 4,
    }  # fmt: skip


def test_the_weights_are_those_of_the_release_and_no_other():
    rows = [
        row
        for row in table("zorgactiviteiten_zpk14_revalidatie_grouper2017.csv")
        if holds(row) and row["ZorgActiviteitCluster1"] == "Z99002700"
    ]
    assert {
        row["ZorgActiviteitCode"]: (row["ZorgActiviteitOmschrijving"].strip(), int(row["ZorgActiviteitWeegFactor2"]))
        for row in rows
    } == {code: (one.description, one.weight) for code, one in weights.of_2017().items()}
    assert {(row["ZorgActiviteitCode"], row["BeginDatum"]) for row in rows} == {
        (code, one.valid_from.isoformat()) for code, one in weights.of_2017().items()
    }


def test_the_products_of_msr_are_those_that_were_open_in_2017_and_no_other():
    open_in_2017 = {
        (row["DeclaratieCodeVerzekerdeZorg"], row["ProductCode"])
        for row in table("msr_zorgproducten_990027_grouper2017.csv")
        if holds(row) and row["DeclaratieCodeVerzekerdeZorg"]
    }
    assert {(row["code"], row["zorgproduct_code"]) for row in shipped.rows("msr_prestaties.csv")} == open_in_2017
    assert len(open_in_2017) == 65


def test_the_two_codes_of_the_msr_page_have_the_caps_of_their_names():
    capped = {
        row["code"]: (row["zorgproduct_code"], row["minutes_from"], row["minutes_until"], row["max_weighted_hours"])
        for row in shipped.rows("msr_prestaties.csv")
        if row["max_weighted_hours"]
    }
    assert capped == {"14E489": ("990027198", "0", "240", "4"), "14E490": ("990027199", "241", "540", "9")}
    first = {
        row["DeclaratieCodeVerzekerdeZorg"]: row["BeginDatum"]
        for row in sorted(
            table("msr_zorgproducten_990027_grouper2017.csv"), key=lambda row: row["BeginDatum"], reverse=True
        )
        if row["DeclaratieCodeVerzekerdeZorg"] in capped
    }
    ours = {row["code"]: row["valid_from"] for row in shipped.rows("msr_prestaties.csv") if row["code"] in capped}
    assert ours == first == {"14E489": "2014-01-01", "14E490": "2014-01-01"}
