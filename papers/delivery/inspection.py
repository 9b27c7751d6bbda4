"""
What is really in a file: judged by its bytes and by reading it whole, never by its name. Runs in the child.

Bron: security.md section 4.5 (uploads).
"""

import io
import zipfile
from pathlib import Path
from typing import Any

import pikepdf
from PIL import Image

from papers.domain.files import JPEG, MAX_PAGES, MAX_PIXELS, PDF, PNG

Found = dict[str, Any]

STARTS = [
    (b"%PDF-", PDF),
    (b"\xff\xd8\xff", JPEG),
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
    (b"{\\rtf", "word"),
    (b"GIF8", "image"),
    (b"BM", "image"),
    (b"II*\x00", "image"),
    (b"MM\x00*", "image"),
    (b"MZ", "program"),
    (b"\x7fELF", "program"),
    (b"#!", "program"),
    (b"7z\xbc\xaf\x27\x1c", "zip"),
    (b"Rar!", "zip"),
    (b"\x1f\x8b", "zip"),
    (b"ID3", "media"),
    (b"OggS", "media"),
]
IN_ZIP = [("word/", "word"), ("xl/", "excel"), ("ppt/", "powerpoint"), ("META-INF/manifest.xml", "opendocument")]
IN_OLE = [("WordDocument", "word"), ("Workbook", "excel"), ("PowerPoint Document", "powerpoint")]
IN_OLE += [("__substg1.0", "outlook"), ("EncryptedPackage", "word")]

# What makes a PDF more than pages to look at, and how we call it.
ACTIVE_KEYS = {
    "/JS": "script",
    "/JavaScript": "script",
    "/EmbeddedFile": "attachments",
    "/EmbeddedFiles": "attachments",
    "/EF": "attachments",
    "/RichMedia": "attachments",
    "/XFA": "form",
}
ACTIVE_KINDS = {
    "/JavaScript": "script",
    "/Launch": "action",
    "/GoToR": "action",
    "/GoToE": "action",
    "/ImportData": "action",
    "/SubmitForm": "action",
    "/RichMedia": "attachments",
    "/FileAttachment": "attachments",
    "/EmbeddedFile": "attachments",
}
DEEPEST = 60


def inspect(path: Path) -> Found:
    """Return `content_type` and `page_count`, or the code of the refusal with what its message needs."""
    with path.open("rb") as file:
        start = file.read(4096)
    kind = kind_of(start, path)
    if kind == PDF:
        return inspect_pdf(path)
    if kind in (JPEG, PNG):
        return inspect_image(path, kind)
    return {"refused": "other_kind", "kind": kind} if kind else {"refused": "unknown_kind"}


def kind_of(start: bytes, path: Path) -> str:
    """Return the content type of what we take in, the kind of what people often give instead, or nothing."""
    kind = next((kind for magic, kind in STARTS if start.startswith(magic)), "")
    if kind == "zip":
        return kind_in_zip(path)
    if kind == "ole":
        content = path.read_bytes()
        return next((kind for name, kind in IN_OLE if name.encode("utf-16-le") in content), "")
    if kind:
        return kind
    if start[4:8] == b"ftyp":
        return "heic" if start[8:12] in (b"heic", b"heix", b"mif1", b"msf1", b"heim", b"hevc", b"avif") else "media"
    if start[:4] == b"RIFF":
        return "image" if start[8:12] == b"WEBP" else "media"
    if start[128:132] == b"DICM":
        return "dicom"
    return kind_of_text(start)


def kind_in_zip(path: Path) -> str:
    """Tell the office files, which are zip files inside, from a zip file."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return "zip"
    return next((kind for start, kind in IN_ZIP if any(name.startswith(start) for name in names)), "zip")


def kind_of_text(start: bytes) -> str:
    """Tell text from bytes that we don't know."""
    encoding = "utf-16" if start[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8"
    text = start.decode(encoding, errors="replace").lstrip("\ufeff \r\n\t").lower()
    if text.startswith(("<!doctype html", "<html", "<svg", "<?xml", "<script")):
        return "web"
    if text.startswith(("return-path:", "received:", "mime-version:", "from: ")):
        return "outlook"
    strange = sum(not (letter.isprintable() or letter.isspace()) or letter == "\ufffd" for letter in text)
    return "text" if text and strange <= len(text) // 100 else ""


def inspect_pdf(path: Path) -> Found:
    """Read the whole PDF. We don't mend what is broken: the one who has the original can do that better."""
    try:
        with pikepdf.open(path, attempt_recovery=False) as pdf:
            if pdf.is_encrypted:
                return {"refused": "protected"}
            count = len(pdf.pages)
            if count == 0:
                return {"refused": "no_pages"}
            if count > MAX_PAGES:
                return {"refused": "too_many_pages", "pages": count}
            for page in pdf.pages:
                read_page(page)
            active = next(filter(None, map(active_part, pdf.objects)), "")
            if active:
                return {"refused": active}
    except pikepdf.PasswordError:
        return {"refused": "password"}
    except MemoryError:
        return {"refused": "too_complex"}
    except (pikepdf.PdfError, pikepdf.DataDecodingError, ValueError, TypeError, AttributeError, KeyError, RuntimeError):
        return {"refused": "damaged"}
    return {"content_type": PDF, "page_count": count}


def read_page(page: pikepdf.Page) -> None:
    """Read what is written on a page, whole; pictures are left to whoever draws them."""
    content: Any = page.obj.get("/Contents", [])
    for part in content if isinstance(content, (list, pikepdf.Array)) else [content]:
        part.read_bytes()


def active_part(part: Any, depth: int = 0) -> str:
    """Return why an object of a PDF is more than something to look at, or nothing."""
    if depth > DEEPEST:
        return "too_complex"
    if isinstance(part, pikepdf.Array):
        return next(filter(None, (active_part(item, depth + 1) for item in part if is_nested(item))), "")
    if not isinstance(part, (pikepdf.Dictionary, pikepdf.Stream)):
        return ""
    for key in part.keys():  # noqa: SIM118 (a pikepdf object isn't a mapping to iterate)
        if key in ACTIVE_KEYS:
            return ACTIVE_KEYS[key]
        value = part[key]
        if key in ("/S", "/Subtype", "/Type") and str(value) in ACTIVE_KINDS:
            return ACTIVE_KINDS[str(value)]
        if is_nested(value) and (found := active_part(value, depth + 1)):
            return found
    return ""


def is_nested(value: Any) -> bool:
    """Tell whether a value stands inside its owner; what has a number of its own gets its own turn."""
    return isinstance(value, (pikepdf.Array, pikepdf.Dictionary)) and not value.is_indirect


def inspect_image(path: Path, kind: str) -> Found:
    """Read the whole picture, after a look at its measures: a small file may hold a picture that fills the memory."""
    Image.MAX_IMAGE_PIXELS = None
    try:
        content = io.BytesIO(path.read_bytes())
        with Image.open(content, formats=("JPEG", "PNG")) as image:
            if image.width * image.height > MAX_PIXELS:
                return {"refused": "too_many_pixels", "width": image.width, "height": image.height}
            image.load()
    except MemoryError:
        return {"refused": "too_complex"}
    except (OSError, SyntaxError, ValueError, TypeError, AttributeError, KeyError, IndexError, EOFError):
        return {"refused": "damaged"}
    return {"content_type": kind, "page_count": 1}
