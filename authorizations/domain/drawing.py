"""What every drawing of this portal is made of: what lasts and where something is, in whole units. No colours here."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Bar:
    """Something that lasts."""

    x: int
    width: int
    text: str = ""


@dataclass(frozen=True)
class Mark:
    """A day, or another point."""

    x: int
    text: str = ""
    anchor: str = "middle"
