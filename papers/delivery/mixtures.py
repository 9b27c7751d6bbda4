"""
Find files that are two things at once: what one program shows as a letter, another one runs. Runs in the child.

Bron: security.md section 4.5 (uploads).
"""

import re
from pathlib import Path
from typing import Any

from papers.delivery import archives
from papers.domain.files import PDF, PNG

Found = dict[str, Any]

# Long enough that 25 MB of chance doesn't hold them.
FOREIGN = (
    b"<script",
    b"<!doctype",
    b"<iframe",
    b"<html>",
    b"<html ",
    b"<?php ",
    b"javascript:",
    b"this program cannot be run in dos mode",
    b"rar!\x1a\x07",
    b"7z\xbc\xaf\x27\x1c",
    b"mscf\x00\x00\x00\x00",
)
BLANK = b" \t\r\n\f\0"
HEADER = re.compile(rb"%PDF-\d\.\d[^\r\n]{0,100}[\s\0]+(?:%[^\r\n]{0,1024}[\s\0]+){0,20}(?:\d+\s+\d+\s+obj\b|xref\b)")
END = b"%%EOF"
# After the end of a PDF comes nothing, or what an editor added: objects, a table, a comment.
GOES_ON = re.compile(rb"[\s\0]*(?:\d+\s+\d+\s+obj\b|xref\b|startxref\b|%(?!PDF-))")


def is_mixed(path: Path, content: bytes, kind: str) -> bool:
    """Tell whether there is more in the file than what it says it is."""
    flat = content.lower()
    return (
        any(sign in flat for sign in FOREIGN)
        or bool(archives.names_in(path))
        or {PDF: has_more_than_a_pdf, PNG: has_more_than_a_png}.get(kind, has_a_pdf)(content)
    )


def has_a_pdf(content: bytes) -> bool:
    """Tell whether a reader that looks for a PDF finds one in a picture."""
    return b"%PDF-" in content


def has_more_than_a_pdf(content: bytes) -> bool:
    """Tell whether something stands before the first object, between the versions or after the end."""
    if not HEADER.match(content):
        return True
    *others, last = (found.end() for found in re.finditer(END, content)) if END in content else (len(content),)
    return bool(content[last:].strip(BLANK)) or not all(GOES_ON.match(content, end) for end in others)


def has_more_than_a_png(content: bytes) -> bool:
    """Tell whether something stands after the last part of a PNG; what was cut off a picture may still be there."""
    position = 8
    while position + 8 <= len(content):
        length, kind = int.from_bytes(content[position : position + 4]), content[position + 4 : position + 8]
        position += length + 12
        if kind == b"IEND":
            return bool(content[position:].strip(BLANK)) or has_a_pdf(content)
    return False
