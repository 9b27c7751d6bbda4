"""A store of its own for every test."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture(autouse=True)
def media(settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "bestanden"
    return settings.MEDIA_ROOT


def stored(media: Path) -> list[str]:
    """Return everything that stands in the store."""
    return sorted(str(path.relative_to(media)) for path in media.rglob("*") if path.is_file())


@pytest.fixture
def on_disk(media: Path):
    """Return what stands in the store now."""
    return lambda: stored(media)
