"""From the frozen text of a letter to its PDF."""

from datetime import datetime


def clean(html: str) -> str:
    """Leave out what no database and no PDF can hold."""
    return html.replace("\x00", "")


def pdf(html: str, *, title: str, created_at: datetime) -> bytes:
    """Return the PDF of this text."""
    return b""
