"""
What a policy says of documents that carry a diagnosis, for a patient with a privacyverklaring.

No source says which documents those are: what stands here holds for a policy that says nothing. The verwijsbrief and
the behandelplan stay asked (R-38), with the diagnosis blacked out.
"""

from dataclasses import dataclass

from authorizations.domain.terms import DocumentKind


@dataclass(frozen=True)
class PrivacyRule:
    """Which documents aren't asked then, and for which a signed statement may stand. Bron: R-15; R-38."""

    lapses: tuple[DocumentKind, ...] = (DocumentKind.HUISARTSENJOURNAAL,)
    statement: tuple[DocumentKind, ...] = (
        DocumentKind.BEHANDELVERSLAG_PSYCHOSOCIAAL,
        DocumentKind.BRIEVEN_EERSTE_LIJN,
    )
    source: str = "niet uit een bron"


UNSAID = {
    "lapses": ["huisartsenjournaal"],
    "statement": ["behandelverslag_psychosociaal", "brieven_eerste_lijn"],
    "source": "niet uit een bron",
}
"""The rule of a policy that says nothing, as it would be kept: so that such a policy reads as it did before."""
