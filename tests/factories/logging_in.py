"""Somebody who has logged in: with both steps, as the portal demands, but without the pages in between."""

import re
import time
from datetime import datetime
from typing import Any

from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.account.internal.flows.login import _AUTHENTICATION_METHODS_USER_SESSION_KEY
from django.test import Client
from django.utils import timezone

from accounts import queries
from accounts.domain import codes as totp
from accounts.models import User
from accounts.services import factors
from portal.world import codes
from tests.factories.accounts import PASSWORD


def logged_in(client: Client, user: User, *, step: str | None = "totp", ago: float = 0) -> Client:
    """Let somebody be logged in with a password and this second step, so many seconds ago; return the browser."""
    client.force_login(user)
    return shown(client, user, step=step, ago=ago)


def shown(client: Client, user: User, *, step: str | None = "totp", ago: float = 0) -> Client:
    """Let somebody who is logged in have shown this, so many seconds ago; the session begins to count anew."""
    session = client.session
    at = time.time() - ago
    records: list[dict[str, Any]] = [{"method": "password", "at": at, "email": user.email}]
    if step:
        held = queries.factors_of(user.pk).filter(type=step).first()
        records.append({"method": "mfa", "at": at, "type": step, "id": held.pk if held else 0})
    session[AUTHENTICATION_METHODS_SESSION_KEY] = records
    session[_AUTHENTICATION_METHODS_USER_SESSION_KEY] = str(user.pk)
    session.save()
    return client


def forget_spent(email: str) -> None:
    """Let it be as if half a minute went by: the code that the app shows now counts again."""
    app = queries.factors_of(queries.user_by_email(email).pk).filter(type=factors.Kind.TOTP).first()
    if app:
        app.data.pop("spent", None)
        app.save(update_fields=["data"])


def code_for(email: str, *, now: datetime | None = None) -> str:
    """Return the code that this person's app shows."""
    return totp.code_at(codes.secret_of(email), totp.step_at(now or timezone.now()))


def type_both(client: Client, email: str, password: str = PASSWORD, **more: str) -> Any:
    """Log in as people do: type the password, then the code; return the last answer."""
    answer = client.post("/inloggen/", {"login": email, "password": password, **more})
    if answer.get("Location") == "/inloggen/code/":
        forget_spent(email.strip().lower())
        answer = client.post("/inloggen/code/", {"code": code_for(email.strip().lower())})
    return answer


def set_up_app(client: Client) -> Any:
    """Link an app, as who comes in for the first time does; return the answer."""
    page = client.get("/profiel/tweede-stap/app/").content.decode()
    secret = re.search(r'mp-secret">([^<]+)<', page)[1].replace(" ", "")  # type: ignore[index]
    code = totp.code_at(secret, totp.step_at(timezone.now()))
    return client.post("/profiel/tweede-stap/app/", {"code": code})
