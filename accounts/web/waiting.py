"""Too many guesses at a password or code: the same page, as 429, with when to come back."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse


def begin(request: HttpRequest, seconds: int) -> None:
    """Note that somebody must wait before the next guess is looked at."""
    request.retry_after = seconds  # type: ignore[attr-defined]


def say(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Tell browsers and scripts what the page tells people; nothing changes for who need not wait."""
    if seconds := getattr(request, "retry_after", 0):
        response.status_code = HTTPStatus.TOO_MANY_REQUESTS
        response["Retry-After"] = str(seconds)
    return response
