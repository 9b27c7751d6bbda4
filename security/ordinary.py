"""
Ordinary files as people send them, by what made them.

LibreOffice, Word and Ghostscript aren't here: they are no packages of ours.
"""

import io
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import pikepdf
from fpdf import FPDF
from pikepdf import Array, Dictionary, Name, String
from PIL import Image, ImageDraw
from playwright.sync_api import Browser, sync_playwright
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen import canvas
from weasyprint import HTML

from security.samples import Sample, words
from tests.papers import makers

Make = Callable[[Random, int], bytes]
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")


def page(random: Random) -> str:
    """Return a letter as a web page."""
    rows = "".join(f"<tr><td>{words(random)}<td>{random.randint(0, 99)}" for _ in range(random.randint(1, 60)))
    links = '<a href="https://esdoorn.example/">site</a> <a href="mailto:post@esdoorn.example">post</a>'
    dot = '<svg width="9" height="9" xmlns="http://www.w3.org/2000/svg"><circle cx="4" cy="4" r="4"/></svg>'
    text = "".join(f"<h2 id=k{n}>{words(random)}</h2><p>{words(random) * 20}</p>" for n in range(random.randint(1, 9)))
    return (
        f"<html lang=nl><title>{words(random)}</title><h1>Verslag</h1>{links}{dot}<table>{rows}</table>"
        f"{text}<p><a href='#k0'>terug</a></p></html>"
    )


def weasyprint(random: Random, number: int) -> bytes:
    """What our own letters are made with."""
    variant = (None, "pdf/ua-1", "pdf/a-2b", "pdf/a-3u")[number % 4]
    made = HTML(string=page(random)).write_pdf(pdf_variant=variant, uncompressed_pdf=number % 5 == 4)
    return bytes(made)


def chromium(seed: int, number: int) -> Iterator[Sample]:
    """Print in the browser that most people have, all at once: it doesn't run beside the database."""
    found = next(filter(None, map(shutil.which, CHROMIUM)), None)
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=found, args=["--no-sandbox"])
        printed = printed_by(browser, seed, number)
        browser.close()
    yield from printed


def printed_by(browser: Browser, seed: int, number: int) -> list[Sample]:
    """Print in a browser that is there already: there is one at a time in a process."""
    tab, printed = browser.new_page(), []
    for count in range(number):
        tab.set_content(page(Random(f"{seed} chromium {count}")))
        content = tab.pdf(format="A4", print_background=True, outline=count % 2 == 1, tagged=count % 3 > 0)
        printed.append(Sample("chromium", f"chromium {count}.pdf", content))
    tab.close()
    return printed


def fpdf(random: Random, number: int) -> bytes:
    """A small library that many systems use."""
    made = FPDF()
    made.set_compression(number % 3 > 0)
    made.set_title(words(random))
    for _ in range(random.randint(1, 12)):
        made.add_page()
        made.set_font("Helvetica", size=12)
        made.multi_cell(0, 8, words(random) * 30)
        made.cell(0, 8, "site", link="https://esdoorn.example/")
    if number % 2:
        made.set_display_mode("fullpage", "continuous")
        made.image(scan(random, "L"), w=100)
    return bytes(made.output())


def reportlab(random: Random, number: int) -> bytes:
    """What many hospitals print reports with."""
    stream = io.BytesIO()
    paper = canvas.Canvas(stream, pagesize=A4, pageCompression=number % 2)
    for count in range(random.randint(1, 12)):
        paper.bookmarkPage(f"p{count}")
        paper.addOutlineEntry(words(random), f"p{count}")
        paper.drawString(72, 720, words(random))
        paper.linkURL("https://esdoorn.example/", (72, 700, 200, 715))
        if number % 3 == 0:
            paper.acroForm.textfield(name=f"veld{count}", value=words(random), x=72, y=600, width=200, height=20)
            paper.acroForm.checkbox(name=f"vink{count}", checked=True, x=72, y=560)
        paper.showPage()
    paper.save()
    return stream.getvalue()


def pike(random: Random, number: int) -> bytes:
    """Loose PDFs, with what word processors put in them."""
    changes = (None, makers.first_page_action, makers.link_to_a_site, makers.filled_in_form, shows_first_page)
    content = makers.pdf(random.randint(1, 80), text=words(random), change=changes[number % len(changes)])
    if number % 3 == 1:
        return makers.with_object_streams(content)
    if number % 3 == 2:
        return makers.updated(makers.updated(content, b"/PageMode /UseNone"), b"/PageMode /UseOutlines")
    return content + random.choice((b"", b"\n", b"\r\n", b"\0" * 20))


