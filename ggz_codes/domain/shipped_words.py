"""
Where a fact of the catalogue that ships stands, and what is noted with it, as everybody may read it.

The files cite our own numbers of sources and of lines, and note what whoever made them wondered about. Of that only
what helps a reader is told, in plain words.

Bron: G-15 to G-32; codes.md section 1.
"""

import re

TITLES = {
    "S0": "Zilveren Kruis, “Aanvraag niet-gecontracteerde MSR”",
    "S2": "Zilveren Kruis, “Declareren & machtigen GGZ” (2020)",
}
CITED = re.compile(r'(?P<source>S\d)(?: regel [^"]*?)?(?:, kop "(?P<heading>[^"]+)")?')
ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
NOTES = {
    "Open per 2017-01-01; latere jaren niet gecontroleerd.": (
        "Geldig op 1 januari 2017. Latere jaren zijn niet gecontroleerd."
    ),
    'Bron geeft geen omschrijving achter de code; naam alleen in de kop ("Voorbereiding zorgmachtiging").': (
        "De bron geeft geen omschrijving bij deze code. De naam komt uit de kop erboven."
    ),
    'Naam wijkt af van zorgtype 254 ("Geen behandeling vanwege VMR"); VMR-verblijfscode zelf staat niet in de bron.': (
        "Zorgtype 254 heeft een andere naam: “Geen behandeling vanwege VMR”."
    ),
    "Interval 800-1199 heeft geen beëindigde voorganger in de bron (lacune).": (
        "De bron noemt geen eerdere code voor 800 tot en met 1199 minuten."
    ),
    "is functioneel een vervolg op 303": "Dit zorgtype volgt op zorgtype 303.",
}


def source(cited: str) -> str:
    """Return the names of the sources that are cited, with the heading; what has no number of ours stays as it is."""
    return "; ".join(_named(one) for one in cited.split("; "))


def note(noted: str) -> str:
    """Return what is noted in plain words; nothing for what only matters to who made the list."""
    return NOTES.get(noted, "")


def _named(cited: str) -> str:
    found = CITED.fullmatch(cited)
    if not found or found["source"] not in TITLES:
        return ISO.sub(lambda day: f"{int(day[3])}-{int(day[2])}-{day[1]}", cited)
    under = f", onder “{found['heading']}”" if found["heading"] else ""
    return TITLES[found["source"]] + under
