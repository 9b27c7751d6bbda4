"""The insurer's own standard texts for a decision: where they go, and how one is put in. Bron: features.md row 55."""

from authorizations.domain import readability
from authorizations.domain.obstacles import Obstacle
from kit.terms import Term


class Place(Term):
    """Where in the letter a standard text goes: the field of the decision that it is put into."""

    SUMMARY = "summary", "Motivering van het besluit"
    NOT_GRANTED = "not_granted", "Wat niet is toegekend, en waarom"
    INDICATION_WEIGHED = "indication_weighed", "Hoe de indicatie is gewogen"
    NEXT_STEP = "next_step", "Wat de zorgaanbieder nu kan doen"
    CONDITIONS = "conditions", "Voorwaarden"


def put_in(typed: str, text: str) -> str:
    """Return what was typed with this text after it; what stands there already isn't put in twice."""
    if text.strip() in typed:
        return typed
    return f"{typed.rstrip()}\n\n{text.strip()}".strip()


def obstacles(title: str, text: str) -> list[Obstacle]:
    """Return what a standard text still lacks: a name, and words that people can read."""
    found = [] if title.strip() else [Obstacle("title_missing", "Geef de alinea een titel.", field="title")]
    if not text.strip():
        found.append(Obstacle("text_missing", "Schrijf de tekst.", field="text"))
    elif hard := readability.too_long(text):
        found.append(Obstacle("text_too_long", hard.message, field="text"))
    return found
