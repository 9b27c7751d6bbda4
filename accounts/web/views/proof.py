"""Confirming who one is, in the middle of one's work."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from accounts.web import access, confirming, kept


@never_cache
@sensitive_post_parameters("proof")
@access.known
def confirm(request: HttpRequest) -> HttpResponse:
    """Ask for the password or the second step; then go on, with what was typed."""
    given = request.POST if request.method == "POST" else request.GET
    onward = given.get("next", "")
    if not url_has_allowed_host_and_scheme(onward, allowed_hosts=None):
        onward = "/"
    errand = confirming.Errand(onward, request.POST.get("kept", ""))
    way = request.POST.get("met", "")
    if way not in confirming.ways(request):
        return confirming.ask(request, errand, way=request.POST.get("anders", ""))
    if way == confirming.ORGANIZATION:
        kept.remember(request, errand.packed)
        # A link and no redirect: our policy lets no form lead to another house (form-action).
        context = {"onward": errand.onward, "provider": settings.OIDC["name"]}
        return render(request, "accounts/identity_provider/onward.html", context)
    wrong = confirming.answer(request, way)
    if wrong:
        return confirming.ask(request, errand, way=way, form=wrong)
    if kept.remember(request, errand.packed):
        return redirect("accounts:resume")
    return redirect(errand.onward)
