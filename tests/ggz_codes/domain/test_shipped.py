"""The facts of S2 as they ship, without the source at hand."""

import re
from itertools import pairwise

import pytest

from ggz_codes.domain import shipped
from ggz_codes.domain.shipped import RelationKind
from ggz_codes.domain.validity import Certainty


def test_what_there_is():
    assert len(shipped.prestaties()) == 32
    assert len(shipped.zorgtypes()) == 16
    assert len(shipped.rule_texts()) == 15
    groups = [code.group for code in shipped.prestaties().values()]
    assert {group: groups.count(group) for group in groups if not group.startswith("Beëindigd")} == {
        "Crisis binnen budget": 12,
        "Crisis buiten budget": 7,
        "VMR": 1,
        "Voorbereiding zorgmachtiging": 1,
        "Diagnostiek": 3,
    }


def test_the_code_is_the_key_for_descriptions_repeat():
    inside, outside = (shipped.prestaties_of(zorgtype)[-7:] for zorgtype in ("303", "304"))
    assert [code.description for code in inside] == [code.description for code in outside]
    assert not {code.code for code in inside} & {code.code for code in outside}


def test_a_zorgtype_without_codes_in_the_source_has_none():
    for zorgtype in ("155", "156", "255", "256", "110", "999"):
        assert shipped.prestaties_of(zorgtype) == ()


def test_a_proven_successor_and_derived_ones_and_none():
    found = shipped.successors()
    assert [(one.code, one.certainty) for one in found["108B16"]] == [
        (code, Certainty.PROVEN) for code in ("25B145", "25B146", "25B147")
    ]
    assert [(one.code, one.certainty) for one in found["25B002"]] == [
        ("25B135", Certainty.DERIVED),
        ("25B142", Certainty.DERIVED),
    ]
    assert "25B062" not in found
    # Which zorgtype of the Wvggz came for one of the Bopz the source doesn't say: likely isn't known.
    assert not found.keys() & shipped.zorgtypes().keys()
    assert found.keys() == {"108B16", "25B002", "25B003", "25B012", "25B014", "25B662", "25B664"}


def test_a_derived_successor_has_the_same_words_and_minutes_and_one_of_each_budget():
    known = shipped.prestaties()
    for code, successors in shipped.successors().items():
        if code != "108B16":
            old, new = known[code], [known[one.code] for one in successors]
            assert {one.description for one in new} == {old.description}
            assert {(one.minutes_from, one.minutes_until) for one in new} == {(old.minutes_from, old.minutes_until)}
            assert [one.group for one in new] == ["Crisis binnen budget", "Crisis buiten budget"]


def test_the_proven_successors_cover_exactly_the_minutes_of_the_ended_code():
    old = shipped.prestaties()["108B16"]
    new = [shipped.prestaties()[one.code] for one in shipped.successors()["108B16"]]
    for minutes in (1, 799, 800, 1199, 1200, 1799, 1800, 100_000):
        assert sum(one.takes(minutes) for one in new) == old.takes(minutes)


def test_what_is_only_likely_is_kept_as_such():
    likely = {one.subject for one in shipped.relations() if one.status == "kandidaat"}
    assert likely == {"110", "111", "116", "206", "211", "301", "302"}
    successors = [one for one in shipped.relations() if one.kind is RelationKind.SUCCESSOR]
    assert {one.status for one in successors} == {"bewezen", "afgeleid", "kandidaat"}


@pytest.mark.parametrize("band", [("303", "25B13"), ("305", "25B1")])
def test_the_bands_of_a_zorgtype_follow_each_other_without_gap_or_overlap(band):
    zorgtype, begin = band
    codes = [code for code in shipped.prestaties_of(zorgtype) if code.minutes_from is not None]
    assert all(code.code.startswith(begin) for code in codes) and len(codes) == 7
    assert codes[0].minutes_from == 1 and codes[-1].minutes_until is None
    for one, following in pairwise(codes):
        assert one.minutes_until + 1 == following.minutes_from
        assert one.takes(one.minutes_until) and not one.takes(following.minutes_from)
    assert not any(code.takes(0) for code in codes)


def test_a_code_without_a_band_takes_no_minutes():
    assert not shipped.prestaties()["25B090"].takes(1)


def test_every_zorgtype_has_its_rule_and_every_rule_its_values():
    texts = shipped.rule_texts()
    for zorgtype in shipped.zorgtypes().values():
        assert zorgtype.rules and all(rule in texts for rule in zorgtype.rules)
    assert texts["VOORBEREIDING_ZM"].parameters["max_per_beoordeling"] == "1"
    assert texts["ZT254"].parameters == {
        "dbc": "vervolg", "vmr": "1", "behandelminuten": "0", "prestaties": "25B144",
    }  # fmt: skip


def test_every_fact_names_its_line():
    facts = [*shipped.prestaties().values(), *shipped.zorgtypes().values()]
    sources = [source for one in facts for source in (one.source, one.period_source)]
    sources += [one.source for one in (*shipped.relations(), *shipped.rule_texts().values())]
    assert all(re.match(r"S2 regel \d+", source.lines) for source in sources)
    # The typing error of the source is in no text of ours.
    assert not any("rechtvaardigheid" in one.text for one in shipped.rule_texts().values())
