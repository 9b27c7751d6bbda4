"""The pictures of the README, made by the stories when SCREENSHOTS=1: they are never of anything but the real thing."""

import os
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pypdfium2
from django.conf import settings
from PIL import Image

FOLDER = Path(settings.BASE_DIR, "docs", "img")


def keep(name: str, make: Callable[[], bytes]) -> None:
    """Keep a picture, small enough for a repository: 256 colours are plenty for a page."""
    if os.environ.get("SCREENSHOTS") == "1":
        FOLDER.mkdir(parents=True, exist_ok=True)
        picture = Image.open(BytesIO(make())).convert("RGB")
        picture.quantize(256, dither=Image.Dither.NONE).save(FOLDER / f"{name}.png", optimize=True)


def keep_first_page(name: str, pdf: bytes) -> None:
    """Keep a picture of the first page of a letter."""

    def draw() -> bytes:
        document = pypdfium2.PdfDocument(BytesIO(pdf))
        drawn = BytesIO()
        document[0].render(scale=1.5).to_pil().save(drawn, "png")
        document.close()
        return drawn.getvalue()

    keep(name, draw)
