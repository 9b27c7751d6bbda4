"""A program of a provider: it sends JSON with its key, as nobody with a browser does."""

import json
from datetime import UTC, datetime, time
from typing import Any
from uuid import uuid4

from django.test import Client

from accounts.domain.actors import Actor
from tests.factories.accounts import api_key
from tests.factories.subtrajects import day

NOW = datetime.combine(day(110), time(12), tzinfo=UTC)
JSON, ACTIVITIES = "application/json", "/api/v1/activiteiten"


def item(number: int = 7, **more: Any) -> dict[str, Any]:
    """Return an activity of so many days after the opening."""
    said = {
        "zorgtrajectnummer": "ZT20260001",
        "zorgactiviteit": "190961",
        "uitgevoerd_op": day(number).isoformat(),
        "discipline": "fysiotherapie",
    }
    return {name: value for name, value in (said | more).items() if value is not ...}


class Program:
    """It remembers its key, and makes an Idempotency-Key for every call that isn't given one."""

    def __init__(self, manager: Actor, acts_for: Actor, *, name: str = "EPD", now: datetime = NOW) -> None:
        self.text = api_key(manager, acts_for, name=name, now=now)
        self.client = Client(headers={"Authorization": f"Bearer {self.text}"}, raise_request_exception=False)

    def send(self, *items: Any, key: str | None = None, path: str = ACTIVITIES, **headers: str) -> Any:
        """Send these, and return the answer."""
        return self.raw(json.dumps(items).encode(), key=key, path=path, **headers)

    def raw(
        self, body: bytes, *, key: str | None = None, path: str = ACTIVITIES, kind: str = JSON, **headers: str
    ) -> Any:
        """Send these bytes as they are."""
        named = {"Idempotency-Key": str(uuid4()) if key is None else key, **headers}
        known = {name: one for name, one in named.items() if one}
        return self.client.post(path, body, content_type=kind, headers=known)

    def look(self, traject_id: int) -> Any:
        """Ask how a zorgtraject stands."""
        return self.client.get(f"/api/v1/zorgtrajecten/{traject_id}")
