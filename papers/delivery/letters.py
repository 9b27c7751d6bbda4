"""
From the frozen text of a letter to its PDF: tagged for screen readers (PDF/UA-1) and fit to keep (PDF/A-3a).

The same text gives the same bytes, so a worker that died after writing and before committing does no harm. An issued
letter is never rendered again.

Bron: security.md section 4.6; stack.md, "Letters".
"""

import hashlib
import os
import posixpath
import re
import threading
from datetime import UTC, datetime
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import weasyprint
from django.contrib.staticfiles import finders
from django.db import transaction
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from weasyprint import CSS, HTML
from weasyprint.css import ColorProfile
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from papers import queries
from papers.delivery import store
from papers.delivery.work import UNTROUBLED, do_next
from papers.domain.states import WorkKind

# An address that leads nowhere: what a letter may use is served from memory, by its place under static/.
HOUSE = "https://brief.invalid/"
STYLESHEET = "css/letter.css"
PICTURES = ("img/merk.svg",)
TYPES = {".woff2": "font/woff2", ".svg": "image/svg+xml", ".png": "image/png", ".css": "text/css"}
VARIANT = {"pdf_variant": "pdf/a-3a", "pdf_tags": True, "output_intent": "paper"}
SRGB = Path(weasyprint.__file__).parent / "pdf" / "sRGB2014.icc"
PAGE = """<!DOCTYPE html>
<html lang="nl">
<head>
<meta charset="utf-8">
<title>{}</title>
<meta name="author" content="Machtigingsportaal">
<meta name="dcterms.created" content="{}">
<meta name="dcterms.modified" content="{}">
</head>
<body>
{}
</body>
</html>
"""
# PDF/A wants to be told what the properties of PDF/UA mean.
UA_MARK = """
<rdf:Description xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" rdf:about=""
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" pdfuaid:part="1"/>
<rdf:Description xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" rdf:about=""
 xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of PDF/UA to which the file conforms</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
"""
for prefix, namespace in {"Extension": "extension/", "Schema": "schema#", "Property": "property#"}.items():
    ElementTree.register_namespace(f"pdfa{prefix}", f"http://www.aiim.org/pdfa/ns/{namespace}")
one_at_a_time = threading.Lock()


class FromOutside(Exception):
    """A letter asks for something that isn't ours: no letter then, rather than one that fetched it or lacks it."""


class Shelf(URLFetcher):
    """What a letter may use: our stylesheet, fonts and logo, from memory. Anything else stops the letter, loudly."""

    def __init__(self, served: dict[str, bytes]) -> None:
        super().__init__(allowed_protocols=("https",), allow_redirects=False)
        self.served = {HOUSE + path: content for path, content in served.items()}
        self.refused: list[str] = []

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        if url not in self.served:
            self.refused.append(url)
            raise FatalURLFetchingError(url)
        kind = TYPES[Path(url).suffix]
        return URLFetcherResponse(url, BytesIO(self.served[url]), {"Content-Type": kind})


class Colors(ColorProfile):
    """
    The colours of sRGB, from the file that WeasyPrint brings: it would open that for each letter and never close it.

    Its `content` is that of the file: the library below writes another order once it has been asked for a name.
    """

    content = SRGB.read_bytes()

    def __init__(self) -> None:
        super().__init__(BytesIO(self.content), SRGB.name, "relative-colorimetric", [["r"], ["g"], ["b"]])


