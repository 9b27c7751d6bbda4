"""Hostile PDFs: what hides something, does something, or never ends. `hostile_files` has all the rest."""

import io
import zlib
from collections.abc import Callable
from random import Random

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from portal.virus_scanner import EICAR
from security.samples import Catalogue, words
from tests.papers import makers

CATALOGUE = Catalogue()
hostile = CATALOGUE.add
Change = Callable[[pikepdf.Pdf], object]


def letter(random: Random, change: Change | None = None, **how: object) -> bytes:
    """Return a letter that a stranger changed."""
    content = makers.pdf(random.randint(1, 6), text=words(random), change=change)
    return makers.with_object_streams(content) if how.get("squeezed") else content


def changed(kind: str, change: Change) -> None:
    """Register letters with this change, half of them with their objects squeezed."""
    hostile(kind)(lambda random: letter(random, change, squeezed=random.random() < 0.5))


def action(**entries: object) -> Change:
    """Return a change that puts this action in one of four places, by the number of pages."""

    def change(made: pikepdf.Pdf) -> None:
        does = Dictionary(entries)
        page = made.pages[-1].obj
        link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 99, 99]), A=does)
        places: list[Callable[[], object]] = [
            lambda: setattr(made.Root, "OpenAction", does),
            lambda: setattr(page, "AA", Dictionary(O=does)),
            lambda: setattr(page, "Annots", Array([made.make_indirect(link)])),
            lambda: setattr(made.Root, "OpenAction", Dictionary(S=Name.GoTo, Next=Array([does]))),
        ]
        places[len(made.pages) % len(places)]()

    return change


def annotation(subtype: Name, **entries: object) -> Change:
    """Return a change that puts such a thing on the last page."""

    def change(made: pikepdf.Pdf) -> None:
        thing = Dictionary({"/Type": Name.Annot, "/Subtype": subtype, "/Rect": Array([0, 0, 9, 9]), **entries})
        made.pages[-1].obj.Annots = Array([made.make_indirect(thing)])

    return change


for kind, change in {
    "script bij openen": makers.script_on_open,
    "script in een veld": makers.script_in_a_field,
    "script bij naam": makers.script_by_name,
    "script in een actie": action(**{"/S": Name.JavaScript, "/JS": String("app.launchURL('x')")}),
    "programma starten": action(**{"/S": Name.Launch, "/F": String("cmd.exe")}),
    "programma starten, diep verstopt": makers.deeply_hidden_launch,
    "ander bestand openen": action(**{"/S": Name.GoToR, "/F": String("\\\\elders\\a.pdf"), "/D": Array([0, Name.Fit])}),
    "ingesloten bestand openen": action(**{"/S": Name.GoToE, "/T": Dictionary(R=Name.C)}),
    "formulier versturen": action(**{"/S": Name.SubmitForm, "/F": String("https://elders.example/")}),
    "gegevens inlezen": action(**{"/S": Name.ImportData, "/F": String("a.fdf")}),
    "geluid afspelen": action(**{"/S": Name.Sound}),
    "film afspelen": action(**{"/S": Name.Rendition, "/OP": 0}),
    "site bij openen": makers.opens_a_site,
    "koppeling naar een schijf": makers.link_to_a_disk,
    "koppeling naar een script": action(**{"/S": Name.URI, "/URI": String("javascript:alert(1)")}),
    "koppeling naar een andere computer": action(**{"/S": Name.URI, "/URI": String("\\\\elders\\deel\\a")}),
    "bijlage": makers.attachment,
    "bijlage op de pagina": makers.attachment_on_the_page,
    "film op de pagina": makers.film,
    "scherm op de pagina": annotation(Name.Screen),
    "model in drie dimensies": annotation(Name("/3D")),
    "formulier van Adobe (XFA)": makers.xfa,
    "bytes in een ander bestand": makers.bytes_elsewhere,
    "te diep genest": makers.too_deep,
    "tekening in tekening": makers.drawing_in_drawing,
    "tekening van zichzelf": makers.draws_itself,
    "pagina die opzwelt": makers.page_that_swells,
    "enorm plaatje in een pdf": makers.huge_picture,
    "kapotte pagina": makers.broken_page,
}.items():
    changed(kind, change)


