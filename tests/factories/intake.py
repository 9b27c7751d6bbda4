"""Drafts that are filled in through the services, up to the moment of filing."""

import uuid
from datetime import datetime
from typing import Any

from django.forms import MultiWidget

from accounts.domain.actors import Actor
from accounts.models import Organization
from authorizations import queries
from authorizations.domain import application as applications
from authorizations.domain import intake as rules
from authorizations.domain.application import Application
from authorizations.domain.terms import DocumentKind
from authorizations.models import AuthorizationRequest
from authorizations.services import checklist, intake
from authorizations.web.forms.intake import FORMS, Context
from tests.factories import applications as make_applications
from tests.factories import authorizations as make
from tests.factories import documents

NOW = make_applications.NOW


def started(
    by: Actor, insurer: Organization, application: Application | None = None, *, slug: str = "", **options: Any
) -> AuthorizationRequest:
    """Return a draft that has just begun."""
    application = application or make_applications.application()
    assert application.plan.starts_on
    values: dict[str, Any] = {"creation_key": uuid.uuid4(), "now": NOW, **options}
    return intake.start(
        by=by,
        policy_version=make.policy_version(insurer, slug or "zilveren-kruis-msr"),
        kind=application.kind,
        planned_start_on=application.plan.starts_on,
        **values,
    )


def filled(
    by: Actor, insurer: Organization, application: Application | None = None, *, slug: str = "", **options: Any
) -> AuthorizationRequest:
    """Return a draft in which every step was filled in."""
    application = application or make_applications.application()
    authorization = started(by, insurer, application, slug=slug, **options)
    return fill(authorization, application, by=by, now=options.get("now", NOW))


def fill(
    authorization: AuthorizationRequest, application: Application, *, by: Actor, now: datetime = NOW
) -> AuthorizationRequest:
    """Fill in every step of a draft."""
    tables = applications.write(application)
    for step in rules.steps(application.kind, queries.policy_of(authorization)):
        if step.part:
            authorization = intake.save_step(
                authorization_id=authorization.pk,
                step=step.code,
                values={step.part: tables[step.part]},
                draft_version=authorization.draft_version,
                by=by,
                now=now,
            )
    return authorization


def ready(
    by: Actor, insurer: Organization, application: Application | None = None, **options: Any
) -> AuthorizationRequest:
    """Return a draft in whose way nothing stands."""
    authorization = filled(by, insurer, application, **options)
    for given in checklist.checklist(authorization):
        if given.item.required:
            documents.added(authorization, by, DocumentKind(given.item.kind))
    authorization.refresh_from_db()
    return authorization


def submitted(
    by: Actor, insurer: Organization, application: Application | None = None, **options: Any
) -> AuthorizationRequest:
    """Return a request that was filed."""
    authorization = ready(by, insurer, application, **options)
    return intake.submit(
        authorization_id=authorization.pk, draft_version=authorization.draft_version, by=by, now=options.get("now", NOW)
    )


def typed(authorization: AuthorizationRequest, step: str, application: Application) -> dict[str, Any]:
    """Return what somebody types in this step to say what `application` says, with the version of the draft."""
    context = Context(
        authorization, queries.policy_of(authorization), application, NOW.date(), make_applications.EXPECTED_ON
    )
    form = FORMS[step](context=context)
    found = {"draft_version": str(authorization.draft_version)} | _typed(form)
    for rows in form.rows.values():
        for row in rows.forms:
            found |= _typed(row)
    return found


def _typed(form: Any) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for field in form:
        value, widget = field.value(), field.field.widget
        if isinstance(widget, MultiWidget):
            found |= {f"{field.html_name}_{at}": part or "" for at, part in enumerate(widget.decompress(value))}
        elif value is not None:
            found[field.html_name] = value
    return found
