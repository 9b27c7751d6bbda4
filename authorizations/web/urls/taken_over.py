"""Addresses of machtigingen that other insurers gave and that hold here."""

from django.urls import path

from authorizations.web.views import taken_over

ALL = "zorgtrajecten/overgenomen/"

urlpatterns = [
    path(ALL, taken_over.listed, name="taken-over"),
    path(f"{ALL}nieuw/", taken_over.register, name="taken-over-register"),
    path(f"{ALL}<int:title_id>/", taken_over.one, name="taken-over-one"),
    path(f"{ALL}<int:title_id>/bewijs/", taken_over.evidence, name="taken-over-evidence"),
]
