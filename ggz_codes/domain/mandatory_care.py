"""
Care under the Wvggz: the zorgtype by its legal basis, and the preparation of a zorgmachtiging (25B095).

Bron: G-26 to G-28; codes.md section 1.
"""

from datetime import date

from ggz_codes.domain import shipped
from ggz_codes.domain.rulings import Ruling, ruling
from ggz_codes.domain.shipped import Code
from kit.terms import Term

PREPARATION = "25B095"


class LegalBasis(Term):
    """On which ground of the Wvggz somebody gets care. Bron: G-27."""

    ZORGMACHTIGING = "zorgmachtiging", "Zorgmachtiging"
    CRISISMAATREGEL = "crisismaatregel", "Crisismaatregel"


def zorgtype(basis: LegalBasis, *, follow_up: bool, opened_on: date) -> Code | None:
    """
    Return 155 or 156 for a first dbc, 255 or 256 for a vervolg; None for a dbc opened before the Wvggz was there.

    Bron: G-26, G-27.
    """
    wanted = {"grondslag": basis.value, "dbc": "vervolg" if follow_up else "initieel"}
    for code in shipped.zorgtypes().values():
        told = [shipped.rule_texts()[key].parameters for key in code.rules]
        if any(wanted.items() <= parameters.items() for parameters in told):
            return code if code.period.holds_on(opened_on) else None
    return None


def preparation(
    basis: LegalBasis, *, requested: bool, assessments: int, registered: int, dbc_zorgtype: str = ""
) -> Ruling:
    """
    Say whether the preparation of a zorgmachtiging (25B095) may be registered so often: only when the Officier van
    Justitie asked the geneesheer-directeur, never for a crisismaatregel, and once per assessment.

    What counts is the basis of the request. A zorgmachtiging may be prepared while a crisismaatregel still runs, so
    25B095 on the dbc of one is a signal to look at rather than a refusal.

    Bron: G-28; codes.md section 1 (25B095).
    """
    of_a_measure = dbc_zorgtype in ("156", "256") and basis is LegalBasis.ZORGMACHTIGING
    signals = (
        f"De dbc heeft zorgtype {dbc_zorgtype}: een crisismaatregel. Kijk of het verzoek echt een zorgmachtiging was.",
    )
    return ruling(
        (basis is LegalBasis.ZORGMACHTIGING, f"{PREPARATION} mag niet als het gaat om een crisismaatregel."),
        (requested, "De geneesheer-directeur moet het verzoek hebben gekregen van de Officier van Justitie."),
        (registered <= assessments, f"Per beoordeling mag u {PREPARATION} 1 keer registreren."),
        otherwise="Er is een verzoek van de Officier van Justitie, en het is niet meer dan 1 keer per beoordeling.",
        signals=signals if of_a_measure else (),
    )