def shows_first_page(made: pikepdf.Pdf) -> None:
    """What Acrobat writes: go to a page, by an action rather than a place."""
    goes = Dictionary(S=Name.GoTo, D=Array([made.pages[0].obj, Name.XYZ, None, None, 1]))
    made.Root.OpenAction = made.make_indirect(goes)
    made.pages[0].obj.AA = Dictionary(O=Dictionary(S=Name.Named, N=Name.FirstPage))
    made.docinfo["/Title"] = String("Verslag, vertrouwelijk")


def scanner(random: Random, number: int) -> bytes:
    """Scans: every page one picture."""
    stream = io.BytesIO()
    mode = ("1", "L", "RGB", "CMYK")[number % 4]
    first, *others = [scan(random, mode) for _ in range(random.randint(1, 4))]
    first.save(stream, "PDF", resolution=150, save_all=True, append_images=others)
    return stream.getvalue()


def qpdf(random: Random, number: int) -> bytes:
    """What other tools do to a PDF afterwards."""
    ways = (["--linearize"], ["--object-streams=generate"], ["--qdf"], ["--compress-streams=y", "--recompress-flate"])
    content = (pike, reportlab, scanner, fpdf)[number % 4](random, number)
    if not shutil.which("qpdf"):
        with pikepdf.open(io.BytesIO(content)) as made:
            return makers.saved(made, linearize=number % 2 == 0)
    with tempfile.TemporaryDirectory() as folder:
        before, after = Path(folder, "a.pdf"), Path(folder, "b.pdf")
        before.write_bytes(content)
        subprocess.run(["qpdf", *ways[number // 4 % 4], before, after], check=True)
        return after.read_bytes()


def photo(random: Random, number: int) -> bytes:
    """Photos, as telephones and programs write them."""
    stream, picture = io.BytesIO(), scan(random, ("RGB", "L", "CMYK")[number % 3])
    about = Image.Exif()
    about[0x0112], about[0x010F] = random.randint(1, 8), "Telefoon"
    about.get_ifd(0x8825).update({1: "N", 2: (52.0, 5.0, 0.0)})
    how: dict[str, object] = {"exif": about} if number % 2 else {"progressive": True, "optimize": True}
    if number % 5 == 4:
        how["xmp"] = b'<?xpacket begin=""?><x:xmpmeta xmlns:x="adobe:ns:meta/"></x:xmpmeta><?xpacket end="w"?>'
    picture.save(stream, "JPEG", quality=random.randint(60, 95), **how)
    if number % 6 == 5:
        # A telephone keeps a small one behind the large one.
        return stream.getvalue() + makers.image("JPEG", size=(320, 240))
    return stream.getvalue()


def drawing(random: Random, number: int) -> bytes:
    """Pictures of a screen or a scan."""
    stream, mode = io.BytesIO(), ("1", "L", "LA", "P", "RGB", "RGBA", "I;16")[number % 7]
    picture = Image.new("I;16", (300, 400), 30_000) if mode == "I;16" else scan(random, "RGB").convert(mode)
    picture.save(stream, "PNG", dpi=(150, 150), optimize=number % 2 == 0)
    return stream.getvalue()


def scan(random: Random, mode: str) -> Image.Image:
    """Return a page under a scanner: text, and the noise of paper."""
    size = (random.randint(400, 900), random.randint(500, 1200))
    noise = Image.frombytes("L", size, random.randbytes(size[0] * size[1])).point(lambda dot: 225 + dot // 9)
    for line in range(random.randint(3, 20)):
        ImageDraw.Draw(noise).text((40, 40 + 24 * line), words(random), fill=20)
    return noise.convert("RGB").convert(mode)


NUMBERS = {weasyprint: 40, fpdf: 40, reportlab: 40, pike: 40, scanner: 30, qpdf: 30, photo: 30, drawing: 20}


def samples(seed: int, *, quick: bool) -> Iterator[Sample]:
    """Make the files: 300, or two by each producer."""
    yield from chromium(seed, 2 if quick else 30)
    for make, number in NUMBERS.items():
        yield from made_by(make, 2 if quick else number, seed=seed)


def made_by(make: Make, number: int, *, seed: int) -> Iterator[Sample]:
    """Make so many files in one way."""
    kind = make.__name__
    extension = {"photo": ".jpg", "drawing": ".png"}.get(kind, ".pdf")
    for count in range(number):
        random = Random(f"{seed} {kind} {count}")
        yield Sample(kind, f"{kind} {count}{extension}", make(random, count))
