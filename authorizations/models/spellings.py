"""Names that are written almost alike, as the database finds them."""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db.models import Func, TextField


class NearSpellings(Func):
    """
    The words of a name and each of them without one of its letters (migration 0009).

    Two names share a spelling exactly when a word of the one becomes a word of the other by leaving out at most one
    letter of each. So every letter too many, too few, wrong or swapped with its neighbour is found, and an array
    overlap has an index. Trigrams miss most of those in short names: Smit and Smti share two of eight.
    """

    function = "near_spellings"
    arity = 1

    def __init__(self, *names: Any, **extra: Any) -> None:
        super().__init__(*names, output_field=ArrayField(TextField()), **extra)
