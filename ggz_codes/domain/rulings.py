"""What a rule of the source says of a case: whether it may, and all the reasons."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Ruling:
    """Whether it may, and why, in words. A signal asks somebody to look; it refuses nothing."""

    allowed: bool
    reasons: tuple[str, ...]
    signals: tuple[str, ...] = ()


def ruling(*conditions: tuple[bool, str], otherwise: str, signals: tuple[str, ...] = ()) -> Ruling:
    """Return that it may when every condition holds (then `otherwise` says so), else all that stands in the way."""
    refused = tuple(reason for holds, reason in conditions if not holds)
    return Ruling(not refused, refused or (otherwise,), signals)
