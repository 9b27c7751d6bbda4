"""Zip files, wherever in a file they stand."""

import zipfile
from pathlib import Path


def names_in(path: Path) -> list[str]:
    """Return what a program that opens zip files finds here: they look from the end, whatever stands before it."""
    try:
        with zipfile.ZipFile(path) as archive:
            return archive.namelist()
    except (zipfile.BadZipFile, ValueError, OSError, RuntimeError):
        # None at all, a broken one, or one of a kind that Python can't read (a RuntimeError).
        return []
