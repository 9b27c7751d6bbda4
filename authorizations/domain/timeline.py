"""
What happened to a request, in words for people. Who isn't meant to read something finds no words here.

Bron: features 28 and 33 (internal notes never reach a provider).
"""

from dataclasses import dataclass
from datetime import datetime

from authorizations.domain.lifecycle import MOVES, Party

# What happens without a change of status: who does it, and how people read it.
RECORDS = {
    "documents_added": (Party.PROVIDER, "Documenten toegevoegd"),
    "document_refused": (Party.ADVISOR, "Een bestand is geweigerd: er zat een virus in"),
    "counter": (Party.PROVIDER, "Wedervraag gesteld"),
    "reply": (Party.ADVISOR, "Reactie op uw wedervraag"),
    "extend": (Party.ADVISOR, "Meer tijd om te antwoorden"),
    "remind": (Party.ADVISOR, "Herinnering gestuurd"),
    "reconsider_filed": (Party.PROVIDER, "Heroverweging gevraagd"),
    "reconsider_insured": (Party.ADVISOR, "Heroverweging gevraagd door de verzekerde"),
    "reconsider_added": (Party.PROVIDER, "Stukken bij de heroverweging toegevoegd"),
    "reconsider_taken": (Party.ADVISOR, "Heroverweging in behandeling"),
    "reconsider_upheld": (Party.ADVISOR, "Heroverweging: besluit bevestigd"),
    "reconsider_revised": (Party.ADVISOR, "Heroverweging: besluit herzien"),
    "correct": (Party.ADVISOR, "De besluitbrief is hersteld"),
    "change_filed": (Party.PROVIDER, "Wijziging van de machtiging gevraagd"),
    "change_granted": (Party.ADVISOR, "Machtiging gewijzigd"),
    "change_granted_part": (Party.ADVISOR, "Machtiging voor een deel gewijzigd"),
    "change_denied": (Party.ADVISOR, "Wijziging van de machtiging afgewezen"),
    "overleg_offered": (Party.ADVISOR, "Overleg aangeboden"),
    "overleg_booked": (Party.PROVIDER, "Overleg afgesproken"),
    "overleg_declined": (Party.PROVIDER, "Overleg niet aangenomen"),
    "overleg_cancelled": (Party.ADVISOR, "Overleg afgezegd"),
    "overleg_held": (Party.ADVISOR, "Overleg gevoerd"),
    "privacy_given": (Party.PROVIDER, "Privacyverklaring gegeven: geen diagnose meer"),
    "privacy_again": (Party.PROVIDER, "Privacyverklaring opnieuw gegeven"),
    "privacy_withdrawn": (Party.PROVIDER, "Privacyverklaring ingetrokken"),
    "privacy_in_order": (Party.ADVISOR, "Privacyverklaring gecontroleerd: in orde"),
    "privacy_not_in_order": (Party.ADVISOR, "Privacyverklaring gecontroleerd: niet in orde"),
    "new_date": (Party.ADVISOR, "Het besluit is later dan verwacht"),
}
# What only the insurer sees, and what it calls otherwise.
INTERNAL = {
    "assign": "Toegewezen",
    "unassign": "Toewijzing ingetrokken",
    "put_back": "Teruggelegd in de werkvoorraad",
    "take_over": "Overgenomen",
    "reconsider_released": "Heroverweging teruggelegd",
    "change_proposed": "Afwijzing van een wijziging voorgesteld",
    "change_returned": "Voorstel over een wijziging teruggegeven",
    "note": "Notitie",
    "phoned": "Telefoongesprek: geboortedatum en kenmerk of BSN klopten",
    "document_judged": "Document beoordeeld",
    "opinion": "Tweede oordeel gegeven",
    "third": "Derde medisch adviseur aangewezen",
    "reply": "Reactie op de wedervraag",
}
# How the insurer divides its work, and that a second advisor looks, is not for the provider (decisions.md: all of it
# reads "Wordt beoordeeld").
NOT_FOR_PROVIDERS = frozenset({"release", "propose", "return"})


@dataclass(frozen=True)
class Happened:
    """A step that was taken, as people read it."""

    name: str
    at: datetime
    words: str
    by: Party
    person: str = ""
    note: str = ""


def words(name: str) -> tuple[Party, str] | None:
    """Return whose step this is and how people read it, or None for what only the insurer sees."""
    if name in NOT_FOR_PROVIDERS:
        return None
    if name in MOVES:
        return MOVES[name].by, MOVES[name].words
    return RECORDS.get(name)


def insurer_words(name: str) -> str:
    """Return how the insurer reads a step, the internal ones too."""
    if name in INTERNAL:
        return INTERNAL[name]
    if name in MOVES:
        return MOVES[name].words
    _, said = RECORDS.get(name, (None, name))
    return said
