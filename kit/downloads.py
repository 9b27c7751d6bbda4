"""
Hand out a file from the private store. Whoever calls this has already asked whether this person may have it.

Behind nginx the web process only says which file (`X-Accel-Redirect`); elsewhere it sends the bytes itself.
"""

import io
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, TextIO
from urllib.parse import quote

from django.conf import settings
from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.utils.http import content_disposition_header

# What a stranger made gets no rights at all in a browser that opens it anyway.
SANDBOX = "default-src 'none'; sandbox"
OURS = "frame-ancestors 'self'"


@dataclass(frozen=True)
class Download:
    """What to hand out: a place in the store, the name that it gets at home, and how a browser must treat it."""

    path: str
    name: str
    content_type: str
    inline: bool = False
    policy: str = SANDBOX
    headers: Mapping[str, str] = field(default_factory=dict)


class Handed(FileResponse):
    """A file that goes out in few pieces: each one waits for its turn among the pages that are being made."""

    block_size = 256 * 1024


def respond(download: Download) -> HttpResponseBase:
    """Return the response: never kept by a cache, never guessed at, and under a policy of its own."""
    response: HttpResponseBase
    if settings.PRIVATE_DOWNLOADS == "nginx":
        response = HttpResponse()
        response["X-Accel-Redirect"] = settings.PRIVATE_DOWNLOADS_URL + quote(download.path)
    else:
        response = Handed((Path(settings.MEDIA_ROOT) / download.path).open("rb"))
    response["Content-Type"] = download.content_type
    disposition = content_disposition_header(not download.inline, download.name)
    response["Content-Disposition"] = disposition or ("inline" if download.inline else "attachment")
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = download.policy
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    for name, value in download.headers.items():
        response[name] = value
    return response


def csv_file(name: str, write: Callable[[TextIO], None]) -> FileResponse:
    """
    Return a file of rows under this name, as `write` writes them.

    On disk: hundreds of thousands of rows are too many to hold. The answer closes it, and closed it is gone.
    """
    written = tempfile.TemporaryFile()  # noqa: SIM115
    lines = io.TextIOWrapper(written, encoding="utf-8", newline="")
    write(lines)
    lines.detach()
    written.seek(0)
    return Handed(written, as_attachment=True, filename=name, content_type="text/csv; charset=utf-8")


def made(file: BinaryIO, name: str, content_type: str) -> FileResponse:
    """Return a file that was just made for this one person, to take home only; the answer closes it."""
    response = Handed(file, as_attachment=True, filename=name, content_type=content_type)
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = SANDBOX
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response
