"""One row of the log for each answer about a dossier, written before the answer leaves; without the row no answer."""

import logging
import time
import uuid
from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any

import structlog
from django.conf import settings
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import ResolverMatch, get_resolver
from django.utils import timezone
from django.utils.module_loading import import_string

from audit.domain.events import Event, Kind, Network, Outcome, Purpose, Sensitivity, Subject, Where, Who
from audit.services import recording
from audit.web import log

logger = logging.getLogger(__name__)
SAFE = ("GET", "HEAD", "OPTIONS")
ASKED = 24
PARTS = frozenset({"step", "code", "form"})
UNLISTED = log.Logged(Kind.UNLISTED, Kind.UNLISTED, Purpose.ACCOUNTS)
"""An address that nobody judged (a test sees to it that there is none) is logged rather than forgotten."""


class LogUnavailable(OperationalError):
    """The log can't be written: handled as a database that is away, so that people read the same words."""


class AccessLog:
    """
    Write one row per answer that holds something of a dossier, and one per refusal.

    It stands outside everything that opens a transaction, so a refusal survives a rollback, and inside everything that
    only adds headers. A change is begun only when the log can be written.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.addresses: Mapping[str, log.Logged | log.Unlogged] = import_string(settings.AUDIT_ADDRESSES)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request.audit_began = time.perf_counter()  # type: ignore[attr-defined]
        request.audit_began_at = timezone.now()  # type: ignore[attr-defined]
        log.notes(request)
        response: HttpResponseBase = self.get_response(request)
        try:
            event = self.event(request, response)
            if event:
                recording.record(event)
        except Exception as error:
            let_go(response)
            return self.refuse(request, error)
        return response

    def process_view(self, request: HttpRequest, *_view: Any) -> HttpResponseBase | None:
        """Before a change: see that the log can be written, and note what will perhaps be gone afterwards."""
        request.audit_id = structlog.contextvars.get_contextvars().get("request_id", "")  # type: ignore[attr-defined]
        if request.method in SAFE or not self.kind(request):
            return None
        try:
            request.audit_subjects = self.subjects(request, self.asked(request))  # type: ignore[attr-defined]
            recording.probe(self.described(request, Outcome.DONE, ()))
        except Exception as error:
            return self.refuse(request, error)
        return None

    def refuse(self, request: HttpRequest, error: Exception) -> HttpResponse:
        """Answer 503 with nothing of what was asked."""
        logger.error("Het logboek kan niet worden geschreven: %s", type(error).__name__)
        try:
            raise LogUnavailable from error
        except LogUnavailable:
            response: HttpResponse = get_resolver().resolve_error_handler(500)(request)
        return response

    def event(self, request: HttpRequest, response: HttpResponseBase) -> Event | None:
        """Return what happened, or None when it touched no dossier."""
        notes, kind = log.notes(request), self.kind(request)
        if not kind or self.is_nobody_nowhere(request) or self.only_led(request, response):
            return None
        before: tuple[Subject, ...] = getattr(request, "audit_subjects", ())
        known = {subject.reference for subject in before}
        wanted = [name for name in [*self.asked(request), *notes.references] if name not in known]
        subjects = [*before, *self.subjects(request, wanted), *notes.subjects]
        outcome = notes.outcome if notes.outcome is not None else self.outcome(request, response)
        return self.described(request, outcome, tuple(subjects), status=response.status_code)

    def is_nobody_nowhere(self, request: HttpRequest) -> bool:
        """Tell whether somebody who hasn't logged in asked for no dossier in particular, and was shown none."""
        address = self.logged(request)
        entering = address is not None and address.purpose == Purpose.ACCOUNTS
        somebody = getattr(request, "actor", None) or log.notes(request).who
        return not (somebody or entering or self.asked(request) or log.notes(request).references)

    def only_led(self, request: HttpRequest, response: HttpResponseBase) -> bool:
        """Tell whether somebody who looked was only sent on to another page, which shows and logs what there is."""
        address = self.logged(request)
        entering = address is not None and address.purpose == Purpose.ACCOUNTS
        looked = request.method in SAFE and 300 <= response.status_code < HTTPStatus.BAD_REQUEST
        return looked and not entering and getattr(request, "actor", None) is not None

    def described(self, request: HttpRequest, outcome: Outcome, subjects: tuple[Subject, ...], **detail: Any) -> Event:
        """Return the event with everything around it."""
        address, kind, notes = self.logged(request), self.kind(request), log.notes(request)
        assert address and kind  # noqa: S101 (asked for by who calls this)
        acting = who(request)
        sensitivity = address.sensitivity if outcome < Outcome.REFUSED else Sensitivity.NONE
        if sensitivity == Sensitivity.MEDICAL and settings.AUDIT_MEDICAL_ROLES.isdisjoint(acting.roles):
            sensitivity = Sensitivity.STATUS
        return Event(
            kind=kind,
            who=acting,
            where=where(request),
            purpose=purpose(request, address),
            outcome=outcome,
            subjects=subjects,
            sensitivity=sensitivity,
            detail={**self.particulars(request), **notes.detail, **detail},
            began_at=request.audit_began_at,  # type: ignore[attr-defined]
            took_ms=int((time.perf_counter() - request.audit_began) * 1000),  # type: ignore[attr-defined]
        )

    def particulars(self, request: HttpRequest) -> dict[str, Any]:
        """Return which page it was, which part of the dossier, and a keyed hash of what was searched for."""
        match = matched(request)
        found: dict[str, Any] = {"pagina": match.view_name, "methode": (request.method or "")[:8]}
        if parts := {name: str(value)[:40] for name, value in match.kwargs.items() if is_plain(name, value)}:
            found["deel"] = parts
        if "reference" in match.kwargs:
            found["gevraagd"] = str(match.kwargs["reference"])[:ASKED]
        searched = self.searched(request)
        if searched:
            found |= {"gezocht": recording.pseudonym(searched), "gevonden": len(log.notes(request).references)}
        return found

    def kind(self, request: HttpRequest) -> Kind | None:
        """Return what kind of event this request is, or None when it isn't one."""
        address, notes = self.logged(request), log.notes(request)
        if address is None:
            return None
        if notes.kind:
            return notes.kind
        if request.method not in SAFE:
            return address.post or address.get
        return Kind.SEARCH if self.searched(request) else address.get

    def searched(self, request: HttpRequest) -> str:
        address = self.logged(request)
        return " ".join(filter(None, (request.GET.get(name, "").strip() for name in address.search))) if address else ""

    def outcome(self, request: HttpRequest, response: HttpResponseBase) -> Outcome:
        """Return how it went, read off the answer; who isn't known sees no dossier, and is sent away to log in."""
        status, address = response.status_code, self.logged(request)
        if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            return Outcome.FAILED
        if status in (HTTPStatus.CONFLICT, HTTPStatus.UNPROCESSABLE_ENTITY) or self.kind(request) == Kind.LOG_IN:
            return Outcome.NOT_DONE
        public = address is not None and address.purpose == Purpose.ACCOUNTS
        if public and request.method not in SAFE and status == HTTPStatus.OK:
            # What succeeds leads on; a form that comes back has something wrong in it.
            return Outcome.NOT_DONE
        if status == HTTPStatus.UNAUTHORIZED and getattr(request, "actor", None) is not None:
            # Asked to confirm first: nothing was done, and nothing was refused.
            return Outcome.NOT_DONE
        if status >= HTTPStatus.BAD_REQUEST or (getattr(request, "actor", None) is None and not public):
            return Outcome.REFUSED
        return Outcome.DONE

    def logged(self, request: HttpRequest) -> log.Logged | None:
        match = request.resolver_match
        if match is None:
            return None
        verdict = self.addresses.get(match.view_name, UNLISTED)
        return verdict if isinstance(verdict, log.Logged) else None

    def asked(self, request: HttpRequest) -> list[str]:
        """Return the dossier that the address names."""
        reference = matched(request).kwargs.get("reference")
        return [str(reference)] if reference else []

    def subjects(self, request: HttpRequest, references: list[str]) -> tuple[Subject, ...]:
        if not references:
            return ()
        actor = getattr(request, "actor", None)
        return recording.subjects_of(references=references, seen_at=getattr(actor, "organization_id", None))


