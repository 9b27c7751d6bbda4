"""What an insurer asks of a provider before it gives a contract: a table, a row per condition, each with its source."""

from collections.abc import Sequence
from dataclasses import dataclass

from kit.terms import Term


class ProviderKind(Term):
    """Which kind of provider asks for a contract: it decides what is asked and who reads it. Bron: A-22, A-26."""

    ZBC = "zbc", "Zelfstandig behandelcentrum (ZBC)"
    CATEGORAL = "categoraal", "Categorale instelling"
    HOSPITAL = "ziekenhuis", "Ziekenhuis"


class Theme(Term):
    """The headings under which the source puts its conditions. Bron: A-11 to A-24."""

    GENERAL = "algemeen", "Algemeen"
    CONTINUITY = "continuiteit", "Continuïteit van zorg"
    QUALITY = "kwaliteit", "Kwaliteit"
    SAFETY = "veiligheid", "Veiligheid"


class Proof(Term):
    """How a provider shows that it meets a condition."""

    DOCUMENT = "document", "Met een document"
    STATEMENT = "verklaring", "Met een verklaring"
    NUMBERS = "getallen", "Met getallen of een datum"


@dataclass(frozen=True)
class Condition:
    """
    One condition. `facts` are the numbers and dates that it asks besides; `kinds` whom it is asked of.

    With `designated` it is asked only of who gives aangewezen zorg. `says` is the statement that a provider makes.
    """

    code: str
    source: str
    theme: Theme
    title: str
    says: str
    proof: Proof
    facts: tuple[str, ...] = ()
    kinds: frozenset[ProviderKind] = frozenset(ProviderKind)
    designated: bool = False


# Bron: A-11 to A-24 (a.s.r., "Nieuwe aanbieders"; whether a document or a statement proves it, is our own choice).
CONDITIONS = (
    Condition(
        "wtzi", "A-11", Theme.GENERAL, "WTZi-vergunning",
        "De instelling beschikt over een WTZi-vergunning.", Proof.DOCUMENT,
    ),
    Condition(
        "kvk", "A-12", Theme.GENERAL, "Kamer van Koophandel",
        "De instelling staat ingeschreven bij de Kamer van Koophandel.", Proof.NUMBERS, ("kvk_number",),
    ),
    Condition(
        "aansprakelijkheid", "A-13", Theme.GENERAL, "Aansprakelijkheidsverzekering",
        "De instelling beschikt over een aansprakelijkheidsverzekering.", Proof.DOCUMENT,
    ),
    Condition(
        "jaardocument", "A-14", Theme.GENERAL, "Jaardocument Maatschappelijke Verantwoording",
        "De instelling verantwoordt zich jaarlijks in een Jaardocument Maatschappelijke Verantwoording.",
        Proof.DOCUMENT,
    ),
    Condition(
        "beschikkingen", "A-15", Theme.GENERAL, "Beschikkingen voor aangewezen zorg",
        "De instelling beschikt over de juiste beschikkingen voor de aangewezen zorg die zij geeft.",
        Proof.DOCUMENT, designated=True,
    ),
    Condition(
        "specialisten", "A-16", Theme.CONTINUITY, "Medisch specialisten",
        "Er werken minimaal 2 BIG-geregistreerde medisch specialisten, samen minimaal 2 fte.",
        Proof.NUMBERS, ("specialists", "fte"),
    ),
    Condition(
        "waarneming", "A-17", Theme.CONTINUITY, "Waarneming bij ziekte of verlof",
        "Waarneming is gegarandeerd en vastgelegd, en ondertekend door de opvangende partij.", Proof.DOCUMENT,
    ),
    Condition(
        "calamiteiten", "A-18", Theme.CONTINUITY, "Samenwerking bij calamiteiten",
        "Er is een schriftelijke samenwerkingsafspraak met een nabijgelegen ziekenhuis voor calamiteiten.",
        Proof.DOCUMENT,
    ),
    Condition(
        "standaarden", "A-19", Theme.QUALITY, "Standaarden, protocollen en richtlijnen",
        "De specialisten werken volgens recente standaarden, protocollen en richtlijnen van de beroepsverenigingen.",
        Proof.STATEMENT,
    ),
    Condition(
        "incidenten", "A-20", Theme.QUALITY, "Incidenten volgens het MIP-protocol",
        "Incidenten worden geregistreerd volgens het MIP-protocol van de MIP-commissie.", Proof.STATEMENT,
    ),
    Condition(
        "tevredenheid", "A-21", Theme.QUALITY, "Patiënttevredenheid",
        "De patiënttevredenheid wordt minstens 1 keer per jaar onderzocht met een gevalideerde vragenlijst.",
        Proof.NUMBERS, ("satisfaction_on",),
    ),
    Condition(
        "soncos", "A-22", Theme.QUALITY, "SONCOS-normen en minimumnormen",
        "Het ziekenhuis voldoet minstens aan de SONCOS-normen en de minimumnormen.", Proof.STATEMENT,
        kinds=frozenset({ProviderKind.HOSPITAL}),
    ),
    Condition(
        "gepast_gebruik", "A-23", Theme.QUALITY, "Gepast gebruik",
        "De instelling spant zich in voor gepast gebruik, bijvoorbeeld met Seenez, Leading the Change, Zinnige Zorg "
        "of Beter niet doen.", Proof.STATEMENT,
    ),
    Condition(
        "vms", "A-24", Theme.SAFETY, "Veiligheidsmanagementsysteem",
        "Er is een goed werkend veiligheidsmanagementsysteem.", Proof.STATEMENT,
    ),
)  # fmt: skip
BY_CODE = {condition.code: condition for condition in CONDITIONS}


def asked_of(
    kind: ProviderKind, *, designated: bool | None, conditions: Sequence[Condition] = CONDITIONS
) -> tuple[Condition, ...]:
    """
    Return the conditions that hold for this provider, in the order of the source; new or not makes no difference.

    Bron: A-15 (only for aangewezen zorg), A-22 (only hospitals), A-25 (existing providers meet the same).
    """
    return tuple(one for one in conditions if kind in one.kinds and (designated or not one.designated))
