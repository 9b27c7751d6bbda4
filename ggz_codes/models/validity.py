"""The period in which a code is valid, as a database expression: both ends inclusive, an unknown end doesn't bind."""

from collections.abc import Iterable
from datetime import date

from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeBoundary
from django.db.models import BooleanField, CharField, F, Func, Q, Value

PERIOD = Func(
    F("valid_from"),
    F("valid_until"),
    RangeBoundary(inclusive_upper=True),
    function="daterange",
    output_field=DateRangeField(),
)
IN_ORDER = Q(valid_from=None) | Q(valid_until=None) | Q(valid_until__gte=F("valid_from"))


def holding_on(day: date) -> Q:
    """Return that a row is valid on a day, both ends included."""
    return (Q(valid_from=None) | Q(valid_from__lte=day)) & (Q(valid_until=None) | Q(valid_until__gte=day))


def code_among(codes: Iterable[str]) -> Func:
    """Return that the code is one of these, given to the database as one list: `in` would write out each of them."""
    # NUL is in no code, and PostgreSQL takes no text with it.
    listed = Value(sorted({code for code in codes if "\x00" not in code}), output_field=ArrayField(CharField()))
    return Func(F("code"), listed, template="(%(expressions)s))", arg_joiner=" = ANY (", output_field=BooleanField())
