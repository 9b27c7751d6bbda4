"""What there is to say of the machtiging of a claim, of the way that it goes, and of what is exempt."""

from dataclasses import replace
from datetime import date

import pytest

from authorizations.domain import claim_checks, exemption
from authorizations.domain.claim_checks import Channel, Claimed, FindingKind, Held
from authorizations.domain.claim_terms import Regime

CLAIM = Claimed("14D838", "M26", date(2026, 3, 2), date(2026, 5, 1), "a", 1)
HELD = Held(date(2026, 3, 1), date(2026, 6, 30), "14D838", "a", 1, date(2026, 3, 2))
NEEDED = exemption.needed(contracted=False, intake=False, used_before=(), code="14D838")
PERIOD = (date(2026, 1, 1), date(2026, 12, 31))


def kinds(claim=CLAIM, held=HELD, needed=NEEDED):
    return [one.kind for one in claim_checks.of_title(claim, held, needed)]


def wrong(claim=CLAIM, held=HELD):
    found = claim_checks.of_title(claim, held, NEEDED)
    return " ".join(one.message for one in found if one.kind is not FindingKind.GOOD)


def test_a_claim_that_fits_its_machtiging():
    assert set(kinds()) == {FindingKind.GOOD}, "also when the care began on the day of the decision itself"
    assert set(kinds(replace(CLAIM, insured=""))) == {FindingKind.GOOD}, "who isn't known can't differ"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"code": "14E490"}, "De machtiging is voor 14D838, de declaratie voor 14E490."),
        ({"insured": "b"}, "van een andere patiënt"),
        ({"insurer_id": 2}, "van een andere verzekeraar"),
        ({"first_day": date(2026, 3, 1)}, "vóór het besluit van 2 maart 2026"),
        ({"first_day": date(2026, 2, 28)}, "De machtiging geldt van 1 maart 2026 tot en met 30 juni 2026."),
        ({"last_day": date(2026, 7, 1)}, "De zorg eindigde op 1 juli 2026, daarna."),
    ],
)
def test_what_does_not_fit(change, words):
    assert words in wrong(replace(CLAIM, **change))


def test_hours_beyond_those_granted_and_what_is_not_known():
    assert "4 van 3 uur fysiotherapie" in wrong(held=replace(HELD, over_hours=("4 van 3 uur fysiotherapie",)))
    taken_over = replace(HELD, decided_on=None, code="", from_insurer="Andere Zorg")
    assert "De dag van het besluit kennen wij niet" in wrong(held=taken_over)
    assert kinds(held=taken_over)[0] is FindingKind.GOOD


@pytest.mark.parametrize(
    ("needed", "number", "kind", "words"),
    [
        (NEEDED, "", FindingKind.WRONG, "Voor deze code is altijd een machtiging nodig. Er staat geen machtiging"),
        (NEEDED, "M99", FindingKind.LOOK, "Dit machtigingsnummer kennen wij niet"),
        (
            exemption.needed(contracted=False, intake=True, used_before=(), code="14E489"),
            "", FindingKind.GOOD, "één keer declareren zonder machtiging",
        ),
        (
            exemption.needed(contracted=True, intake=False, used_before=(), code="14D838"),
            "", FindingKind.LOOK, "Daarin staat of u voor deze code",
        ),
    ],
)  # fmt: skip
def test_without_a_machtiging(needed, number, kind, words):
    (found,) = claim_checks.of_title(replace(CLAIM, number=number), None, needed)
    assert found.kind is kind and words in found.message


@pytest.mark.parametrize(
    ("regime", "contract", "channel", "kinds"),
    [
        (Regime.ASR_MSZ, PERIOD, Channel.VECOZO, [FindingKind.GOOD]),
        (Regime.ZK_GGZ, None, Channel.VECOZO, [FindingKind.LOOK]),
        (Regime.ASR_UNCONTRACTED, None, Channel.INSURED, []),
        (Regime.INSURED, PERIOD, Channel.INSURED, [FindingKind.WRONG]),
    ],
)
def test_the_way_that_a_claim_goes(regime, contract, channel, kinds):
    way = claim_checks.channel(regime, contract=contract)
    assert way.channel is channel and [one.kind for one in way.findings] == kinds
    assert ("restitutienota" in way.lines[0]) == (channel is Channel.INSURED)


@pytest.mark.parametrize(
    ("codes", "by_a", "by_b"),
    [
        ([], True, True),
        (["14E489"], True, True),
        (["14E489", "14E490"], False, True),
        (["14E489", "14E489"], False, False),
        (["14E489", "14E490", "14E490"], False, False),
    ],
)
def test_both_readings_of_what_is_exempt(codes, by_a, by_b):
    found = claim_checks.exempt_use(codes)
    assert (found.by_a, found.by_b) == (by_a, by_b)
