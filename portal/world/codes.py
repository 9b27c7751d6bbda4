"""The codes of the invented people: their apps hold a secret that follows from their address. Never in production."""

import base64
import hashlib
import hmac

from django.conf import settings


def secret_of(email: str) -> str:
    """
    Return the secret of the app of somebody of the invented world.

    :raises RuntimeError: in production, where such a secret would be known to the whole world
    """
    if settings.ENVIRONMENT == "production":
        raise RuntimeError("Codes van de demo bestaan niet in productie.")
    digest = hmac.new(settings.DEMO_SECRET.encode(), email.lower().encode(), hashlib.sha256).digest()
    return base64.b32encode(digest[:20]).decode()
