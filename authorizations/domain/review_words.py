"""
The texts of a decision: which of them it needs, and whether people can read them.

Bron: R-22; domain.md section 6 (decision letter minimum); features.md, "none of them has", row 12.
"""

from collections.abc import Iterable, Iterator, Mapping

from authorizations.domain import readability
from authorizations.domain.obstacles import Obstacle
from authorizations.domain.terms import Outcome

TITLES = {
    "summary": "Motivering",
    "not_granted": "Wat niet is toegekend",
    "indication_weighed": "Hoe de indicatie is gewogen",
    "next_step": "Wat de zorgaanbieder nu kan doen",
    "early_start_reason": "Reden van een eerdere ingangsdatum",
    "long_period_reason": "Reden van een langere periode",
}


def obstacles(
    outcome: Outcome,
    texts: Mapping[str, str],
    practitioner: str,
    said: Iterable[tuple[str, Iterable[str]]],
    titles: Mapping[str, str],
) -> list[Obstacle]:
    """
    Return what the texts of a decision lack, and what in them is far too hard to read.

    `texts` has those of TITLES, `said` what was written per criterion, `titles` the criteria that are asked.
    """
    return [*_missing(outcome, texts, practitioner), *_unreadable(texts, said, titles)]


def _missing(outcome: Outcome, texts: Mapping[str, str], practitioner: str) -> Iterator[Obstacle]:
    refusal = outcome is not Outcome.GRANTED
    for name, message, wanted in (
        ("summary", "Schrijf de motivering van het besluit.", True),
        ("not_granted", "Schrijf wat u niet toekent en waarom.", refusal),
        ("indication_weighed", f"Schrijf hoe u de indicatie van de {practitioner} heeft gewogen.", refusal),
        ("next_step", "Schrijf wat de zorgaanbieder nu kan doen.", outcome is Outcome.DENIED),
    ):
        if wanted and not texts[name].strip():
            yield Obstacle(f"{name}_missing", message, "besluit", name)


def _unreadable(
    texts: Mapping[str, str], said: Iterable[tuple[str, Iterable[str]]], titles: Mapping[str, str]
) -> Iterator[Obstacle]:
    for name, title in TITLES.items():
        if found := readability.too_long(texts[name]):
            yield Obstacle(f"{name}_too_long", f"{title}: {found.message}", "besluit", name)
    for criterion, words in said:
        for text in words:
            if criterion in titles and (found := readability.too_long(text)):
                yield Obstacle("assessment_too_long", f"{titles[criterion]}: {found.message}", "criteria", criterion)
