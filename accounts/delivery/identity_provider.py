"""
The identity provider of an organisation, over OpenID Connect: authorization code with PKCE.

allauth's own provider was read and left: it sends no nonce and skips the signature of what it fetched itself. Here
PyJWT checks the signature, and what isn't exactly right is refused.
"""

import base64
import hashlib
import json
import secrets
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.error import URLError
from urllib.parse import urlencode, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

import jwt
from django.conf import settings

ALGORITHMS = ["RS256", "PS256", "ES256"]
REQUIRED = ["iss", "aud", "exp", "iat", "sub", "nonce"]
SECONDS, LARGEST = 10, 1_000_000
DRIFT = 30


class Refused(Exception):
    """Raised when what came back doesn't prove who somebody is; the text is for the log, never for people."""


@dataclass(frozen=True)
class Flow:
    """One log-in on its way: what only this browser's session and the provider know."""

    state: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    nonce: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    verifier: str = field(default_factory=lambda: secrets.token_urlsafe(64))


def address(flow: Flow, *, back: str, again: bool = False) -> str:
    """
    Return where the browser goes to log in; `again` asks for a new proof, however short ago the last was.

    :raises Refused: when the provider can't be reached
    """
    challenge = hashlib.sha256(flow.verifier.encode()).digest()
    asked = {
        "response_type": "code",
        "client_id": settings.OIDC["client_id"],
        "redirect_uri": back,
        "scope": settings.OIDC["scope"],
        "state": flow.state,
        "nonce": flow.nonce,
        "code_challenge": base64.urlsafe_b64encode(challenge).rstrip(b"=").decode(),
        "code_challenge_method": "S256",
    }
    if settings.OIDC["acr_values"]:
        asked["acr_values"] = settings.OIDC["acr_values"]
    if again:
        asked |= {"prompt": "login", "max_age": "0"}
    return f"{_configuration()['authorization_endpoint']}?{urlencode(asked)}"


def claims(flow: Flow, *, code: str, back: str, now: datetime) -> dict[str, Any]:
    """
    Return what the provider says of who logged in, once everything about it is right.

    :raises Refused: when anything isn't

    Bron: OpenID Connect Core 3.1.3.7; security.md section 2.1 (iss, aud, exp, azp, nonce).
    """
    configuration = _configuration()
    answer = _fetch(
        configuration["token_endpoint"],
        {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": back,
            "client_id": settings.OIDC["client_id"],
            "client_secret": settings.OIDC["client_secret"],
            "code_verifier": flow.verifier,
        },
    )
    token = str(answer.get("id_token", ""))
    try:
        found: dict[str, Any] = jwt.decode(
            token,
            _key(token, configuration["jwks_uri"]),
            algorithms=ALGORITHMS,
            audience=settings.OIDC["client_id"],
            issuer=settings.OIDC["issuer"],
            leeway=DRIFT,
            options={"require": REQUIRED},
        )
    except jwt.PyJWTError as error:
        raise Refused(f"id_token: {type(error).__name__}") from None
    if not secrets.compare_digest(str(found["nonce"]).encode(), flow.nonce.encode()):
        raise Refused("nonce")
    several = isinstance(found["aud"], list) and len(found["aud"]) > 1
    if found.get("azp", None if several else settings.OIDC["client_id"]) != settings.OIDC["client_id"]:
        raise Refused("azp")
    if found["iat"] > now.timestamp() + DRIFT:
        raise Refused("iat")
    return found


def _key(token: str, jwks_uri: str) -> Any:
    """Return the key that the token names; a token without a signature names none."""
    try:
        named = jwt.get_unverified_header(token)
        keys = jwt.PyJWKSet.from_dict(_fetch(jwks_uri)).keys
    except jwt.PyJWTError as error:
        raise Refused(f"sleutels: {type(error).__name__}") from None
    fitting = [key for key in keys if key.key_id == named.get("kid")]
    if named.get("alg") not in ALGORITHMS or len(fitting) != 1:
        raise Refused("sleutel")
    return fitting[0].key


class _Straight(HTTPRedirectHandler):
    """Follows no redirect: where keys and tokens come from is set, and an answer doesn't lead elsewhere."""

    def redirect_request(self, *_asked: Any) -> None:
        return None


OPENER = build_opener(_Straight)


def _configuration() -> dict[str, Any]:
    found = _fetch(f"{settings.OIDC['issuer'].rstrip('/')}/.well-known/openid-configuration")
    if found.get("issuer") != settings.OIDC["issuer"]:
        raise Refused("issuer")
    return found


def _fetch(url: str, form: dict[str, str] | None = None) -> dict[str, Any]:
    if urlsplit(url).scheme not in settings.OIDC["schemes"]:
        raise Refused(f"adres: {urlsplit(url).scheme}")
    body = urlencode(form).encode() if form else None
    try:
        with OPENER.open(Request(url, data=body), timeout=SECONDS) as answer:  # noqa: S310 (the scheme was looked at)
            found = json.loads(answer.read(LARGEST))
    except (URLError, OSError, ValueError) as error:
        raise Refused(f"{urlsplit(url).path}: {type(error).__name__}") from None
    if not isinstance(found, dict):
        raise Refused("antwoord")
    return found
