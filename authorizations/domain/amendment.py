"""
What a changed request says otherwise than the one before it, and which verdicts that touches.

Both requests are frozen, so this is worked out whenever somebody looks: nothing is kept twice.

Bron: feature 10 (the amended one supersedes the old one, history kept); R-13, R-21.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from authorizations.domain import criterion_words
from authorizations.domain.application import Application
from authorizations.domain.obstacles import Obstacle

Sections = Sequence[tuple[str, Sequence[tuple[str, str]]]]
"""The answers of a request: a title with its questions and answers."""


@dataclass(frozen=True)
class Change:
    """A question that was answered otherwise, with both answers; an empty one was not given."""

    section: str
    question: str
    before: str
    after: str


def changes(before: Sections, after: Sections) -> list[Change]:
    """Return every question whose answer differs, in the order of the new request; what is asked no more comes last."""
    old = {(title, question): answer for title, rows in before for question, answer in rows}
    new = {(title, question): answer for title, rows in after for question, answer in rows}
    asked = [*new, *(one for one in old if one not in new)]
    return [Change(*one, old.get(one, ""), new.get(one, "")) for one in asked if old.get(one, "") != new.get(one, "")]


def touched(codes: Iterable[str], before: Application, after: Application) -> frozenset[str]:
    """Return the criteria about which the provider now says something else. Bron: R-13."""
    return frozenset(
        code for code in codes if criterion_words.about(code, before) != criterion_words.about(code, after)
    )


def obstacles_to_decide(titles: Mapping[str, str]) -> list[Obstacle]:
    """Return that these criteria, by code, were judged before their facts changed: they are looked at again first."""
    return [
        Obstacle(
            "criterion_to_look_at_again",
            f"{title}: de zorgaanbieder wijzigde de gegevens. Bekijk dit oordeel opnieuw en bewaar het.",
            "criteria",
            code,
        )
        for code, title in titles.items()
    ]
