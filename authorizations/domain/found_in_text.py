"""
What the text of a document seems to say about itself: BIG number, date, profession and who signed.

It proposes, a person decides: text of a scan has mistakes, and a number on paper may be somebody else's.

Bron: Z-21 (Zilveren Kruis, information 6: ondertekening, beroep, BIG-nummer, datum); R-31.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from authorizations.domain.terms import Feature, FeatureAnswer
from kit.dates import NAMES, day

LONGEST_SIGNATURE = 4
"""Lines of a signature: a name, a profession, a number, and one more."""
OLDEST = date(2000, 1, 1)
LABELLED_BIG = re.compile(r"\bBIG\b[^\d\n]{0,30}((?:\d[ .-]?){10}\d)(?!\d)", re.IGNORECASE)
DATE = re.compile(
    r"\b(\d{1,2})(?:\s*[-/.]\s*(\d{1,2})\s*[-/.]\s*|\s+(" + "|".join(NAMES) + r")\s+)(\d{4})\b", re.IGNORECASE
)
OF_BIRTH = re.compile(r"(geb\.?|geboren|geboortedatum|geb\.? ?datum)\D{0,15}$", re.IGNORECASE)
OF_LETTER = re.compile(r"(datum|dagtekening|, (?:d\.d\.)?)\s*:?\s*$", re.IGNORECASE)
# The longer words first: a gz-psycholoog is no psycholoog.
PROFESSIONS = (
    "revalidatiearts", "gezondheidszorgpsycholoog", "gz-psycholoog", "klinisch psycholoog", "psycholoog",
    "fysiotherapeut", "ergotherapeut", "oefentherapeut", "logopedist", "huisarts", "bedrijfsarts", "verzekeringsarts",
    "anesthesioloog", "pijnspecialist", "neuroloog", "orthopedisch chirurg", "orthopeed", "reumatoloog", "psychiater",
    "internist", "maatschappelijk werker", "diëtist", "verpleegkundig specialist", "physician assistant",
)  # fmt: skip
CLOSING = re.compile(
    r"^\W*(met (?:vriendelijke|collegiale|hartelijke) groet(?:en)?|hoogachtend|(?:digitaal |elektronisch )?ondertekend"
    r"(?: door)?|handtekening|w\.g\.|namens)(?!\w)[\s,:.]*(.*)$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Found:
    """What seems to stand there, in the form in which a form keeps it, and on which page."""

    feature: Feature
    value: str
    page: int


def look(pages: Iterable[tuple[int, str]]) -> list[Found]:
    """Return what the pages seem to say, of each feature the first one."""
    pages = list(pages)
    found: list[Found] = []
    for feature, seek in SEEK.items():
        hit = next(((page, value) for page, text in pages if (value := seek(text))), None)
        if hit:
            found.append(Found(feature, hit[1], hit[0]))
    return found


def big_number(text: str) -> str:
    """Return the first number of eleven digits that is called a BIG number, or nothing."""
    hit = LABELLED_BIG.search(text)
    return re.sub(r"\D", "", hit.group(1)) if hit else ""


def dated(text: str) -> str:
    """Return the date as 2026-11-30, or nothing: the one that is called so, else the first; never a birth."""
    first = ""
    for hit in DATE.finditer(text):
        before = text[: hit.start()]
        if OF_BIRTH.search(before):
            continue
        day, month, word, year = hit.groups()
        try:
            found = date(int(year), int(month) if month else NAMES.index(word.lower()) + 1, int(day))
        except ValueError:
            continue
        if found < OLDEST:
            continue
        if OF_LETTER.search(before):
            return found.isoformat()
        first = first or found.isoformat()
    return first


def profession(text: str) -> str:
    """Return the profession of who signs, or the first that is named, or nothing."""
    for part in (_signed_block(text), text):
        lowered = part.lower()
        places = [(lowered.find(word), -len(word), word) for word in PROFESSIONS if word in lowered]
        if places:
            return min(places)[2]
    return ""


def signed(text: str) -> str:
    """Return the lines under which somebody put a name, or nothing."""
    return _signed_block(text)


SEEK = {
    Feature.BIG_NUMBER: big_number,
    Feature.DATED: dated,
    Feature.PROFESSION: profession,
    Feature.SIGNED: signed,
}


def _signed_block(text: str) -> str:
    lines = [line.strip() for line in text.splitlines()]
    for number, line in enumerate(lines):
        if hit := CLOSING.match(line):
            following = [hit.group(2).strip(), *lines[number + 1 :]]
            block = [one for one in following if one][:LONGEST_SIGNATURE]
            if block:
                return "\n".join(block)
    return ""


def contradictions(
    found: Iterable[Found],
    features: Mapping[Feature, FeatureAnswer],
    dated_on: date | None,
    big_number: str = "",
) -> list[str]:
    """
    Return where the text and what was filled in say something else: a signal, never an obstacle.

    `big_number` is the one of the revalidatiearts in the request.
    """
    said = []
    for one in found:
        if features.get(one.feature) is FeatureAnswer.NO:
            said.append(f"{one.feature.label}: ingevuld is “nee”, maar wij lezen op pagina {one.page}: {words(one)}.")
        if one.feature is Feature.DATED and dated_on and date.fromisoformat(one.value) != dated_on:
            said.append(f"Datum: ingevuld is {day(dated_on)}, maar wij lezen op pagina {one.page}: {words(one)}.")
        if (
            one.feature is Feature.BIG_NUMBER
            and big_number
            and one.value != big_number
            and _nearly(one.value, big_number)
        ):
            said.append(
                f"BIG-nummer: wij lezen op pagina {one.page} {one.value}. In de aanvraag staat {big_number}. "
                "Dat scheelt 1 of 2 cijfers."
            )
    return said


def words(found: Found) -> str:
    """Say what was found to people."""
    if found.feature is Feature.DATED:
        return day(date.fromisoformat(found.value))
    return ", ".join(found.value.splitlines())


def _nearly(one: str, other: str) -> bool:
    """Tell whether two numbers differ in one or two digits: then they are meant to be the same."""
    return len(one) == len(other) and sum(a != b for a, b in zip(one, other, strict=True)) <= 2
