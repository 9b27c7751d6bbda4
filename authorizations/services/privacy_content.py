"""
Keep the diagnosis out of a request with a privacyverklaring: what is read of it, what is saved, and what follows on it.

It knows nothing of drafts, so that drafts may use it. Bron: R-15.
"""

from dataclasses import replace
from typing import Any

from authorizations import queries
from authorizations.domain import privacyverklaring as rules
from authorizations.domain.application import Application
from authorizations.models import AuthorizationRequest, Privacyverklaring
from authorizations.queries import privacyverklaring as found

TAKEN_ALONG = (
    "status", "way", "signer", "signer_name", "patient_signed_on", "provider_signed_by_id", "provider_profession",
    "provider_signed_at", "checked_by_id", "checked_at", "check_reason",
)  # fmt: skip
"""What a request that comes after another takes along: it was signed once, and looked at once."""


def read(authorization: AuthorizationRequest, application: Application) -> Application:
    """Return what the request says: with a privacyverklaring, that the diagnosis is not shared."""
    if not authorization.without_diagnosis:
        return application
    return replace(application, referral=replace(application.referral, diagnosis_shared=False))


def kept(authorization: AuthorizationRequest, content: dict[str, Any]) -> dict[str, Any]:
    """Return the content as it is kept on filing. What the privacyverklaring says, is said by its own row."""
    return rules.without(content) if authorization.without_diagnosis else content


def tidy(authorization: AuthorizationRequest) -> None:
    """Take a diagnosis out of a draft that may not hold one, before it is saved: an old page may still send it."""
    if authorization.without_diagnosis:
        for name, value in cleaned(authorization).items():
            setattr(authorization, name, value)


def cleaned(authorization: AuthorizationRequest) -> dict[str, Any]:
    """Return the secrets of a request without its diagnosis, those that have one."""
    changes = {name: rules.without(getattr(authorization, name)) for name in ("answers", "reading", "prefilled")}
    changes["step_notes"] = rules.without_notes(authorization.step_notes)
    if authorization.application is not None:
        changes["application"] = rules.without(authorization.application)
    return {name: value for name, value in changes.items() if value != getattr(authorization, name)}


def take_along(authorization: AuthorizationRequest) -> None:
    """Let a draft that was just made have the privacyverklaring of the request that it changes or follows on."""
    before = authorization.amends or authorization.previous
    # Locked: one that is given at this moment counts, or finds this draft.
    signed = found.in_force(queries.authorization_to_change(authorization_id=before.pk)) if before else None
    if signed is None:
        return
    authorization.without_diagnosis = True
    tidy(authorization)
    authorization.save()
    copied = {name: getattr(signed, name) for name in TAKEN_ALONG}
    Privacyverklaring.objects.create(authorization=authorization, carried_from=signed, **copied)
