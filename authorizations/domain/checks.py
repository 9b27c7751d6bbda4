"""
The checks ("toetsen"): one rule each, from a row of texts to a row of texts. Every door goes through this table.

Bron: checks.md.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from authorizations.domain import exemption, identifiers, weighting
from authorizations.domain.policy import Policy, Reading

Row = Mapping[str, str]
YES_NO = {"ja": True, "j": True, "nee": False, "n": False}


class Unjudgeable(ValueError):
    """This row can't be judged; the message names the column and the value."""


@dataclass(frozen=True)
class Toets:
    """A check: the columns it reads, the columns it gives, and the rule between them."""

    name: str
    title: str
    takes: tuple[str, ...]
    gives: tuple[str, ...]
    judge: Callable[[Row, Policy | None], tuple[str, ...]]


def judge(toets: Toets, row: Row, policy: Policy | None = None) -> dict[str, str]:
    """
    Return the result columns of this row; without a policy the defaults of checks.md hold.

    :raises Unjudgeable: naming the column and the value
    """
    return dict(zip(toets.gives, toets.judge(row, policy), strict=True))


def _machtigingsplicht(row: Row, policy: Policy | None) -> tuple[str, ...]:
    """Judge whether a machtiging is needed. Bron: Z-25 to Z-27; R-03; checks.md, `machtigingsplicht`."""
    contracted, intake = _yes_no(row, "gecontracteerd"), _yes_no(row, "intake")
    used = [_code("eerder_zonder_machtiging", text) for text in row["eerder_zonder_machtiging"].split()]
    reading = _reading(row["lezing"], policy)
    if contracted is None:
        raise Unjudgeable("gecontracteerd: leeg, vul ja of nee in")
    code = row["code"].strip()
    if not contracted and not code:
        raise Unjudgeable("code: leeg, vul een declaratiecode in")
    code = _code("code", code) if code else ""
    if intake is None and not contracted and code in exemption.CODES:
        raise Unjudgeable("intake: leeg, vul ja of nee in")
    found = exemption.needed(contracted=contracted, intake=bool(intake), used_before=used, code=code, reading=reading)
    return found.answer.value, found.reason.value


def _weging(row: Row, policy: Policy | None) -> tuple[str, ...]:
    """Weigh the activities of a subtraject. Bron: Z-23, Z-24; R-17; checks.md, `weging`."""
    days = row["verpleegdagen"].strip()
    if days:
        _count("verpleegdagen", days)
    units = [_activity(text) for text in row["activiteiten"].split()]
    try:
        weighed = weighting.weigh(units)
    except weighting.UnknownActivity as unknown:
        raise Unjudgeable(f"activiteiten: van '{unknown}' is geen gewicht bekend ({weighting.LABEL})") from None
    return f"{weighed.minutes}", f"{weighed.hours}".replace(".", ","), weighed.exempt_code


TOETSEN = {
    toets.name: toets
    for toets in (
        Toets(
            "machtigingsplicht",
            "Is een machtiging nodig?",
            ("gecontracteerd", "intake", "eerder_zonder_machtiging", "code", "lezing"),
            ("machtiging_nodig", "reden"),
            _machtigingsplicht,
        ),
        Toets(
            "weging",
            "Gewogen behandeluren",
            ("activiteiten", "verpleegdagen"),
            ("gewogen_minuten", "gewogen_uren", "vrijgestelde_code"),
            _weging,
        ),
    )
}


def _yes_no(row: Row, column: str) -> bool | None:
    text = row[column].strip().lower()
    if text and text not in YES_NO:
        raise Unjudgeable(f"{column}: '{row[column]}' is geen ja of nee")
    return YES_NO.get(text)


def _code(column: str, text: str) -> str:
    try:
        return identifiers.declaratiecode(text)
    except ValueError:
        raise Unjudgeable(f"{column}: '{text}' is geen declaratiecode") from None


def _reading(text: str, policy: Policy | None) -> Reading:
    if not text.strip():
        return policy.exemption.reading if policy else Reading.A
    try:
        return Reading(text.strip().upper())
    except ValueError:
        raise Unjudgeable(f"lezing: '{text}' is geen A of B") from None


def _activity(text: str) -> tuple[str, int]:
    code, times, number = text.lower().partition("x")
    if not times or not code.isascii() or len(code) != 6 or not code.isdigit():
        raise Unjudgeable(f"activiteiten: '{text}' is geen zorgactiviteit met aantal, zoals 190960x4")
    return code, _count("activiteiten", number)


def _count(column: str, text: str) -> int:
    # More figures than any real number has: a slip, and no work for the machine.
    if not text.isascii() or not text.isdigit() or len(text) > 9:
        raise Unjudgeable(f"{column}: '{text}' is geen aantal")
    return int(text)
