"""What two medisch adviseurs thought of a proposal, side by side, and what a person may read of a request meanwhile."""

from collections.abc import Iterable
from dataclasses import dataclass

from accounts.domain.actors import Actor
from authorizations.domain import review as rules
from authorizations.domain.second_opinion import Stage
from authorizations.domain.terms import Verdict
from authorizations.models import AuthorizationRequest, Opinion, OpinionVerdict
from authorizations.services import review, second_opinion
from authorizations.web.views.review_history import Line

VERDICT_BADGES = {Verdict.MET: "ok", Verdict.NOT_MET: "danger", Verdict.UNCLEAR: "warning"}


@dataclass(frozen=True)
class Cell:
    """The verdict of one of them on one criterion."""

    opinion: Opinion
    verdict: OpinionVerdict | None
    badge: str


@dataclass(frozen=True)
class Row:
    """A criterion with the verdict of each; `differs` when they are not the same."""

    number: str
    title: str
    cells: tuple[Cell, ...]
    differs: bool


@dataclass(frozen=True)
class Compared:
    """A proposal with what the first and the second thought of it."""

    found: second_opinion.Round
    sides: tuple[Opinion, ...]
    rows: tuple[Row, ...]

    @property
    def is_different(self) -> bool:
        """Whether the two think differently, also when a third decides."""
        return self.found.stage in (Stage.DIFFERENT, Stage.THIRD)


def compared(found: second_opinion.Round, asked: Iterable[rules.Criterion]) -> Compared:
    """Return a proposal with the verdicts of both, per criterion that they judged."""
    asked = tuple(asked)
    numbers, differ = rules.numbered(asked), found.differences
    sides = tuple(one for one in (found.first, found.second) if one)
    verdicts = {one.pk: {given.criterion: given for given in one.verdicts.all()} for one in sides}
    return Compared(
        found,
        sides,
        tuple(
            Row(
                numbers[one.code],
                one.title,
                tuple(_cell(side, verdicts[side.pk].get(one.code)) for side in sides),
                one.code in differ,
            )
            for one in asked
            if any(one.code in given for given in verdicts.values())
        ),
    )


def earlier(authorization: AuthorizationRequest) -> list[Compared]:
    """Return every proposal of this request on which both opinions are in, the newest first."""
    asked = review.criteria(authorization)
    return [compared(one, asked) for one in second_opinion.earlier(authorization)]


def readable(lines: list[Line], authorization: AuthorizationRequest, actor: Actor) -> list[Line]:
    """Return the steps without the words that stay hidden from who may still be asked for a second opinion."""
    shown = []
    for line in lines:
        hides = line.is_internal and second_opinion.hides_words(authorization, line.move, line.by_id, to=actor)
        if not hides:
            shown.append(line)
        elif line.is_plain:
            shown.append(line.silent())
    return shown


def _cell(opinion: Opinion, verdict: OpinionVerdict | None) -> Cell:
    return Cell(opinion, verdict, VERDICT_BADGES[Verdict(verdict.verdict)] if verdict else "neutral")
