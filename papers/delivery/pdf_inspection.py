"""
What is in a PDF: whether it can be read whole, whether it does anything by itself, and whether it stays small.

Runs in the child.
"""

import io
import re
from pathlib import Path
from typing import Any

import pikepdf

from papers.delivery import pdf_weight
from papers.delivery.mixtures import END, Found, is_mixed
from papers.domain.files import MAX_PAGES, PDF

# What makes a PDF more than pages to look at, and how we call it.
ACTIVE_KEYS = {
    "/JS": "script",
    "/JavaScript": "script",
    "/EmbeddedFile": "attachments",
    "/EmbeddedFiles": "attachments",
    "/EF": "attachments",
    "/RichMedia": "attachments",
    "/RichMediaContent": "attachments",
    "/XFA": "form",
}
ACTIVE_KINDS = {
    "/JavaScript": "script",
    "/PS": "script",
    "/Launch": "action",
    "/GoToR": "action",
    "/GoToE": "action",
    "/ImportData": "action",
    "/SubmitForm": "action",
    "/Thread": "action",
    "/Rendition": "attachments",
    "/Movie": "attachments",
    "/Sound": "attachments",
    "/Screen": "attachments",
    "/3D": "attachments",
    "/RichMedia": "attachments",
    "/RichMediaExecute": "attachments",
    "/FileAttachment": "attachments",
    "/EmbeddedFile": "attachments",
}
KINDS_STAND_IN = ("/S", "/Subtype", "/Type")
OPENS_BY_ITSELF = ("/OpenAction", "/AA")
SAFE_SCHEMES = {"http", "https", "mailto", "tel"}
SCHEME = re.compile(r"\s*([a-z][a-z0-9+-]*):", re.IGNORECASE)
DEEPEST = 60
MOST_VERSIONS = 30
DAMAGED = (pikepdf.PdfError, pikepdf.DataDecodingError, ValueError, TypeError, AttributeError, KeyError, RuntimeError)


def inspect(path: Path) -> Found:
    """Read the whole PDF. We don't mend what is broken: the one who has the original can do that better."""
    content = path.read_bytes()
    try:
        with pikepdf.open(path, attempt_recovery=False) as pdf:
            found = read(pdf)
    except pikepdf.PasswordError:
        return {"refused": "password"}
    except (MemoryError, RecursionError, pdf_weight.TooHeavy):
        return {"refused": "too_complex"}
    except DAMAGED:
        return {"refused": "damaged"}
    if "refused" not in found and (earlier := earlier_versions(content)):
        return {"refused": earlier}
    if "refused" not in found and is_mixed(path, content, PDF):
        return {"refused": "mixed"}
    return found


def read(pdf: pikepdf.Pdf) -> Found:
    """Judge a PDF that could be opened."""
    if pdf.is_encrypted:
        return {"refused": "protected"}
    if len(pdf.objects) > pdf_weight.MOST_OBJECTS:
        return {"refused": "too_complex"}
    count = len(pdf.pages)
    if count == 0:
        return {"refused": "no_pages"}
    if count > MAX_PAGES:
        return {"refused": "too_many_pages", "pages": count}
    if active := active_in(pdf):
        return {"refused": active}
    if too_large := pdf_weight.weigh_streams(pdf):
        return too_large
    pdf_weight.read_pages(pdf)
    return {"content_type": PDF, "page_count": count}


def earlier_versions(content: bytes) -> str:
    """
    Return why a version of before an editor's last save is more than something to look at, or nothing.

    A reader that mends or compares files may still come across it.
    """
    ends = [found.end() for found in re.finditer(END, content)][:-1]
    if len(ends) > MOST_VERSIONS:
        return "too_complex"
    for end in ends:
        try:
            with pikepdf.open(io.BytesIO(content[:end]), attempt_recovery=False) as pdf:
                if active := active_in(pdf):
                    return active
        except (pikepdf.PasswordError, *DAMAGED):
            continue  # the first part of a file made for the web isn't a version
        except (MemoryError, RecursionError):
            return "too_complex"
    return ""


def active_in(pdf: pikepdf.Pdf) -> str:
    """Return why a PDF is more than something to look at, or nothing."""
    return next(filter(None, map(active_part, pdf.objects)), "")


def active_part(part: Any, depth: int = 0) -> str:
    """Return why an object of a PDF is more than something to look at, or nothing."""
    if depth > DEEPEST:
        return "too_complex"
    if isinstance(part, pikepdf.Array):
        return next(filter(None, (active_part(item, depth + 1) for item in part if is_nested(item))), "")
    if not isinstance(part, (pikepdf.Dictionary, pikepdf.Stream)):
        return ""
    if isinstance(part, pikepdf.Stream) and "/F" in part:
        return "action"  # its bytes stand in another file
    for key in part.keys():  # noqa: SIM118 (a pikepdf object isn't a mapping to iterate)
        if key in ACTIVE_KEYS:
            return ACTIVE_KEYS[key]
        value = part[key]
        if key in KINDS_STAND_IN and str(value) in ACTIVE_KINDS:
            return ACTIVE_KINDS[str(value)]
        if key == "/URI" and isinstance(value, pikepdf.String) and not is_ordinary_link(str(value)):
            return "action"
        if key in OPENS_BY_ITSELF and goes_outside(value):
            return "action"
        if is_nested(value) and (found := active_part(value, depth + 1)):
            return found
    return ""


def is_nested(value: Any) -> bool:
    """Tell whether a value stands inside its owner; what has a number of its own gets its own turn."""
    return isinstance(value, (pikepdf.Array, pikepdf.Dictionary)) and not value.is_indirect


def is_ordinary_link(address: str) -> bool:
    """Tell whether a link goes to a site, a mailbox or a telephone, and not to a disk or a program."""
    scheme = SCHEME.match(address)
    return scheme[1].lower() in SAFE_SCHEMES if scheme else not address.lstrip().startswith(("\\", "//"))


def goes_outside(action: Any, depth: int = 0) -> bool:
    """Tell whether what happens by itself opens a site; that it shows a page is fine."""
    if depth > DEEPEST or not isinstance(action, pikepdf.Dictionary):
        return False
    following: Any = action.get("/Next", [])
    nested = list(following) if isinstance(following, pikepdf.Array) else [following]
    if "/S" not in action:
        # The events of /AA: each with its own action.
        nested += [action[key] for key in action.keys()]  # noqa: SIM118
    return str(action.get("/S", "")) == "/URI" or any(goes_outside(part, depth + 1) for part in nested)
