"""The period in which a code is valid, as a database expression: both ends inclusive, an unknown end doesn't bind."""

from django.contrib.postgres.fields import DateRangeField, RangeBoundary
from django.db.models import F, Func, Q

PERIOD = Func(
    F("valid_from"),
    F("valid_until"),
    RangeBoundary(inclusive_upper=True),
    function="daterange",
    output_field=DateRangeField(),
)
IN_ORDER = Q(valid_from=None) | Q(valid_until=None) | Q(valid_until__gte=F("valid_from"))
