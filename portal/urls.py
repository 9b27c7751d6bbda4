"""All addresses: each app has its own list."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from portal import failures, health, home, reports

house: list[URLPattern | URLResolver] = [
    path("gezondheid/", health.health, name="health"),
    path("gezondheid/leeft/", health.alive, name="alive"),
    path("privacy/", home.privacy, name="privacy"),
    path("toegankelijkheid/", home.accessibility, name="accessibility"),
    path("meldingen/csp/", reports.csp, name="csp-report"),
    path("beheer/storingen/", failures.failures, name="failures"),
    path("beheer/storingen/opnieuw/", failures.retry, name="failures-retry"),
]
urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.home, name="home"),
    path("", include((house, "portal"))),
    path("logboek/", include("portal.logbook.urls")),
    path("", include("accounts.web.urls")),
    path("", include("authorizations.web.urls")),
    path("", include("contracting.web.urls")),
    path("", include("ggz_codes.web.urls_releases")),
    path("", include("ggz_codes.web.urls_codes")),
    path("api/v1/", include("authorizations.api.urls_checks")),
    path("api/v1/", include("authorizations.api.urls_activities")),
    path("api/v1/", include("authorizations.api.urls_claims")),
]
if settings.ENVIRONMENT != "production":
    urlpatterns.append(path("stijl/", include("kit.style")))

handler400 = "portal.errors.bad_request"
handler403 = "portal.errors.forbidden"
handler404 = "portal.errors.not_found"
handler429 = "portal.errors.too_many"
handler500 = "portal.errors.server_error"
