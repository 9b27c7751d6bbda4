"""The codes of an app that makes them (TOTP): six digits that follow from a secret and the clock."""

import base64
import hashlib
import hmac
import secrets
import struct
from datetime import datetime, timedelta

PERIOD = timedelta(seconds=30)
DRIFT = timedelta(seconds=10)
"""So much the clock of a telephone may be wrong."""
DIGITS = 6


def new_secret() -> str:
    """Return a secret of 160 bits, as people may have to type it."""
    return base64.b32encode(secrets.token_bytes(20)).decode()


def step_at(moment: datetime) -> int:
    """Return the number of the half minute."""
    return int(moment.timestamp() // PERIOD.total_seconds())


def code_at(secret: str, step: int) -> str:
    """
    Return the code of a half minute.

    Bron: RFC 6238 and RFC 4226, section 5.3.
    """
    digest = hmac.new(base64.b32decode(secret), struct.pack(">Q", step), hashlib.sha1).digest()
    start = digest[-1] & 0x0F
    number = struct.unpack(">I", digest[start : start + 4])[0] & 0x7FFFFFFF
    return f"{number % 10**DIGITS:0{DIGITS}}"


def step_of(secret: str, typed: str, *, now: datetime, spent: int | None) -> int | None:
    """
    Return the half minute whose code was typed; None when the code is wrong, too old or spent.

    `spent` is the last half minute of which a code was used: that code and all before it count no more.

    Bron: security.md section 3, row 46 (ASVS 6.5.1, 6.5.5): usable once, 30 seconds.
    """
    for step in sorted({step_at(now - DRIFT), step_at(now), step_at(now + DRIFT)}):
        if hmac.compare_digest(code_at(secret, step).encode(), typed.encode()):
            return None if spent is not None and step <= spent else step
    return None