@hostile("PostScript")
def postscript(random: Random) -> bytes:
    def change(made: pikepdf.Pdf) -> None:
        program = made.make_stream(b"(/etc/passwd) (r) file")
        program.stream_dict.update({"/Type": Name.XObject, "/Subtype": Name("/PS")})
        made.pages[0].Resources.XObject = Dictionary(P=program)

    return letter(random, change)


@hostile("lettertype dat opzwelt")
def swelling_font(random: Random) -> bytes:
    def change(made: pikepdf.Pdf) -> None:
        squeeze, block = zlib.compressobj(9), bytes(2**20)
        once = b"".join(squeeze.compress(block) for _ in range(random.randint(110, 160))) + squeeze.flush()
        made.Root.Vreemd = made.make_stream(zlib.compress(once, 9))
        made.Root.Vreemd.Filter = Array([Name.FlateDecode, Name.FlateDecode])

    return letter(random, change)


@hostile("klein plaatje dat opzwelt")
def swelling_picture(random: Random) -> bytes:
    def change(made: pikepdf.Pdf) -> None:
        picture = made.make_stream(zlib.compress(random.randbytes(1_200_000), 0))
        picture.stream_dict.update({"/Type": Name.XObject, "/Subtype": Name.Image, "/Width": 1, "/Height": 1})
        picture.stream_dict.update({"/ColorSpace": Name.DeviceGray, "/BitsPerComponent": 8})
        picture.Filter = Name.FlateDecode
        made.pages[0].Resources.XObject = Dictionary(P=picture)

    content = io.BytesIO()
    with pikepdf.open(io.BytesIO(letter(random, change))) as made:
        made.save(content, deterministic_id=True, compress_streams=False)
    return content.getvalue()


@hostile("ongemeten codering (LZW)")
def unmeasured(random: Random) -> bytes:
    def change(made: pikepdf.Pdf) -> None:
        made.pages[0].Contents = made.make_stream(random.randbytes(random.randint(210_000, 400_000)))
        made.pages[0].Contents.Filter = Name.LZWDecode

    return letter(random, change)


@hostile("vloed van objecten")
def flood(random: Random) -> bytes:
    number = random.randint(151_000, 170_000)
    parts = [b"%PDF-1.5\n", *(b"%d 0 obj[]endobj\n" % count for count in range(4, number))]
    return tabled(parts, first=4)


def tabled(parts: list[bytes], *, first: int) -> bytes:
    """Return a PDF of one empty page with these objects besides."""
    parts += [
        b"1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n",
        b"2 0 obj<</Type/Pages/Count 1/Kids[3 0 R]>>endobj\n",
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\n",
    ]
    places, at = [], 0
    for part in parts:
        places.append(at)
        at += len(part)
    rows = [*places[-3:], *places[1:-3]]
    table = b"xref\n0 %d\n0000000000 65535 f \n" % (len(rows) + 1) + b"".join(b"%010d 00000 n \n" % row for row in rows)
    return b"".join(parts) + table + b"trailer<</Root 1 0 R/Size %d>>\nstartxref\n%d\n%%%%EOF\n" % (len(rows) + 1, at)


@hostile("bladzijden die in een kring staan")
def circle_of_pages(random: Random) -> bytes:
    return letter(random, lambda made: made.Root.Pages.Kids.append(made.Root.Pages))


@hostile("webpagina in een pdf")
def page_in_pdf(random: Random) -> bytes:
    return letter(random, makers.page_of_a_site)


@hostile("tabel die in een kring staat")
def circle_of_tables(random: Random) -> bytes:
    content = makers.updated(letter(random), b"")
    here = content.rindex(b"startxref")
    table = int(content[here:].split()[1])
    before, after = content[:here], content[here:]
    at = before.rindex(b"/Prev ")
    end = before.index(b" >>", at)
    return before[:at] + b"/Prev %d" % table + before[end:] + after


