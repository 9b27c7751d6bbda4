"""What is filled in for a patient of the invented world, as it is typed: question by question, step by step."""

from datetime import date, timedelta
from typing import Any

from authorizations.domain.terms import DocumentKind
from portal.world import pieces

Answers = dict[str, Any]
CONSENT = "Op welke datum gaf de patiënt toestemming?"


def patient() -> Answers:
    """Return who it is for."""
    return {
        "BSN": "999996708",
        "Geboortedatum": date(1981, 4, 2),
        "Voorletters": "K.",
        "Achternaam": "Bakker",
        "Straat en huisnummer": "Voorbeeldstraat 8",
        "Postcode": "1234 AB",
        "Woonplaats": "Voorbeeldstad",
    }


def care() -> Answers:
    """Return what is asked, and who treats."""
    return {
        "Voor welke indicatie vraagt u aan?": "Chronische pijn",
        "Waar is de behandeling?": "Poliklinisch",
        "Is er haast?": "Nee",
        "Heeft u een contract met Zilveren Kruis voor deze zorg?": "Nee",
        "Naam": "M. Jansen",
        "BIG-nummer": "39000000101",
        "Wie kunnen wij bellen?": "S. Verhoeven",
        "Telefoonnummer": "010 123 45 67",
    }


def referral(today: date) -> Answers:
    """Return the referral and the complaints."""
    return {
        "Wie heeft de patiënt verwezen?": "Huisarts",
        "Naam van de verwijzer": "H. van der Linde",
        "Datum van de verwijsbrief": today - timedelta(days=20),
        "Wat zijn de klachten?": "Dagelijks pijn in rug, schouders en benen. Werken en slapen lukken niet meer.",
        "Hoelang bestaan de klachten, in maanden?": "41",
        "WPN-niveau": "WPN 3",
    }


def physical(today: date) -> Answers:
    """Return the earlier treatment of the body."""
    return {
        "Voor welke klachten?": "Lichamelijke klachten",
        "Welke behandeling?": "Fysiotherapie",
        "Begonnen op": today - timedelta(days=900),
        "Gestopt op": today - timedelta(days=640),
        "Aantal behandelingen": "22",
        "Hoe vaak en hoelang?": "Twee keer per week een half uur",
        "Wat leverde het op?": "De belastbaarheid nam toe, maar drie maanden later waren de beperkingen terug.",
    }


def psychosocial(today: date) -> Answers:
    """Return the earlier treatment of the mind."""
    return {
        "Voor welke klachten?": "Psychosociale factoren of gedrag",
        "Welke behandeling?": "Psycholoog in de eerste lijn",
        "Begonnen op": today - timedelta(days=600),
        "Gestopt op": today - timedelta(days=430),
        "Aantal behandelingen": "9",
        "Hoe vaak en hoelang?": "Eens per twee weken drie kwartier",
        "Wat leverde het op?": "Meer inzicht, maar angst om te bewegen en somberheid bleven.",
    }


def why() -> Answers:
    """Return why the second line."""
    return {
        "Op welke domeinen heeft de patiënt problemen?": ["Lichamelijk functioneren", "Psychisch functioneren"],
        "Waarom zijn de problemen complex?": "Pijn, stemming en vermijden houden elkaar in stand.",
        "Waarom is zorg van een team onder een revalidatiearts nodig?": "Alleen een team kan dit in samenhang doen.",
        "Hoe gaan de lichamelijke en de psychologische klachten samen?": "Naast de pijn is er angst om te bewegen.",
        "Waarom is zorg in de eerste lijn niet (meer) genoeg?": "De eerste lijn is volledig benut.",
    }


def plan(starts_on: date) -> Answers:
    """Return the treatment that is planned."""
    return {
        "Wanneer begint de behandeling?": starts_on,
        "Wanneer eindigt de behandeling?": starts_on + timedelta(days=98),
        "Wat zijn de doelen van de behandeling?": "Vier dagdelen werken en zes uur slapen.",
        "Heeft het team het behandelplan samen gemaakt, voor deze patiënt?": "Ja",
        "Revalidatiearts": "4",
        "Fysiotherapie": "18",
        "Psychologie": "12",
        "Declaratiecode": "14D838",
    }


def paper(kind: DocumentKind, today: date) -> tuple[str, bytes]:
    """Return a document as a practice sends it: its name and its content."""
    return pieces.name(kind), pieces.piece(kind, today - timedelta(days=10))
