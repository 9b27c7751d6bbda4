"""What we take in, how we call it, and what we say when we don't take it."""

import math

from kit import text

MEGABYTE = 1024 * 1024
MAX_BYTES = 25 * MEGABYTE
MAX_PAGES = 500
MAX_PIXELS = 40_000_000
NAME_LENGTH = 200

PDF, JPEG, PNG = "application/pdf", "image/jpeg", "image/png"
EXTENSIONS = {PDF: (".pdf",), JPEG: (".jpg", ".jpeg"), PNG: (".png",)}

AGAIN = "Bewaar het als pdf en kies het opnieuw."
PRINT_AGAIN = "Druk het af naar een nieuwe pdf en kies die."
# What people give us instead, and how to make it something we can read. Bron: ux.md section 6, errors 23 to 27.
OTHER_KINDS = {
    "word": ("een Word-bestand", AGAIN),
    "excel": ("een Excel-bestand", AGAIN),
    "powerpoint": ("een PowerPoint-bestand", AGAIN),
    "opendocument": ("een OpenDocument-bestand", AGAIN),
    "outlook": ("een e-mail", AGAIN),
    "text": ("een tekstbestand", AGAIN),
    "web": ("een webpagina", AGAIN),
    "zip": ("een zip-bestand", "Pak het uit en kies de bestanden zelf."),
    "heic": ("een foto van een iPhone (HEIC)", "Bewaar de foto als jpg en kies die."),
    "image": ("een afbeelding die wij niet kunnen lezen", "Bewaar die als jpg of png en kies die."),
    "animation": ("een bewegende afbeelding", "Bewaar die als jpg en kies die."),
    "dicom": ("een medisch beeld (DICOM)", "Bewaar het als pdf of jpg en kies dat."),
    "media": ("een film of geluid", "Dat kunnen wij niet aannemen."),
    "program": ("een programma", "Dat nemen wij niet aan."),
}
REFUSALS = {
    "empty": "{name} is leeg. Kijk of het goed bewaard is en kies het opnieuw.",
    "too_big": "{name} is {size}. Het mag maximaal {limit} zijn. Maak het kleiner of splits het.",
    "too_big_unknown": "{name} is te groot. Het mag maximaal {limit} zijn. Maak het kleiner of splits het.",
    "interrupted": "{name} is niet helemaal aangekomen. Controleer uw verbinding en probeer het opnieuw.",
    "not_stored": "{name} is niet bewaard, door een storing bij ons. Probeer het over een paar minuten opnieuw.",
    "other_kind": "{name} is {kind}. {advice}",
    "unknown_kind": "Wij herkennen de inhoud van {name} niet. Bewaar het als pdf, jpg of png en kies het opnieuw.",
    "password": "{name} heeft een wachtwoord. Bewaar het zonder wachtwoord en kies het opnieuw.",
    "protected": "{name} is beveiligd. " + PRINT_AGAIN,
    "damaged": "{name} is beschadigd of niet compleet. Maak of scan het opnieuw en kies het nieuwe bestand.",
    "no_pages": "{name} heeft geen pagina's. Maak of scan het opnieuw en kies het nieuwe bestand.",
    "too_many_pages": f"{{name}} heeft {{pages}} pagina's. Het mogen er maximaal {MAX_PAGES} zijn. Splits het.",
    "script": "In {name} zit een script. " + PRINT_AGAIN,
    "action": "In {name} zit een opdracht die een programma of een ander bestand opent. " + PRINT_AGAIN,
    "mixed": "{name} is nog iets anders dan wat het lijkt. " + PRINT_AGAIN,
    "attachments": "In {name} zitten andere bestanden. Kies die bestanden zelf, en druk {name} af naar een nieuwe pdf.",
    "form": "{name} is een formulier dat alleen in Adobe Reader werkt. " + PRINT_AGAIN,
    "too_many_pixels": "{name} is te groot: {width} bij {height} beeldpunten. Maak het kleiner en kies het opnieuw.",
    "too_complex": "{name} is te ingewikkeld om te openen. " + PRINT_AGAIN,
    # Bron: ux.md section 6, error 26.
    "virus": "In {name} zit een virus. Wij hebben het niet bewaard.",
}


class Refused(Exception):
    """A file that we don't keep. `message` is for people, `code` for programs."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


def refused(code: str, name: str, **values: object) -> Refused:
    """Return the refusal of the file with this (safe) name, in words that tell how to mend it."""
    return Refused(code, REFUSALS[code].format(name=f'"{shortened(name, 60)}"', **values))


def too_big(name: str, *, size: int | None, limit: int) -> Refused:
    """Return the refusal of a file over the limit, with its size when that is known: who takes it in stops counting."""
    if size is None or size <= limit + 1:
        return Refused("too_big", refused("too_big_unknown", name, limit=megabytes(limit)).message)
    return refused("too_big", name, size=megabytes(size), limit=megabytes(limit))


def megabytes(size: int) -> str:
    """Return a size for people, rounded up: a file over the limit never seems to fit."""
    tenths = math.ceil(size * 10 / MEGABYTE)
    whole, tenth = divmod(tenths, 10)
    return f"{whole} MB" if tenth == 0 or whole >= 30 else f"{whole},{tenth} MB"


def safe_name(name: str) -> str:
    """Return the name as people know it: no folders, no invisible or controlling characters, at most 200 long."""
    flat = text.tidy(text.storable(name)).replace("\\", "/")
    last = next((part for part in reversed(flat.split("/")) if part.strip(" .")), "")
    return shortened(" ".join(last.split()).strip(". ") or "bestand", NAME_LENGTH)


def shortened(name: str, length: int) -> str:
    """Return a name of at most this length that keeps its extension."""
    if len(name) <= length:
        return name
    stem, dot, extension = name.rpartition(".")
    if not dot or len(extension) > 10:
        return name[: length - 1] + "…"
    return f"{stem[: length - len(extension) - 2]}….{extension}"


def download_name(name: str, content_type: str) -> str:
    """Return the name for the copy that people take home: its extension tells what is really in it."""
    extensions = EXTENSIONS.get(content_type, ())
    if not extensions or name.lower().endswith(extensions):
        return name
    return name + extensions[0]
