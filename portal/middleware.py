"""What every answer of the portal carries, and what is logged of it."""

import re
from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.urls import Resolver404, resolve, reverse
from django_structlog.middlewares import RequestMiddleware

from portal import errors

SECRET = re.compile(r"(?<=^/stand/)[^/]+|(?<=^/uitnodiging/)[^/]+")


class RequestLog(RequestMiddleware):
    """
    Log each request by its path alone: what was searched for stands after the question mark.

    Of an address that opens something for whoever has it, the secret is left out.
    """

    @staticmethod
    def format_request(request: HttpRequest) -> str:
        return f"{request.method} {SECRET.sub('…', request.path)}"


# What a browser can do and no page of ours asks for. A passkey is asked by our own pages alone.
SHUT = (
    *("accelerometer", "autoplay", "camera", "display-capture", "encrypted-media", "fullscreen", "gamepad"),
    *("geolocation", "gyroscope", "hid", "idle-detection", "local-fonts", "magnetometer", "microphone", "midi"),
    *("payment", "picture-in-picture", "screen-wake-lock", "serial", "usb", "xr-spatial-tracking"),
)
OWN = ("publickey-credentials-create", "publickey-credentials-get")
PERMISSIONS = ", ".join([*(f"{name}=()" for name in SHUT), *(f"{name}=(self)" for name in OWN)])


class AnswerHeaders:
    """Close what a page doesn't need, and keep pages of people who have logged in out of every cache."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.setdefault("Permissions-Policy", PERMISSIONS)
        response.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if getattr(request, "actor", None) or (getattr(request, "user", None) and request.user.is_authenticated):
            # After logging out, the back button of a shared computer shows nothing.
            response.setdefault("Cache-Control", "no-store, private")
        return response


class KnownMethods:
    """
    Answer 405 to whatever isn't looking (GET, HEAD) or sending a form (POST): no page of ours does anything else.

    A length that is no number gets 400. Servers in front refuse it too; Django would fall over it. So does a body in
    pieces (Transfer-Encoding): nginx always tells a length, Django would take it for empty, and what stands behind such
    a body is where one server sees its end and another a second request. Nothing more is read from that connection.
    """

    KNOWN = ("GET", "HEAD", "POST")

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in self.KNOWN:
            return HttpResponseNotAllowed(self.KNOWN, content_type="text/plain; charset=utf-8")
        length = str(request.META.get("CONTENT_LENGTH") or 0)
        if not (length.isascii() and length.isdigit() and len(length) < 16):
            return HttpResponseBadRequest(content_type="text/plain; charset=utf-8")
        if "Transfer-Encoding" in request.headers:
            return HttpResponseBadRequest(content_type="text/plain; charset=utf-8", headers={"Connection": "close"})
        return self.get_response(request)


class NobodyByCookie:
    """Know nobody by a cookie at the addresses for programs: what a browser sends by itself opens nothing there."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info.startswith(errors.API):
            request.META.pop("HTTP_COOKIE", None)
            # Read before anybody asks for them, so that they stay empty.
            request.COOKIES.clear()
        return self.get_response(request)


class ActionPages:
    """Lead who opens the address of a button, as after a reload, to the page where that button stands."""

    PAGES = {"authorizations:intake-submit": "authorizations:intake-check"}
    """Where a button stands on another page than the one above its address."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code != HTTPStatus.METHOD_NOT_ALLOWED or request.headers.get("X-Requested-With"):
            return response
        page = self.page(request.path_info) if request.method in ("GET", "HEAD") else None
        if page:
            return redirect(page)
        friendly = errors.not_allowed(request)
        friendly["Allow"] = response.get("Allow", "")
        return friendly

    def page(self, path: str) -> str | None:
        """Return the page of a button; the nearest address above it unless the button names another."""
        match = resolve(path)
        if match.view_name in self.PAGES:
            return reverse(self.PAGES[match.view_name], kwargs=match.kwargs)
        while (path := path.rstrip("/").rpartition("/")[0] + "/") != "/":
            try:
                resolve(path)
            except Resolver404:
                continue
            return path
        return None
