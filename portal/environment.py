"""What the environment tells the settings, and what it must tell in production."""

import os
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

ENVIRONMENT = os.environ.get("PORTAL_ENV") or "production"
PRODUCTION = ENVIRONMENT == "production"


def given(name: str, otherwise: str, why: str) -> str:
    """Return a value of the environment; outside production there is a default, in production it must be there."""
    value = os.environ.get(name, "")
    if value or not PRODUCTION:
        return value or otherwise
    raise ImproperlyConfigured(
        f"{name} ontbreekt: {why}. Zet {name} in de omgeving (in .env, zie .env.example), "
        "of kies PORTAL_ENV=demo om het portaal te proberen (make demo)."
    )


def given_in_file(name: str, otherwise: str, why: str) -> str:
    """Return a secret from the file that `NAME_FILE` names, else from the environment."""
    path = os.environ.get(f"{name}_FILE", "")
    try:
        return Path(path).read_text().strip() if path else given(name, otherwise, why)
    except OSError:
        raise ImproperlyConfigured(f"{name}_FILE is niet te lezen. Controleer de plaats en de rechten.") from None


def database(url: str) -> dict[str, Any]:
    """Read a `postgresql://` URL; `?host=/a/folder` names a Unix socket."""
    parts = urlsplit(url)
    options: dict[str, Any] = {key: values[0] for key, values in parse_qs(parts.query).items()}
    host = options.pop("host", None) or parts.hostname or ""
    # The checks of row-level security look dear to the planner, which then compiles for half a second to win nothing.
    options.setdefault("options", "-c jit=off")
    # Pooling halves the time of a page. A worker forks and a test drops its database: those do without.
    if os.environ.get("DATABASE_POOL"):
        options["pool"] = {"min_size": 2, "max_size": int(os.environ["DATABASE_POOL"]), "timeout": 10}
    return {
        "ENGINE": "kit.postgres",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(parts.port or ""),
        # A connection that died with its server is replaced rather than handed to a page.
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }
