"""
Whatever more a browser sends along than the form has: the same happens, to the letter.

Each form is sent as its page would, and again with the name of every column that we have.
"""

from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.db import models, transaction
from django.urls import reverse

from authorizations.domain.lifecycle import Status
from authorizations.models import AuthorizationRequest
from tests.factories import applications, desk, intake
from tests.factories.intake import NOW
from tests.factories.intake_pages import START, start_data, step_url
from tests.security.forms import forms_in

pytestmark = pytest.mark.django_db
APPS = ("accounts", "authorizations", "papers")
MADE_ANEW = {"id", "token_hash", "reference", "waiting_since", "key"}
"""Columns that differ by themselves: what is drawn by chance, and a moment by the clock of the database."""
# The wanted words of a column that decides something; the others get words or a number.
WISHES = {
    "status": "granted", "kind": "insurer", "is_active": "on", "role": "beheerder", "outcome": "granted",
    "state": "clean", "password": "argon2$gekaapt", "email": "gekaapt@kwaad.example", "verdict": "met",
}  # fmt: skip


@pytest.fixture(autouse=True)
def monday():
    with time_machine.travel(NOW, tick=False):
        yield


def columns() -> list[models.Field]:
    return [field for model in all_models() for field in model._meta.fields]


def everything_more(somebody: int, organization: int) -> dict[str, str]:
    """Return a value for every name of a column, also as forms and queries would write it."""
    wanted: dict[str, str] = {}
    for field in columns():
        if isinstance(field, models.ForeignKey):
            value = str(organization if "organization" in field.related_model._meta.model_name else somebody)
        elif isinstance(field, models.DateField):
            value = "2020-01-01 09:00"
        elif isinstance(field, (models.IntegerField, models.DecimalField)):
            value = "1"
        else:
            value = WISHES.get(field.name, "Gekaapt")
        for name in (field.name, field.attname, f"{field.model._meta.model_name}.{field.name}", f"{field.name}__in"):
            wanted.setdefault(name, value)
    return wanted


def all_models() -> list[type[models.Model]]:
    return [model for app in APPS for model in apps.get_app_config(app).get_models()]


def known_rows() -> dict[type[models.Model], set[Any]]:
    return {model: set(model._base_manager.values_list("pk", flat=True)) for model in all_models()}


def rows(known: dict[type[models.Model], set[Any]]) -> dict[str, list[str]]:
    """Return every row that we have, as it reads; what is new has a number of its own, so that isn't looked at."""

    def read(row: models.Model, field: models.Field) -> Any:
        value = getattr(row, field.attname)
        is_new = isinstance(field, models.ForeignKey) and value not in known.get(field.related_model, {value})
        return "nieuw" if is_new else value

    found = {}
    for model in all_models():
        fields = [field for field in model._meta.fields if field.name not in MADE_ANEW]
        found[model.__name__] = sorted(
            str({field.name: read(row, field) for field in fields}) for row in model._base_manager.all()
        )
    return found


def sent(browser: Any, path: str, data: dict[str, Any]) -> tuple[int, dict[str, list[str]]]:
    """Return what came of it, and undo it."""
    known = known_rows()
    with transaction.atomic():
        answer = browser.post(path, data)
        outcome = answer.status_code, rows(known)
        transaction.set_rollback(True)
    return outcome


@pytest.fixture
def draft(indiener, insurer):
    return intake.filled(indiener, insurer)


@pytest.fixture
def taken(indiener, insurer, adviseur):
    return desk.filed(indiener, insurer, Status.IN_REVIEW, advisor=adviseur)


def steps(draft: AuthorizationRequest) -> list[tuple[str, str, dict[str, Any]]]:
    whole = applications.application()
    found = []
    for step in ("patient", "verwijzing", "behandelplan"):
        data = intake.typed(draft, step, whole) | {"draft_version": draft.draft_version, "verder": "1"}
        found.append(("indiener", step_url(draft, step), data))
    return found


def forms(request: pytest.FixtureRequest) -> list[tuple[str, str, dict[str, Any]]]:
    draft, taken = request.getfixturevalue("draft"), request.getfixturevalue("taken")
    colleague = request.getfixturevalue("lezer")
    place = {"name": "Noord", "street": "Weg 2", "postcode": "1234 AB", "city": "Stad", "agb_code": ""}
    organization = {"agb_code": "22980001", "kvk_number": "90009999", "vecozo_certificate": "no", "city": "Elders"}
    verdict = {"c1-verdict": "met", "c1-motivation": "Blijkt uit de brief.", "c1-version": "0"}
    return [
        *steps(draft),
        ("indiener", START, start_data(request.getfixturevalue("insurer"))),
        ("indiener", reverse("accounts:profile"), {"full_name": "Ilse Anders", "phone": ""}),
        ("organisatiebeheerder", reverse("accounts:organization-change"), organization),
        ("organisatiebeheerder", reverse("accounts:location-add"), place),
        (
            "organisatiebeheerder",
            reverse("accounts:colleague-roles", args=[colleague.user_id]),
            {"roles": ["lezer", "indiener"], "seen": "lezer"},
        ),
        ("adviseur", f"/beoordelen/{taken.reference}/criterium/c1/", verdict),
    ]


@pytest.mark.asvs("8.2.3", "15.3.3")
def test_fields_that_a_form_does_not_have_change_nothing(request, log_in, other_insurer, other_indiener):
    more = everything_more(other_indiener.user_id, other_insurer.pk)
    assert len(more) > 300
    for who, path, typed in (asked := forms(request)):
        browser = log_in(request.getfixturevalue(who))
        own = set(typed)
        for form in forms_in(browser.get(path).content.decode(), path):
            shown = dict(form.fields)
            own |= {*shown, *(name for name, _ in form.choices)}
            if form.path == path:
                typed = {**{name: value for name, value in shown.items() if name in ("seen", "version")}, **typed}
        own |= {name.removesuffix("_0") for name in own}  # a date goes in three parts, and is known by its name too
        before = rows(known_rows())
        plain = sent(browser, path, typed)
        extra = {name: value for name, value in more.items() if name not in own}
        assert len(extra) > 250
        status, with_more = sent(browser, path, {**typed, **extra})
        differs = {name: (plain[1][name], with_more[name]) for name in with_more if with_more[name] != plain[1][name]}
        assert (status, differs) == (plain[0], {}), path
        assert plain[1] != before, f"{path}: nothing is saved, so this says nothing ({plain[0]})"
    assert len(asked) == 9