def matched(request: HttpRequest) -> ResolverMatch:
    """Return the address that was found; asked only when there is one."""
    match = request.resolver_match
    assert match  # noqa: S101
    return match


def let_go(response: HttpResponseBase) -> None:
    """Close the file of an answer that isn't sent; `close()` would end the request for Django, connection and all."""
    # Not `file_to_stream`: whatever wraps a stream, as the log of requests does, makes that None.
    for close in response._resource_closers:  # type: ignore[attr-defined]
        close()


def purpose(request: HttpRequest, address: log.Logged) -> Purpose:
    """Return what somebody works with a dossier for: who works for the insurer judges it, on whatever page."""
    at_insurer = getattr(getattr(request, "actor", None), "is_insurer", False)
    return Purpose.REVIEWING if at_insurer and address.purpose == Purpose.REQUESTING else address.purpose


def is_plain(name: str, value: object) -> bool:
    """Tell whether a part of an address may stand in the log: numbers and names of parts, never what opens a door."""
    return isinstance(value, (int, uuid.UUID)) or name in PARTS


def who(request: HttpRequest) -> Who:
    """Return who acts, with the roles of this moment."""
    actor = getattr(request, "actor", None)
    if actor is None:
        return log.notes(request).who or Who()
    session = getattr(request, "session", {})
    return Who(
        user_id=actor.user_id,
        name=actor.name,
        login=actor.email,
        external_login=str(session.get("external_login", "")),
        roles=tuple(role.value for role in actor.roles),
        organization_id=actor.organization_id,
        organization_name=actor.organization_name,
    )


def where(request: HttpRequest) -> Where:
    """Return from which address somebody came: as the trusted proxy says, never as the browser does."""
    header = settings.ALLAUTH_TRUSTED_CLIENT_IP_HEADER
    address = (request.headers.get(header, "") if header else request.META.get("REMOTE_ADDR", "")).strip()
    return Where(
        network=Network.ADDRESS if address else None,
        address=address,
        request_id=getattr(request, "audit_id", ""),
        source_type=recording.WEB_SERVER,
    )