@hostile("script in een latere versie")
def later_script(random: Random) -> bytes:
    return makers.updated(letter(random), b"/OpenAction << /S /J#61v#61Script /JS (%d) >>" % random.randint(0, 99))


@hostile("script in een eerdere versie")
def earlier_script(random: Random) -> bytes:
    return makers.updated(letter(random, makers.script_on_open), b"")


@hostile("te veel versies")
def many_versions(random: Random) -> bytes:
    content = letter(random)
    for _ in range(random.randint(32, 40)):
        content = makers.updated(content, b"")
    return content


@hostile("wachtwoord om te openen")
def password(random: Random) -> bytes:
    return makers.encrypted(user=f"geheim{random.randint(0, 99)}")


@hostile("wachtwoord om te wijzigen")
def protected(random: Random) -> bytes:
    return makers.encrypted(user="", owner=f"eigenaar{random.randint(0, 99)}")


@hostile("te veel pagina's")
def many_pages(random: Random) -> bytes:
    return makers.pdf(random.randint(501, 700))


@hostile("geen pagina's")
def no_pages(random: Random) -> bytes:
    return makers.pdf(0, change=lambda made: setattr(made.Root, "Lang", String(words(random))))


@hostile("afgebroken pdf")
def truncated(random: Random) -> bytes:
    content = letter(random)
    return content[: random.randint(20, len(content) - 40)]


@hostile("tabel op de verkeerde plaats")
def misplaced(random: Random) -> bytes:
    content = letter(random)
    at = content.rindex(b"startxref")
    return content[:at] + b"startxref\n%d\n%%%%EOF\n" % random.randint(20, at - 30)


@hostile("alleen het begin is pdf")
def only_the_start(random: Random) -> bytes:
    return b"%PDF-1.7\n" + random.randbytes(random.randint(10, 5000)) + b"\n%%EOF\n"


@hostile("pdf met een zip erachter")
def pdf_and_zip(random: Random) -> bytes:
    return letter(random) + makers.zipped(f"{random.randint(0, 99)}.exe")


@hostile("pdf met een zip ertussen")
def zip_within_pdf(random: Random) -> bytes:
    content = letter(random)
    archive = makers.zipped(f"{random.randint(0, 99)}.exe")
    table = int(content[content.rindex(b"startxref") :].split()[1])
    ending = b"\nstartxref\n%d\n%%%%EOF\n" % table
    # The length of its comment makes the zip end where the PDF does.
    return content + archive[:-2] + len(ending).to_bytes(2, "little") + ending


@hostile("zip met een pdf erachter")
def zip_and_pdf(random: Random) -> bytes:
    return makers.zipped(f"{random.randint(0, 99)}.exe") + letter(random)


@hostile("pdf met een pdf erachter")
def two_pdfs(random: Random) -> bytes:
    return letter(random) + letter(random)


@hostile("pdf met een webpagina erachter")
def pdf_and_page(random: Random) -> bytes:
    return letter(random) + f"<html><body onload=alert({random.randint(0, 99)})>".encode()


@hostile("pdf na een webpagina")
def page_and_pdf(random: Random) -> bytes:
    return f"<html><!-- {random.randint(0, 99)} ".encode() + letter(random)


@hostile("pdf na een gif")
def gif_and_pdf(random: Random) -> bytes:
    return b"GIF89a;\n" + letter(random)


@hostile("pdf na rommel")
def noise_and_pdf(random: Random) -> bytes:
    return random.randbytes(random.randint(1, 900)) + letter(random)


@hostile("virus in een pdf")
def virus(random: Random) -> bytes:
    return makers.with_a_stream(random.randbytes(random.randint(0, 5000)) + EICAR, squeezed=False)


@hostile("virus, samengeperst in een pdf")
def squeezed_virus(random: Random) -> bytes:
    return makers.with_a_stream(words(random).encode() * 100 + EICAR, squeezed=True)
