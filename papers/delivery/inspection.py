"""
What is really in a file: judged by its bytes and by reading it whole, never by its name. Runs in the child.

Bron: security.md section 4.5 (uploads).
"""

from pathlib import Path

from papers.delivery import archives, image_inspection, pdf_inspection
from papers.delivery.mixtures import Found
from papers.domain.files import JPEG, PDF, PNG

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


def inspect(path: Path) -> Found:
    """Return `content_type` and `page_count`, or the code of the refusal with what its message needs."""
    with path.open("rb") as file:
        start = file.read(4096)
    kind = kind_of(start, path)
    if kind == PDF:
        return pdf_inspection.inspect(path)
    if kind in (JPEG, PNG):
        return image_inspection.inspect(path, kind)
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
    names = archives.names_in(path)
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
