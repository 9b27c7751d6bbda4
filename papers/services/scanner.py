"""How the virus scanner is doing."""

from datetime import UTC, datetime, timedelta

from django.conf import settings

from papers.delivery import scanner

TOO_OLD = timedelta(days=7)
"""New viruses are known within days: signatures of before that are missing them."""


def condition(now: datetime) -> tuple[str, str]:
    """Return which scanner answers (empty when none does), and what is wrong with it in words, if anything."""
    if not settings.CLAMD_ADDRESS:
        return "", ""
    try:
        version = scanner.version()
    except (OSError, scanner.BadAnswer):
        return "", "De virusscanner antwoordt niet."
    made_at = signatures_made_at(version)
    if made_at and now - made_at > TOO_OLD:
        return version, "De virusscanner kent geen nieuwe virussen: zijn gegevens zijn ouder dan een week."
    return version, ""


def signatures_made_at(version: str) -> datetime | None:
    """Read `ClamAV 1.4.6/27817/Mon Nov 23 08:32:04 2026`; None when it names no day (a base of our own)."""
    try:
        return datetime.strptime(version.split("/")[2], "%a %b %d %H:%M:%S %Y").replace(tzinfo=UTC)
    except (IndexError, ValueError):
        return None
