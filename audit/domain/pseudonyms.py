"""What stands in the log for what may not stand there: a keyed hash, the same each time, of no use without the key."""

import hashlib
import hmac


def of(value: str, *, key: bytes) -> str:
    """Return the keyed hash of a BSN, or of what somebody searched for; nothing for nothing."""
    plain = " ".join(value.split()).casefold()
    return hmac.new(key, plain.encode(), hashlib.sha256).hexdigest() if plain else ""
