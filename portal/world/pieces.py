"""Invented letters and reports, as PDF: what a practice would send along."""

from datetime import date
from functools import cache
from html import escape

from django.utils.formats import date_format
from weasyprint import CSS, HTML

from authorizations.domain.terms import DocumentKind

STYLE = """
@page { size: A4; margin: 25mm 24mm; 
  @bottom-center { content: "Verzonnen stuk, alle namen bestaan niet"; font: 8pt serif } }
body { font: 11pt/1.5 serif }
header { border-bottom: 1pt solid #777; margin-bottom: 10mm; padding-bottom: 3mm; font: 9pt/1.4 sans-serif }
header strong { font-size: 14pt } h1 { font-size: 14pt } footer { margin-top: 14mm } .sign { font: italic 20pt serif }
"""

# Per kind of document: practice, profession, name, BIG number, title and what it says.
TEXTS: dict[DocumentKind, tuple[str, str, str, str, str, tuple[str, ...]]] = {
    DocumentKind.VERWIJSBRIEF: (
        "Huisartsenpraktijk De Linde",
        "huisarts",
        "H. van der Linde",
        "89012345601",
        "Verwijzing naar medisch-specialistische revalidatie",
        (
            "Graag verwijs ik deze patiënt voor beoordeling en behandeling in uw centrum. Er is sinds ruim drie jaar "
            "pijn in rug, schouders en benen. De pijn is dagelijks aanwezig en neemt toe.",
            "Er is 22 keer fysiotherapie geweest en daarna waren er 9 gesprekken bij de psycholoog in de eerste lijn. "
            "Het resultaat hield geen drie maanden stand.",
            "In het dagelijks leven zijn er problemen op meer dan een gebied: werk, slaap, bewegen en stemming. Ik "
            "denk dat behandeling door alleen een fysiotherapeut of een psycholoog niet meer genoeg is.",
        ),
    ),
    DocumentKind.HUISARTSENJOURNAAL: (
        "Huisartsenpraktijk De Linde",
        "huisarts",
        "H. van der Linde",
        "89012345601",
        "Uittreksel uit het journaal",
        tuple(
            f"Contact {number}: patiënt meldt aanhoudende klachten. Beleid besproken, controle afgesproken."
            for number in range(1, 14)
        ),
    ),
    DocumentKind.BEHANDELVERSLAG_LICHAMELIJK: (
        "Fysiotherapie Voorbeeld",
        "fysiotherapeut",
        "K. de Wit",
        "49012345603",
        "Eindverslag fysiotherapie",
        (
            "Aantal behandelingen: 22. Frequentie: twee keer per week. Inhoud: oefentherapie en graded activity.",
            "Resultaat: de belastbaarheid nam tijdelijk toe. Drie maanden na het einde waren de beperkingen terug.",
        ),
    ),
    DocumentKind.BEHANDELVERSLAG_PSYCHOSOCIAAL: (
        "Psychologen aan het Plein",
        "gz-psycholoog",
        "F. Bos",
        "59012345604",
        "Eindverslag psychologische behandeling",
        (
            "Aantal gesprekken: 9. Inhoud: cognitieve gedragstherapie, omgaan met pijn.",
            "Resultaat: meer inzicht, maar pijn, stemming en vermijden houden elkaar in stand.",
        ),
    ),
    DocumentKind.BRIEVEN_EERSTE_LIJN: (
        "Ergotherapie Samen",
        "ergotherapeut",
        "J. Prins",
        "69012345605",
        "Brief over de behandeling in de eerste lijn",
        (
            "Indicatie: energie verdelen over de dag. Aantal behandelingen: 6. "
            "Resultaat: onvoldoende voor terugkeer naar werk.",
        ),
    ),
    DocumentKind.BEHANDELPLAN: (
        "Revalidatie De Esdoorn",
        "revalidatiearts",
        "M. Jansen",
        "39000000101",
        "Behandelplan",
        (
            "Doelen: weer vier dagdelen werken, trap lopen zonder rust, beter slapen.",
            "Het team maakte dit plan samen met de patiënt. Evaluatie na zes weken en aan het eind.",
        ),
    ),
    DocumentKind.VRA_INDICATIE: (
        "Revalidatie De Esdoorn",
        "revalidatiearts",
        "M. Jansen",
        "39000000101",
        "Indicatie voor klinische opname volgens de VRA",
        ("De patiënt heeft verpleging nodig gedurende 24 uur per dag. Poliklinische behandeling is niet haalbaar.",),
    ),
    DocumentKind.OVERIG: (
        "Revalidatie De Esdoorn",
        "maatschappelijk werker",
        "N. Bakker",
        "",
        "Aanvullende brief",
        ("Op uw verzoek stuur ik u nadere informatie over de thuissituatie.",),
    ),
}


OF_STAY: dict[DocumentKind, tuple[str, str, str, str, str, tuple[str, ...]]] = {
    DocumentKind.VERWIJSBRIEF: (
        *TEXTS[DocumentKind.VERWIJSBRIEF][:4],
        "Verwijzing naar de gespecialiseerde ggz",
        ("Graag verwijs ik deze patiënt voor opname en behandeling. Behandeling thuis lukt nu niet.",),
    ),
    DocumentKind.BEHANDELPLAN: (
        "GGZ-kliniek De Lariks",
        "psychiater",
        "S. van den Berg",
        "59000000808",
        "Behandelplan bij opname",
        (
            "De opname duurt zestig dagen. In het begin stellen wij de medicatie in, onder dagelijks toezicht.",
            "Daarna volgen gesprekken, alleen en in een groep, en oefent de patiënt met dagen thuis.",
        ),
    ),
}


def name(kind: DocumentKind) -> str:
    """Return a file name as a practice would choose it, without a person in it."""
    return f"{kind.value.replace('_', '-')}.pdf"


@cache
def piece(kind: DocumentKind, on: date, *, of_stay: bool = False) -> bytes:
    """Return an invented document as PDF; those with a stay in the GGZ have words of their own."""
    texts = TEXTS | OF_STAY if of_stay else TEXTS
    practice, profession, author, big, title, paragraphs = texts[kind]
    body = "".join(f"<p>{escape(text)}</p>" for text in paragraphs)
    number = f", BIG-nummer {big}" if big else ""
    html = f"""<html lang="nl"><title>{escape(title)}</title>
    <header><strong>{escape(practice)}</strong><br>Lindelaan 12, 1234 AB Voorbeeldstad<br>
    {date_format(on, "j F Y")}</header><h1>{escape(title)}</h1>{body}
    <footer><p class="sign">{escape(author)}</p><p>{escape(author)}, {profession}{number}</p></footer></html>"""
    made: bytes = HTML(string=html).write_pdf(stylesheets=[CSS(string=STYLE)])
    return made
