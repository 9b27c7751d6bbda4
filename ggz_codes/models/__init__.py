from ggz_codes.models.prestaties import CodeDomain, Prestatie
from ggz_codes.models.releases import (
    Release,
    ReleasedCode,
    ReleasedLink,
    ReleasedTree,
    ReleasedWords,
    ReleaseNote,
    ReleasePart,
)
from ggz_codes.models.zorgtypes import Zorgtype

__all__ = [
    "CodeDomain",
    "Prestatie",
    "Release",
    "ReleaseNote",
    "ReleasePart",
    "ReleasedCode",
    "ReleasedLink",
    "ReleasedTree",
    "ReleasedWords",
    "Zorgtype",
]
