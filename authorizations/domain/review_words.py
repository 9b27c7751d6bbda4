"""
The texts of a decision: which of them it needs, whether they say something, and whether people can read them.

A denial of "x" and "." gives no reason. How many words a reason has at least is our own choice; no source gives it.

Bron: R-22; domain.md section 6 (decision letter minimum); features.md, "none of them has", row 12.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

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
TOO_LITTLE = "schrijf het in een hele zin. De verzekerde en de zorgaanbieder lezen dit."
FEWEST = 3
"""Words in a reason of a denial."""
FEWEST_TO_NAME = 2
"""Words that name what is missing: "het eindverslag" is enough."""


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
    asked = [(criterion, tuple(words)) for criterion, words in said if criterion in titles]
    return [
        *_missing(outcome, texts, practitioner),
        *(_empty(asked, titles) if outcome is not Outcome.GRANTED else ()),
        *_unreadable(texts, asked, titles),
    ]


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
        elif wanted and refusal and not readability.says_something(texts[name], words=FEWEST):
            yield Obstacle(f"{name}_empty", f"{TITLES[name]}: {TOO_LITTLE}", "besluit", name)


def _empty(said: Sequence[tuple[str, tuple[str, ...]]], titles: Mapping[str, str]) -> Iterator[Obstacle]:
    """Name each criterion that stands in the way with a text that says nothing; what is met has one text only."""
    for criterion, (why, *rest) in said:
        if not any(rest):
            continue
        for text, fewest in ((why, FEWEST), *((one, FEWEST_TO_NAME) for one in rest)):
            if text.strip() and not readability.says_something(text, words=fewest):
                message = (
                    f"{titles[criterion]}: “{text.strip()}” zegt te weinig. {TOO_LITTLE[0].upper()}{TOO_LITTLE[1:]}"
                )
                yield Obstacle("assessment_empty", message, "criteria", criterion)


def _unreadable(
    texts: Mapping[str, str], said: Sequence[tuple[str, tuple[str, ...]]], titles: Mapping[str, str]
) -> Iterator[Obstacle]:
    for name, title in TITLES.items():
        if found := readability.too_long(texts[name]):
            yield Obstacle(f"{name}_too_long", f"{title}: {found.message}", "besluit", name)
    for criterion, words in said:
        for text in words:
            if found := readability.too_long(text):
                yield Obstacle("assessment_too_long", f"{titles[criterion]}: {found.message}", "criteria", criterion)
