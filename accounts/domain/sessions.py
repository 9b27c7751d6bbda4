"""How long somebody stays logged in, and how a device is named."""

from dataclasses import dataclass
from datetime import timedelta

from accounts.domain.roles import OrganizationKind


@dataclass(frozen=True)
class Limits:
    """The longest time without a click, and the longest time at all."""

    idle: timedelta
    whole: timedelta


LIMITS: dict[OrganizationKind, Limits] = {
    OrganizationKind.INSURER: Limits(timedelta(minutes=15), timedelta(hours=8)),
    OrganizationKind.PROVIDER: Limits(timedelta(minutes=30), timedelta(hours=12)),
}
"""Bron: security.md section 3, row 48 (ASVS 7.3.1, 7.3.2)."""

# The first that is found counts: nearly every browser also calls itself Safari, and Edge calls itself Chrome.
BROWSERS = (("Edg", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"))
SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "een iPhone"),
    ("iPad", "een iPad"),
    ("Windows", "Windows"),
    ("Mac OS X", "een Mac"),
    ("Linux", "Linux"),
)


def device(user_agent: str) -> str:
    """Name a device as people recognise it, from what its browser says of itself."""
    browser = next((name for sign, name in BROWSERS if sign in user_agent), "Een browser")
    system = next((name for sign, name in SYSTEMS if sign in user_agent), "")
    return f"{browser} op {system}" if system else browser
