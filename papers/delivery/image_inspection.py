"""What is in a photo or a scan. Runs in the child."""

import io
from pathlib import Path

from PIL import Image

from papers.delivery.mixtures import Found, is_mixed
from papers.domain.files import JPEG, MAX_PIXELS

MAX_SCANS = 100
"""So many times a JPEG may be drawn over: each costs as much as the whole picture."""


def inspect(path: Path, kind: str) -> Found:
    """Read the whole picture, after a look at its measures: a small file may hold a picture that fills the memory."""
    Image.MAX_IMAGE_PIXELS = None
    content = path.read_bytes()
    if kind == JPEG and content.count(b"\xff\xda") > MAX_SCANS:
        return {"refused": "too_complex"}
    try:
        with Image.open(io.BytesIO(content), formats=("JPEG", "PNG")) as image:
            if image.width * image.height > MAX_PIXELS:
                return {"refused": "too_many_pixels", "width": image.width, "height": image.height}
            if getattr(image, "is_animated", False) and kind != JPEG:
                return {"refused": "other_kind", "kind": "animation"}
            image.load()
    except MemoryError:
        return {"refused": "too_complex"}
    except (OSError, SyntaxError, ValueError, TypeError, AttributeError, KeyError, IndexError, EOFError):
        return {"refused": "damaged"}
    if is_mixed(path, content, kind):
        return {"refused": "mixed"}
    return {"content_type": kind, "page_count": 1}
