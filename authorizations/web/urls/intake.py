"""Addresses of writing and filing a request."""

from django.urls import path

from authorizations.web.views import intake, intake_filing, intake_steps

urlpatterns = [
    path("aanvragen/nieuw/", intake.start, name="intake-start"),
    path("aanvragen/<reference:reference>/stap/<slug:step>/", intake_steps.step, name="intake-step"),
    path("aanvragen/<reference:reference>/stap/<slug:step>/bewaren/", intake_steps.autosave, name="intake-autosave"),
    path("aanvragen/<reference:reference>/controle/", intake_filing.check, name="intake-check"),
    path("aanvragen/<reference:reference>/beleid/", intake_filing.adopt, name="intake-adopt-policy"),
    path("aanvragen/<reference:reference>/indienen/", intake_filing.submit, name="intake-submit"),
    path("aanvragen/<reference:reference>/ingediend/", intake_filing.filed, name="intake-filed"),
    path("aanvragen/<reference:reference>/verwijderen/", intake.delete, name="intake-delete"),
]
