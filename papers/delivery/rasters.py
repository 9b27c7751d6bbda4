"""
Draw the pages of a file as pictures and read their text. Runs in the child.

Advisors look at these pictures, so what a stranger made is never opened in their browser.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
from PIL import (
    Image,
    ImageOps,
    WebPImagePlugin,  # noqa: F401 (else the first picture reads every format there is, which takes as long as a page)
)

from papers.domain.files import PDF

WIDTH = 1200
HIGHEST = 3 * WIDTH
LONGEST_TEXT = 100_000
LARGE = 2480
"""How wide a page is drawn to be read: 300 dots per inch on A4, as tesseract wants it."""
SMALL = (160, 480)
"""What a page takes in the row of pages beside a document: small enough to show a hundred of them."""


def draw(source: Path, content_type: str, folder: Path, first: int, last: int) -> Iterator[dict[str, Any]]:
    """Draw these pages into the folder, as `<number>.webp` and small, and give the measures and the text of each."""
    # One page is for who waits for it: a sixth larger, and a third sooner.
    method = 0 if first == last else 2
    pages = draw_pdf(source, first, last) if content_type == PDF else draw_image(source)
    for number, (image, text) in enumerate(pages, start=first):
        image.save(folder / f"{number}.webp", "WEBP", quality=80, method=method)
        small = image.reduce(max(1, image.width // (2 * SMALL[0])))
        small.thumbnail(SMALL)
        small.save(folder / f"{number}-klein.webp", "WEBP", quality=60, method=0)
        yield {"number": number, "width": image.width, "height": image.height, "text": text}


def draw_pdf(source: Path, first: int, last: int) -> Iterator[tuple[Image.Image, str]]:
    """Draw pages of a PDF, with what is filled in on its forms."""
    with pdfium.PdfDocument(source) as pdf:
        pdf.init_forms()
        for index in range(first - 1, min(last, len(pdf))):
            page = pdf[index]
            width, height = page.get_size()
            scale = min(WIDTH / max(width, 1), HIGHEST / max(height, 1))
            image = page.render(scale=scale, may_draw_forms=True).to_pil().convert("RGB")
            yield image, read(page)
            page.close()


def draw_large(source: Path, content_type: str, folder: Path, number: int) -> None:
    """Draw one page grey and large enough to read a scan, as `<number>.png`."""
    if content_type == PDF:
        with pdfium.PdfDocument(source) as pdf:
            width, height = pdf[number - 1].get_size()
            scale = min(LARGE / max(width, 1), 2 * LARGE / max(height, 1))
            image = pdf[number - 1].render(scale=scale, grayscale=True).to_pil()
    else:
        Image.MAX_IMAGE_PIXELS = None
        with Image.open(source, formats=("JPEG", "PNG")) as opened:
            opened.draft("L", (LARGE, 2 * LARGE))
            image = ImageOps.exif_transpose(opened).convert("L")
            image.thumbnail((LARGE, 2 * LARGE))
    image.convert("L").save(folder / f"{number}.png", "PNG", compress_level=1)


def read(page: pdfium.PdfPage) -> str:
    """Return the text of a page, with what no database can keep left out."""
    textpage = page.get_textpage()
    text = textpage.get_text_bounded()
    textpage.close()
    return storable(text)


def storable(text: str) -> str:
    """Return what can be kept of the text of a page."""
    kept = (letter for letter in text[:LONGEST_TEXT].replace("\r\n", "\n") if letter.isprintable() or letter in "\n\t")
    return "".join(kept).strip()


def draw_image(source: Path) -> Iterator[tuple[Image.Image, str]]:
    """Draw a photo or scan upright, on white, no larger than it is."""
    Image.MAX_IMAGE_PIXELS = None
    with Image.open(source, formats=("JPEG", "PNG")) as opened:
        opened.draft("RGB", (2 * WIDTH, 2 * HIGHEST))
        upright = ImageOps.exif_transpose(opened)
        upright.thumbnail((WIDTH, HIGHEST))
        drawn = upright.convert("RGBA")
        page = Image.new("RGB", drawn.size, "white")
        page.paste(drawn, mask=drawn.getchannel("A"))
        yield page, ""