class Press:
    """The stylesheet, fonts and colours, read and parsed once: that is a third of the work of a letter."""

    def __init__(self) -> None:
        # The fonts that are cut from the variable one are dated with the clock, unless this names a moment.
        os.environ.setdefault("SOURCE_DATE_EPOCH", "0")
        style = read_static(STYLESHEET)
        self.shelf = Shelf({path: read_static(path) for path in (*PICTURES, *used_by(style.decode()))})
        self.fonts = FontConfiguration()
        self.style = CSS(
            string=style.decode(), base_url=HOUSE + STYLESHEET, url_fetcher=self.shelf, font_config=self.fonts
        )

        self.colors = Colors()

    def print(self, page: str) -> bytes:
        """
        Return the PDF of a page of HTML.

        :raises FromOutside: when it asks for a picture, font or style that isn't ours
        """
        self.shelf.refused.clear()
        try:
            printed = self.render(page)
        except FatalURLFetchingError:
            # WeasyPrint's own isn't an Exception: it would take the worker with it.
            printed = b""
        if self.shelf.refused:
            # Inside a picture WeasyPrint only mentions it in its log.
            raise FromOutside(", ".join(self.shelf.refused))
        return printed

    def render(self, page: str) -> bytes:
        """Return the PDF as WeasyPrint makes it, with the mark of PDF/UA beside that of PDF/A."""
        html = HTML(string=page, base_url=HOUSE, url_fetcher=self.shelf)
        colors = {"paper": self.colors}
        document = html.render(stylesheets=[self.style], font_config=self.fonts, color_profiles=colors, **VARIANT)
        describe = document.metadata.generate_rdf_metadata

        def describe_for_screen_readers(*arguments: Any) -> bytes:
            described = ElementTree.fromstring(describe(*arguments))  # noqa: S314 (written by WeasyPrint itself)
            described.extend(ElementTree.fromstring(f"<both>{UA_MARK}</both>"))  # noqa: S314
            return ElementTree.tostring(described, encoding="utf-8")

        document.metadata.generate_rdf_metadata = describe_for_screen_readers
        return document.write_pdf(**VARIANT)


@lru_cache(maxsize=1)
def press() -> Press:
    """Return the press of this process."""
    return Press()


def read_static(path: str) -> bytes:
    """Return a file of static/, or say how to get it."""
    found = finders.find(path)
    if not found:
        raise RuntimeError(f"static/{path} ontbreekt. Zonder komt er geen brief. Draai: python scripts/build_css.py")
    return Path(found).read_bytes()


def used_by(style: str) -> set[str]:
    """Return the fonts and pictures that the stylesheet asks for, by their place under static/."""
    asked = re.findall(r"""url\(\s*["']?(?!data:|#)([^"')\s]+)""", style)
    return {posixpath.normpath(posixpath.join(posixpath.dirname(STYLESHEET), path)) for path in asked}


def clean(html: str) -> str:
    """Leave out what no database and no PDF can hold."""
    return "".join(letter for letter in html if letter >= " " or letter in "\n\t")


def pdf(html: str, *, title: str, created_at: datetime) -> bytes:
    """
    Return the PDF of this text. The fonts are shared, so one thread at a time.

    :raises FromOutside: when it asks for a picture, font or style that isn't ours
    """
    moment = created_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    # The text comes from our own templates, which escaped what people wrote.
    page = format_html(PAGE, title, moment, moment, mark_safe(html))  # noqa: S308
    with one_at_a_time:
        return press().print(page)


def issue_next(*, now: datetime) -> bool:
    """Make the PDF of the letter that waits longest; False when none waits."""
    return do_next(WorkKind.LETTER, lambda letter_id: issue(letter_id, now=now), now=now)


@transaction.atomic
def issue(letter_id: int, *, now: datetime) -> None:
    """Make the PDF of a letter and issue it; nothing happens when it is issued already or in the hands of another."""
    undone = queries.letters_to_render().filter(pk=letter_id)
    letter = undone.select_for_update(skip_locked=True, no_key=True).first()
    if letter is None:
        return
    content = pdf(letter.html, title=letter.title, created_at=letter.created_at)
    place = store.place("letters", letter.reference, ".pdf")
    store.write(place, content)
    undone.update(issued_at=now, pdf=place, sha256=hashlib.sha256(content).hexdigest(), size=len(content), **UNTROUBLED)
