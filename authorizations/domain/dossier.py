"""
The whole dossier of a request to take along: for whom, what its files are called, and how to check them.

Bron: domain.md section 6 (heroverweging, SKGZ); AVG article 15 (access); feature 33 (the insurer's own stays its own).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from authorizations.domain import words
from authorizations.domain.deadlines import AMSTERDAM
from kit.terms import Term


class DossierPurpose(Term):
    """What a dossier is taken out for; the access log keeps it."""

    SKGZ = "skgz", "Een geschil bij de SKGZ"
    ACCESS = "inzage", "Een inzageverzoek van de verzekerde"
    RECONSIDERATION = "heroverweging", "Een heroverweging"


@dataclass(frozen=True)
class Line:
    """A file of the dossier, as the index names it."""

    name: str
    kind: str
    day: date
    size: int
    sha256: str


COLUMNS = ("bestand", "soort", "datum", "grootte", "sha256")
WHOLE, OWN = "dossier.pdf", "intern/intern.pdf"
EXTENSIONS = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png"}
README = """Dossier van aanvraag {reference}

Gemaakt op {made} door {organization}.
Doel: {purpose}.

Wat zit erin?

dossier.pdf    de aanvraag, de vragen en antwoorden, het besluit met het oordeel per criterium, het verloop,
               en wiens tijd het was
documenten/    de documenten bij de aanvraag, zoals ze zijn ingestuurd
brieven/       de brieven over de aanvraag, zoals ze zijn verstuurd
index.csv      alle bestanden met soort, datum, grootte en vingerafdruk, voor een rekenblad
index.json     hetzelfde, voor een programma
{own}
Zo controleert u of een bestand heel is

In index.csv staat bij elk bestand een vingerafdruk (SHA-256): 64 letters en cijfers. Reken die zelf uit en vergelijk.
Is er 1 letter anders, dan is het bestand niet meer wat wij u gaven. Hoofdletters en kleine letters zijn hier gelijk.

Windows:  open PowerShell in deze map en typ   Get-FileHash -Algorithm SHA256 dossier.pdf
macOS:    open Terminal in deze map en typ     shasum -a 256 dossier.pdf
Linux:    open een terminal in deze map en typ sha256sum dossier.pdf
{missing}"""
OWN_WORDS = """intern/        alleen voor de verzekeraar: interne stappen, notities en voorstellen.
               Geef deze map niet mee aan een ander.
"""


def name_of(folder: str, number: int, kind: str, content_type: str = "application/pdf") -> str:
    """
    Return what a file is called: what kind of document and its number, never a person or what is the matter.

    What the sender called it may hold a name or a diagnosis.
    """
    plain = kind.lower().replace("_", "-").replace(" ", "-")
    return f"{folder}/{number:02d}-{plain}.{EXTENSIONS.get(content_type, 'bin')}"


def readme(
    *,
    reference: str,
    purpose: DossierPurpose,
    organization: str,
    made_at: datetime,
    missing: Sequence[str],
    has_own: bool,
) -> str:
    """Return what somebody reads who opens the dossier: what is in it, how to check it, and what is not in it."""
    local = made_at.astimezone(AMSTERDAM)
    absent = "\nNiet bijgevoegd\n\n" + "".join(f"- {one}\n" for one in missing) if missing else ""
    return README.format(
        reference=reference,
        made=f"{words.day(local.date())}, {local.hour}.{local.minute:02d} uur,",
        organization=organization,
        purpose=purpose.label,
        own=OWN_WORDS if has_own else "",
        missing=absent,
    )
