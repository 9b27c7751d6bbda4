"""Zorgtrajecten, subtrajecten and activities as rows, all invented."""

import itertools
from datetime import UTC, date, datetime, timedelta
from typing import Any

from accounts.models import Organization, User
from authorizations.domain.subtrajects import LONGEST, DotZorgtype, Ground
from authorizations.domain.terms import Discipline, Indication
from authorizations.models import Subtraject, TrajectInsured, Zorgactiviteit, Zorgtraject
from tests.factories import authorizations

OPENED = date(2026, 8, 3)
NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
BSN = "999996708"
_number = itertools.count(1)


def day(number: int) -> date:
    """Return a day by its number, counted from the opening."""
    return OPENED + timedelta(days=number)


def traject(provider: Organization, insurer: Organization, by: User, **columns: Any) -> Zorgtraject:
    """Return a zorgtraject with its insured, and no subtraject yet."""
    values = {"number": f"ZT{next(_number):06d}", "indication": Indication.OTHER.value, "diagnosis": "M54.5", **columns}
    made = Zorgtraject.objects.create(
        provider=provider,
        insurer=insurer,
        policy_version=authorizations.policy_version(insurer),
        registered_by=by,
        registered_at=NOW,
        **values,
    )
    TrajectInsured.objects.create(
        zorgtraject=made, bsn=BSN, initials="K.", surname="Voorbeeld", birth_date=date(1981, 4, 2)
    )
    return made


def subtraject(of: Zorgtraject, opened: int = 0, closed: int | None = None, **columns: Any) -> Subtraject:
    """Return a subtraject that opened, and perhaps closed, so many days after OPENED."""
    ends_on = day(opened) + LONGEST if closed is None else day(closed)
    values: dict[str, Any] = {
        "zorgtype": DotZorgtype.VERVOLG.value if opened else DotZorgtype.FIRST.value,
        "opened_on": day(opened),
        "closes_on": ends_on,
        "closes_by": Ground.LONGEST.value,
    }
    if closed is not None:
        values |= {"closed_on": ends_on, "closed_by": Ground.LONGEST.value, "closed_at": NOW}
    return Subtraject.objects.create(zorgtraject=of, **(values | columns))


def activity(of: Zorgtraject, number: int = 0, **columns: Any) -> Zorgactiviteit:
    """Return an activity that was performed so many days after OPENED."""
    values = {
        "code": "190961",
        "discipline": Discipline.FYSIOTHERAPIE.value,
        "performed_on": day(number),
        "registered_by_id": of.registered_by_id,
        "registered_at": NOW,
    }
    return Zorgactiviteit.objects.create(zorgtraject=of, **(values | columns))
