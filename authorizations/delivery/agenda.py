"""Risk days as a file that every calendar takes in."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from hashlib import sha256

from icalendar import Alarm, Calendar, Event

from authorizations.domain.forecast import RiskDay

NAME = "-//Machtigingsportaal//Subtrajecten//NL"


def file(risks: Iterable[RiskDay], *, address: str, made_at: datetime) -> bytes:
    """Return a calendar of whole days, each with its alarms. It names nobody: the address leads to the plan."""
    calendar = Calendar()
    calendar.add("prodid", NAME)
    calendar.add("version", "2.0")
    for risk in risks:
        event = Event()
        event.add("uid", f"{sha256(f'{risk.on} {risk.title}'.encode()).hexdigest()[:32]}@machtigingsportaal")
        event.add("dtstamp", made_at)
        event.add("dtstart", risk.on)
        event.add("dtend", risk.on + timedelta(days=1))
        event.add("summary", risk.title)
        event.add("description", f"{risk.why}\n{address}")
        event.add("transp", "TRANSPARENT")
        for days in risk.warn_days:
            alarm = Alarm()
            alarm.add("action", "DISPLAY")
            alarm.add("description", f"Over {days} dagen: {risk.title}")
            alarm.add("trigger", timedelta(days=-days))
            event.add_component(alarm)
        calendar.add_component(event)
    return bytes(calendar.to_ical())
