"""Which zorgproduct and declaratiecode of revalidatie to expect: an estimate, always with the release that it is by."""

from dataclasses import dataclass
from datetime import date

from ggz_codes.domain import release_tree
from ggz_codes.domain.release_terms import LinkKind, RowKind
from ggz_codes.domain.release_tree import Case, Done, NotUnderstood
from ggz_codes.queries import releases as asked
from kit.dates import NAMES

GROUP = "990027"
SPECIALISM = "0327"
PATIENT_BOUND = "Z99002700"
"""The cluster of treatment with the patient: its weighted minutes decide."""
PHYSICIAN, NURSING_DAY = "190960", "190218"
ASSUMED = "Wij gaan uit van minstens 1 contact met de revalidatiearts en geen intercollegiaal consult."


@dataclass(frozen=True)
class Expected:
    """What to expect, and by which release."""

    product: str
    description: str
    declaratiecode: str
    """Empty where there is none, as for what isn't insured."""
    release: str
    effective_on: date
    opened_on: date
    steps: tuple[tuple[str, bool], ...]

    @property
    def declaratiecodes(self) -> list[str]:
        """Return the declaratiecodes apart."""
        return self.declaratiecode.split(", ") if self.declaratiecode else []

    @property
    def caution(self) -> str:
        """Return what to mind when the release is of an earlier year than the subtraject; nothing when it isn't."""
        if self.opened_on.year <= self.effective_on.year:
            return ""
        begin = f"{self.effective_on.day} {NAMES[self.effective_on.month - 1]} {self.effective_on.year}"
        return f"Deze uitgave gaat in op {begin}. Latere wijzigingen staan er niet in."

    @property
    def words(self) -> str:
        """Return the estimate as people read it."""
        declared = f", declaratiecode {self.declaratiecode}" if self.declaratiecode else ", zonder declaratiecode"
        return f"Schatting: zorgproduct {self.product}{declared} (volgens {self.release})."


class NoEstimate(Exception):
    """Raised when there is nothing to estimate by; its words say why."""


def estimate(
    *, diagnosis: str, weighted_minutes: int, nursing_days: int, opened_on: date, zorgtype: str = "11"
) -> Expected:
    """
    Return what follows from the tree that holds on the day on which the subtraject opened.

    :raises NoEstimate: when no release has a tree for that day, or it doesn't know the diagnosis

    Bron: NZa grouper tables, product group 990027; codes.md section 2; R-17 (shown as an estimate with its release).
    """
    tree = asked.tree(GROUP, opened_on)
    if tree is None:
        raise NoEstimate("Er is geen uitgave van de NZa in gebruik die voor deze datum een boom heeft.")
    known = asked.row_on(RowKind.DIAGNOSE, diagnosis, opened_on, SPECIALISM)
    if known is None:
        raise NoEstimate(f"Diagnose {diagnosis} is op deze datum niet bekend in {tree.release.named}.")
    activities = (
        Done(PHYSICIAN, 1, (PATIENT_BOUND,)),
        # Weighted already: a minute weighs one.
        Done("", weighted_minutes, (PATIENT_BOUND,), (0, 1)),
        Done(NURSING_DAY, nursing_days),
    )
    case = Case(zorgtype, diagnosis, known.facts.get("clusters", []), activities, SPECIALISM)
    try:
        found = release_tree.walk(tree.rules, tree.start, case)
    except NotUnderstood as reason:
        raise NoEstimate(f"De boom van {tree.release} vraagt iets dat wij niet kennen: {reason}.") from None
    product = asked.row_on(RowKind.ZORGPRODUCT, found.product, opened_on)
    declared = asked.links(LinkKind.DECLARED_AS, of=found.product)
    codes = [row.to_code for row in declared if row.period.holds_on(opened_on)]
    return Expected(
        product=found.product,
        description=product.description if product else "",
        declaratiecode=", ".join(codes),
        release=tree.release.named,
        effective_on=tree.release.effective_on,
        opened_on=opened_on,
        steps=found.steps,
    )
