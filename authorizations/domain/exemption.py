"""Is a machtiging needed? Whoever isn't contracted may declare one of two codes once, at an intake."""

from collections.abc import Collection
from dataclasses import dataclass

from authorizations.domain.policy import Reading
from kit.terms import Term

CODES = ("14E489", "14E490")
SOURCE = "S0: welke informatie, laatste alinea"


class Answer(Term):
    """Whether a machtiging is needed. Bron: checks.md, `machtigingsplicht`."""

    NEEDED = "ja", "Ja, een machtiging is nodig"
    NOT_NEEDED = "nee", "Nee, een machtiging is niet nodig"
    CONTRACT = "contract", "Dat staat in uw contract"


class Reason(Term):
    """Why it is needed, or not. Bron: checks.md, values of `reden`."""

    EXEMPT = "vrijgesteld", "Deze code mag u bij een intake één keer declareren zonder machtiging."
    SAME_CODE_USED = "code_al_gebruikt", "Deze code is voor deze verzekerde al een keer zonder machtiging gedeclareerd."
    OTHER_CODE_USED = (
        "andere_code_al_gebruikt",
        "De andere code is voor deze verzekerde al gedeclareerd. Zonder machtiging mag u 1 van beide codes declareren.",
    )
    NO_INTAKE = "geen_intake", "Zonder machtiging mag u deze code alleen bij een intake declareren."
    NOT_EXEMPT = "geen_vrijgestelde_code", "Voor deze code is altijd een machtiging nodig."
    CONTRACT = (
        "contract",
        "U heeft een contract met deze verzekeraar. Daarin staat of u voor deze code een machtiging nodig heeft.",
    )


@dataclass(frozen=True)
class Needed:
    """The answer with its reason, its source, and a note for the reviewer."""

    answer: Answer
    reason: Reason
    source: str = SOURCE
    note: str = ""

    @property
    def words(self) -> str:
        """Return the reason as people read it."""
        return self.reason.label


def needed(
    *,
    contracted: bool,
    intake: bool,
    used_before: Collection[str],
    code: str,
    reading: Reading = Reading.A,
    exempt: Collection[str] = CODES,
) -> Needed:
    """
    Return whether a machtiging is needed for this code.

    Used before means: declared without machtiging for this insured by this institution. The contract comes first,
    then the code, then the intake, then what was used before.

    Bron: Z-25 to Z-27 (Zilveren Kruis, which information, last paragraph); R-03.
    """
    if contracted:
        return Needed(Answer.CONTRACT, Reason.CONTRACT)
    if code not in exempt:
        return Needed(Answer.NEEDED, Reason.NOT_EXEMPT)
    if not intake:
        return Needed(Answer.NEEDED, Reason.NO_INTAKE)
    if code in used_before:
        return Needed(Answer.NEEDED, Reason.SAME_CODE_USED)
    if reading is Reading.A and set(exempt) & set(used_before):
        return Needed(
            Answer.NEEDED,
            Reason.OTHER_CODE_USED,
            note="Lezing A: een van beide codes, één keer. De bron laat de lezing 'elk één keer' open.",
        )
    return Needed(Answer.NOT_NEEDED, Reason.EXEMPT)
