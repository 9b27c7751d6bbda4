"""Which zorgproduct of revalidatie to expect, by the tree of a release. Sent: a diagnosis is in no address."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from ggz_codes.services import expected_product
from ggz_codes.services.expected_product import NoEstimate
from ggz_codes.web.forms_codes import Treatment


@require_http_methods(["GET", "HEAD", "POST"])
def estimate(request: HttpRequest) -> HttpResponse:
    """Show what follows from weighted minutes, nursing days and diagnosis. Nothing is kept."""
    form = Treatment(request.POST if request.method == "POST" else None)
    context: dict[str, object] = {"form": form, "assumed": expected_product.ASSUMED}
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        try:
            context["found"] = expected_product.estimate(
                diagnosis=given["diagnose"],
                weighted_minutes=given["minuten"],
                nursing_days=given["dagen"] or 0,
                opened_on=given["geopend"],
                zorgtype=given["zorgtype"],
            )
        except NoEstimate as reason:
            form.add_error(None, str(reason))
    return render(request, "ggz_codes/codes/estimate.html", context, status=422 if form.errors else 200)
