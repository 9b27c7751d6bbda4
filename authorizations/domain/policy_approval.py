"""
A rule of a policy that says which requests may be prepared for granting as asked.

A rule prepares and never decides: only a medisch adviseur does (docs/adr/0011). There is no way from here to a denial:
what doesn't fit is simply not prepared, and goes the ordinary way.
"""

from dataclasses import dataclass
from decimal import Decimal

from authorizations.domain.terms import Indication, Kind, Outcome, Setting


@dataclass(frozen=True)
class ApprovalRule:
    """
    Under which facts a request may be prepared; what the rule doesn't name, it doesn't allow.

    No source gives such facts, so that no shipped policy has a rule. Bron: feature 48.
    """

    source: str
    kinds: tuple[Kind, ...]
    indications: tuple[Indication, ...]
    settings: tuple[Setting, ...]
    most_hours: int
    most_days: int
    only_after_grant: bool = True


@dataclass(frozen=True)
class Facts:
    """What the rule looks at, as it is in the request; what isn't known is None and fits no rule."""

    kind: Kind
    indication: Indication | None
    setting: Setting | None
    hours: Decimal
    days: int | None
    follows_grant: bool
    documents_complete: bool
    signals: tuple[str, ...] = ()


def may_approve(facts: Facts, rule: ApprovalRule) -> tuple[str, ...]:
    """
    Return why this request doesn't fit the rule; nothing when it fits.

    Bron: feature 48; R-19.
    """
    checks = (
        (facts.kind not in rule.kinds, "deze soort aanvraag valt niet onder de regel"),
        (facts.indication not in rule.indications, "deze indicatie valt niet onder de regel"),
        (facts.setting not in rule.settings, "deze vorm van behandeling valt niet onder de regel"),
        (not 0 < facts.hours <= rule.most_hours, f"de uren zijn niet 1 tot en met {rule.most_hours}"),
        (
            facts.days is None or not 0 <= facts.days <= rule.most_days,
            f"de periode is niet hoogstens {rule.most_days} dagen",
        ),
        (rule.only_after_grant and not facts.follows_grant, "er is geen eerdere toegekende aanvraag"),
        (not facts.documents_complete, "de documenten zijn niet compleet"),
        (bool(facts.signals), "er valt iets op in de aanvraag"),
    )
    return tuple(why for failed, why in checks if failed)


def proposed(facts: Facts, rule: ApprovalRule) -> Outcome | None:
    """
    Return what a rule proposes: a grant as asked, or nothing at all.

    Bron: features 48 and 49 (no path from a rule to a denial); R-19.
    """
    return None if may_approve(facts, rule) else Outcome.GRANTED
