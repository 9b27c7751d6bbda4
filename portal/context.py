"""What every page may need to know about this installation."""

from django.conf import settings
from django.http import HttpRequest


def scanner(request: HttpRequest) -> dict[str, str]:
    """Return what is not to be expected of the virus scanner: there is `none`, or it knows its `test` virus only."""
    return {"scanner": settings.CLAMD_SIGNATURES if settings.CLAMD_ADDRESS else "none"}
