"""
How large a PDF becomes when somebody opens it: a few kilobytes can unfold into gigabytes. Runs in the child.

Bron: security.md section 4.5 (decoded bytes); pictures are measured by what they declare, and left to who draws them.
"""

import re
import zlib
from typing import Any

import pikepdf

from papers.delivery.mixtures import Found
from papers.domain.files import MEGABYTE

MOST_OBJECTS = 150_000
MOST_DECODED = 100 * MEGABYTE
"""Of everything that isn't a picture: text, drawings, fonts."""
MOST_OF_A_PICTURE = 256 * MEGABYTE
"""A3 in colour at 600 dots per inch is 208 MB."""
MOST_UNMEASURED = 200 * 1024
"""So much may stand in a coding that we don't measure ourselves (LZW unfolds a thousand times)."""
MOST_FILTERS = 3
MOST_DRAWN = 100_000
"""So many drawings within drawings a page may hold."""
DEEPEST = 30
PIECE = MEGABYTE
DRAWS = re.compile(rb"/([^\s/\[\]<>(){}%]+)\s+Do\b")
ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
COMPONENTS = {"/DeviceGray": 1, "/CalGray": 1, "/Indexed": 1, "/DeviceRGB": 3, "/CalRGB": 3, "/DeviceCMYK": 4}


class TooHeavy(Exception):
    """It unfolds into more than we want to hold or draw."""


def weigh_streams(pdf: pikepdf.Pdf) -> Found:
    """
    Return the refusal of a picture that is too large, or nothing.

    :raises TooHeavy: when all the rest becomes too much
    """
    room = MOST_DECODED
    for part in pdf.objects:
        if not isinstance(part, pikepdf.Stream):
            continue
        if str(part.get("/Subtype", "")) == "/Image":
            width, height = int(part.get("/Width", 0)), int(part.get("/Height", 0))
            decoded = width * height * bits_of(part) // 8
            if decoded > MOST_OF_A_PICTURE:
                return {"refused": "too_many_pixels", "width": width, "height": height}
            if filters_of(part) == ["/FlateDecode"] and len(part.read_raw_bytes()) > decoded * 1.1 + MEGABYTE:
                raise TooHeavy
        else:
            room -= decoded_size(part, room)
    return {}


def bits_of(picture: Any) -> int:
    """Return how many bits a dot of this picture takes; when that isn't plain: as in four colours."""
    if picture.get("/ImageMask", False):
        return 1
    space: Any = picture.get("/ColorSpace", "")
    name = str(space[0]) if isinstance(space, pikepdf.Array) and len(space) else str(space)
    return int(picture.get("/BitsPerComponent", 8)) * COMPONENTS.get(name, 4 if not name else 3)


def filters_of(stream: Any) -> list[str]:
    """Return how the bytes of a stream are coded, outermost first."""
    filters: Any = stream.get("/Filter", [])
    return [str(name) for name in filters] if isinstance(filters, pikepdf.Array) else [str(filters)]


def decoded_size(stream: Any, room: int) -> int:
    """
    Return how many bytes a stream becomes, without ever holding them all.

    :raises TooHeavy: as soon as it is more than there is room for
    """
    filters, content = filters_of(stream), stream.read_raw_bytes()
    if len(filters) > MOST_FILTERS:
        raise TooHeavy
    if set(filters) - {"/FlateDecode", "/Fl"}:
        if len(content) > MOST_UNMEASURED and set(filters) & {"/LZWDecode", "/LZW", "/RunLengthDecode", "/RL"}:
            raise TooHeavy
        return len(content)
    for number in range(len(filters), 0, -1):
        size, content = inflated(content, room, keep=number > 1)
    return size if filters else len(content)


def inflated(content: bytes, room: int, *, keep: bool) -> tuple[int, bytes]:
    """Return how much these bytes become and, when wanted, what; what is broken ends where it breaks."""
    engine, size, kept = zlib.decompressobj(), 0, []
    while content:
        try:
            piece = engine.decompress(content, PIECE)
        except zlib.error:
            break
        size += len(piece)
        if size > room:
            raise TooHeavy
        if keep:
            kept.append(piece)
        if not piece and engine.eof:
            break
        content = engine.unconsumed_tail
    return size, b"".join(kept)


def read_pages(pdf: pikepdf.Pdf) -> None:
    """
    Read what is written on each page, whole, and count the drawings that it draws within drawings.

    :raises TooHeavy: when there are too many
    """
    known: dict[tuple[int, int], int] = {}
    for page in pdf.pages:
        content: Any = page.obj.get("/Contents", [])
        parts = content if isinstance(content, (list, pikepdf.Array)) else [content]
        written = b"\n".join(part.read_bytes() for part in parts)
        if drawn_in(written, page.resources if b" Do" in written else None, known, 0) > MOST_DRAWN:
            raise TooHeavy


def drawn_in(written: bytes, resources: Any, known: dict[tuple[int, int], int], depth: int) -> int:
    """Return how many drawings this text draws, with all that those draw."""
    if depth > DEEPEST:
        raise TooHeavy
    forms: Any = resources.get("/XObject", {}) if resources is not None else {}
    total = 0
    for found in DRAWS.finditer(written):
        name = "/" + ESCAPED.sub(lambda code: bytes([int(code[1], 16)]), found[1]).decode("latin-1")
        form = forms.get(name)
        total += 1 + (weight_of(form, resources, known, depth) if form is not None else 0)
        if total > MOST_DRAWN:
            raise TooHeavy
    return total


def weight_of(form: Any, resources: Any, known: dict[tuple[int, int], int], depth: int) -> int:
    """Return how many drawings stand within this one."""
    if str(form.get("/Subtype", "")) != "/Form":
        return 0
    if form.objgen not in known:
        # One that draws itself has no end; readers stop it each in their own way.
        known[form.objgen] = MOST_DRAWN + 1
        known[form.objgen] = drawn_in(form.read_bytes(), form.get("/Resources", resources), known, depth + 1)
    return known[form.objgen]
