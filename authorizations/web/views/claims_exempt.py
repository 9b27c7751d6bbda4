"""How often the two exempt codes were declared without machtiging, per insured, by both readings side by side."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.web import access
from authorizations.domain import claim_checks, exemption
from authorizations.queries import claims_exempt
from authorizations.web.views.declarations import LOOKERS, ON_A_PAGE, shown


@require_safe
@access.require(*LOOKERS)
def used(request: HttpRequest) -> HttpResponse:
    """Show for whom the codes were declared, the most often on top."""
    actor = access.actor(request)
    page = Paginator(claims_exempt.per_insured(actor), ON_A_PAGE).get_page(request.GET.get("pagina"))
    by_who = claims_exempt.of_insured(actor, [one["who"] for one in page])
    shown(request, [row for rows in by_who.values() for row in rows])
    lines = [(rows, claim_checks.exempt_use([row.code for row in rows])) for rows in by_who.values()]
    context = {"page": page, "lines": lines, "codes": exemption.CODES, "of_nobody": claims_exempt.of_nobody(actor)}
    return render(request, "authorizations/declarations/exempt.html", context)
