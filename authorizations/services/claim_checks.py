"""
What is said of a claim before it is handed in: its machtiging, whichever kind it is, and the way that it goes.

Bron: R-22; Z-25 to Z-27; A-08, A-30, A-39, A-43; Zvw art. 14 lid 5.
"""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from accounts.domain.actors import Actor
from authorizations import queries
from authorizations.domain import claim_checks, exemption, ggz_lines, words
from authorizations.domain.claim_checks import CONTRACTED, Claimed, Finding, Held, Way
from authorizations.domain.claim_terms import Regime
from authorizations.domain.ggz_line_answers import Judged
from authorizations.domain.policy import Exemption
from authorizations.models import Declaration, Grant, TakenOver
from authorizations.queries import claims_exempt, courses, titles
from authorizations.queries.titles import Title
from authorizations.services import ggz_line
from contracting.queries import register


@dataclass(frozen=True)
class Looked:
    """What there is to say of one claim; `number` is that of the machtiging it was held against."""

    number: str
    title: list[Finding]
    way: Way
    line: tuple[Judged, ...] = ()
    """Of a claim of the GGZ: every rule that applies to its line."""


def look(row: Declaration, by: Actor) -> Looked:
    """Return what there is to say of the machtiging of this claim and of the way that it goes to the insurer."""
    day = first_day(row)
    contract = register.in_force(row.provider_id, row.insurer_id, day)
    regime = Regime(row.regime)
    rule = exemption_of(row.insurer_id, day)
    needed = exemption.needed(
        contracted=contract is not None or regime in CONTRACTED,
        intake=row.at_intake,
        used_before=claims_exempt.used_before(row),
        code=row.code,
        reading=rule.reading,
        exempt=rule.codes,
    )
    title = _title(row, by)
    held = None if title is None else _held_grant(title, row, by) if isinstance(title, Grant) else _held_over(title)
    claim = Claimed(
        code=row.code,
        number=row.machtigingsnummer,
        first_day=day,
        last_day=row.closed_on or row.performed_on,
        insured=row.insured_hash,
        insurer_id=row.insurer_id,
    )
    return Looked(
        number=title.number if title else "",
        title=claim_checks.of_title(claim, held, needed),
        way=claim_checks.channel(regime, contract=(contract.starts_on, contract.ends_on) if contract else None),
        line=ggz_lines.worst_first(ggz_line.judged(row)) if regime is Regime.ZK_GGZ else (),
    )


def first_day(row: Declaration) -> date:
    """Return the day on which the care began."""
    day = row.opened_on or row.performed_on
    assert day  # noqa: S101  # a constraint says that one of them is there
    return day


def exemption_of(insurer_id: int, day: date) -> Exemption:
    """Return which codes need no machtiging once, by the policy of this insurer; without one, those of the source."""
    for version in queries.policy_versions_on(day).filter(insurer_id=insurer_id):
        rule = queries.policy(version).exemption
        if rule.codes:
            return rule
    return Exemption(codes=exemption.CODES)


def _title(row: Declaration, by: Actor) -> Title | None:
    """Return the machtiging with the number that was told, or else the one that its subtraject falls under."""
    if row.machtigingsnummer:
        return titles.numbered(by, row.machtigingsnummer)
    if row.zorgtraject is None:
        return None
    under = row.zorgtraject.subtrajects.filter(opened_on__lte=first_day(row)).select_related("granted", "taken_over")
    last = under.order_by("-opened_on").first()
    return titles.of(last) if last else None


def _held_grant(grant: Grant, row: Declaration, by: Actor) -> Held:
    # What took its place was decided later; the care was allowed from the first decision on.
    first = Grant.objects.select_related("decision").get(authorization_id=grant.authorization_id, replaces=None)
    decided_at = first.decision.final_at
    return Held(
        starts_on=grant.starts_on,
        ends_on=grant.ends_on,
        code=grant.declaratie_code,
        insured=queries.insured_of(grant.authorization).bsn_hash,
        insurer_id=grant.authorization.insurer_id,
        decided_on=timezone.localdate(decided_at) if decided_at else None,
        over_hours=_over(grant, row, by),
    )


def _over(grant: Grant, row: Declaration, by: Actor) -> tuple[str, ...]:
    if row.zorgtraject is None:
        return ()
    lines = courses.usage(by, row.zorgtraject, grant).lines
    return tuple(
        f"{words.number(one.used)} van {words.number(one.granted or 0)} uur {one.discipline.label.lower()}"
        for one in lines
        if one.over
    )


def _held_over(title: TakenOver) -> Held:
    return Held(
        starts_on=title.starts_on,
        ends_on=title.ends_on,
        code=title.declaratie_code,
        insured=title.bsn_hash,
        insurer_id=title.insurer_id,
        decided_on=None,
        from_insurer=title.from_insurer,
    )
