"""
What a provider that has logged in leaves open about its NZa budget, filled in from the register of contracts.

It stays to be changed, and the answer says where it comes from. Bron: G-15, G-16, G-19.
"""

from django.http import HttpRequest

from accounts.domain.actors import Actor
from authorizations.domain.check_values import Unjudgeable
from authorizations.domain.ggz_line_rows import read
from authorizations.services import ggz_line, policies
from authorizations.web.forms.checks import Case

TOETS = "ggz_regel"


def filled_in(request: HttpRequest, form: Case) -> tuple[Case, dict[str, object]]:
    """Return the form with what the portal knows of the budget in the questions left open, and what to tell of that."""
    actor: Actor | None = getattr(request, "actor", None)
    if form.toets.name != TOETS or actor is None or not actor.is_provider:
        return form, {}
    row = form.row()
    try:
        line = read(row)
    except Unjudgeable:
        return form, {}
    known = ggz_line.from_portal(actor.organization_id, line.zorgtype, line.opened_on) if line.opened_on else None
    if known is None:
        return form, {}
    given = {name: "ja" if value else "nee" for name, value in known.values.items() if not row[name]}
    told = {"known": known, "filled_in": [(form.asked[name].label, value) for name, value in given.items()]}
    if not given:
        return form, told
    data = request.GET.copy()
    for name, value in given.items():
        data[name] = value
    form = Case(form.toets, data, policies=policies.shipped(), rule=form.rule)
    form.is_valid()
    return form, told
