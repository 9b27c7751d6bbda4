"""
The kinds of request: a row each, with its steps, its words and which choices it leaves.

A kind is added by its row here, a form for a step that only it has, and a policy file that offers it.
Bron: Z-29 (two entries for MSR); A-28; G-01 (verblijf, GGZ); docs/adr/0012-kinds.md.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace

from authorizations.domain.terms import Indication, Kind, Setting

Question = tuple[str, str]
"""A question of the form: the part of the request and the field."""


@dataclass(frozen=True)
class Row:
    """
    What one kind of request is.

    `offer` is how a provider chooses it, `care` how letters call it (`care_for_insured` in a letter to the insured),
    `practitioner` who answers for it. `steps` are the steps of the form by code, `unasked` the questions that those
    leave out, `labels` its own words for others. A choice of one (`indications`, `settings`) is made beforehand.
    What is granted is hours per discipline (`in_hours`), or days of stay under a zorgtype. A patient may share no
    diagnosis where `takes_privacyverklaring`: in every kind so far, for R-15 names none (docs/adr/0013).
    """

    offer: str
    care: str
    care_for_insured: str
    practitioner: str
    follow_up: Kind
    steps: tuple[str, ...]
    indications: tuple[Indication, ...]
    settings: tuple[Setting, ...]
    unasked: frozenset[Question] = frozenset()
    labels: Mapping[Question, str] = field(default_factory=dict)
    goes_on: bool = False
    in_subtrajects: bool = True
    in_hours: bool = True
    takes_privacyverklaring: bool = False

    def asks(self, part: str, name: str) -> bool:
        """Tell whether this kind knows the question at all."""
        return (part, name) not in self.unasked and (part != "follow_up" or self.goes_on)


_STAY = ("days_of_stay", "dbc_opened_on", "zorgtype")
_MSR = Row(
    offer="MSR aanvraag: de eerste machtiging voor deze behandeling",
    care="medisch-specialistische revalidatie",
    care_for_insured="revalidatie",
    practitioner="revalidatiearts",
    follow_up=Kind.MSR_FOLLOW_UP,
    steps=("patient", "aanvraag", "verwijzing", "voortraject", "behandelplan", "documenten", "toestemming"),
    indications=(Indication.CHRONIC_PAIN, Indication.OTHER),
    settings=tuple(Setting),
    unasked=frozenset({("referral", "diagnosis_shared"), *(("plan", name) for name in _STAY)}),
    takes_privacyverklaring=True,
)
_PLAN = ("exceptional_reason", "goals", "activities", "joint_plan", "hours", "practitioners", "second_code")

KINDS: Mapping[Kind, Row] = {
    Kind.MSR_FIRST: _MSR,
    Kind.MSR_FOLLOW_UP: replace(
        _MSR,
        offer="MSR vervolgaanvraag: de behandeling duurt langer dan de machtiging",
        steps=(*_MSR.steps[:4], "vervolg", *_MSR.steps[4:]),
        goes_on=True,
    ),
    Kind.GGZ_STAY: Row(
        offer="GGZ verblijf: opname in een instelling zonder contract, ook bij crisis of verplichte zorg",
        care="verblijf in een instelling voor geestelijke gezondheidszorg (GGZ)",
        care_for_insured="verblijf in een GGZ-instelling",
        practitioner="behandelaar",
        follow_up=Kind.GGZ_STAY,
        steps=("patient", "aanvraag", "verwijzing", "verblijf", "documenten", "toestemming"),
        indications=(Indication.PSYCHIC,),
        settings=(Setting.INPATIENT,),
        unasked=frozenset({("referral", "diagnosis_group"), *(("plan", name) for name in _PLAN)}),
        labels={
            ("care", "revalidatiearts_name"): "Verantwoordelijke behandelaar",
            ("care", "revalidatiearts_big"): "BIG-nummer van de behandelaar",
            ("care", "revalidatiearts_agb"): "AGB-code van de behandelaar",
            ("plan", "starts_on"): "Begin van het verblijf",
            ("plan", "ends_on"): "Einde van het verblijf",
            ("plan", "early_start_reason"): "Waarom het verblijf niet op het besluit kan wachten",
            ("plan", "admission_reason"): "Waarom verblijf nodig is",
            ("plan", "code"): "Prestatie",
        },
        in_subtrajects=False,
        in_hours=False,
        takes_privacyverklaring=True,
    ),
}

IN_SUBTRAJECTS = tuple(kind for kind, row in KINDS.items() if row.in_subtrajects)
"""The kinds whose care runs in subtrajecten; other care runs in dbc's. Bron: Z-31; G-33."""
SUBTRAJECT_INDICATIONS = tuple(dict.fromkeys(one for kind in IN_SUBTRAJECTS for one in KINDS[kind].indications))
"""The indications of a zorgtraject with subtrajecten."""
SUBTRAJECT_CHOICES = [(one.value, one.label) for one in SUBTRAJECT_INDICATIONS]
"""The same, to choose from."""

TRAJECT_INDICATIONS = tuple(dict.fromkeys(one for row in KINDS.values() for one in row.indications))
"""The indications of every zorgtraject, also of care that runs in dbc's of the GGZ. Bron: G-33."""
OUTSIDE_SUBTRAJECTS = tuple(one for one in TRAJECT_INDICATIONS if one not in SUBTRAJECT_INDICATIONS)
"""Those of a zorgtraject that has dbc's instead of subtrajecten."""


def of(kind: Kind) -> Row:
    """Return the row of a kind."""
    return KINDS[kind]


def offers(offered: Collection[Kind]) -> list[tuple[str, str]]:
    """Return these kinds to choose from, in the words of the form. Bron: Z-29; G-01."""
    return [(kind.value, row.offer) for kind, row in KINDS.items() if kind in offered]


def in_subtrajects(offered: Iterable[Kind]) -> bool:
    """Tell whether a policy that offers these kinds is about care in subtrajecten."""
    return any(kind in IN_SUBTRAJECTS for kind in offered)


def outside_subtrajects(offered: Iterable[Kind]) -> bool:
    """Tell whether a policy that offers these kinds is about care in dbc's of the GGZ. Bron: G-01, G-33."""
    return any(kind not in IN_SUBTRAJECTS for kind in offered)
