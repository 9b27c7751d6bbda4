"""Addresses of the claims that a zorgaanbieder keeps."""

from django.urls import path

from authorizations.web.views import claims_due, claims_exempt, declaration_files, declarations

urlpatterns = [
    path("declaraties/", declarations.listed, name="declarations"),
    path("declaraties/indienen/", claims_due.due, name="declarations-due"),
    path("declaraties/agenda/", claims_due.calendar, name="declarations-calendar"),
    path("declaraties/vrijgesteld/", claims_exempt.used, name="declarations-exempt"),
    path("declaraties/nieuw/", declarations.add, name="declaration-add"),
    path("declaraties/inlezen/", declaration_files.bring, name="declarations-bring"),
    path("declaraties/voorbeeld/", declaration_files.example, name="declarations-example"),
    path("declaraties/<int:declaration_id>/", declarations.detail, name="declaration"),
    path("declaraties/<int:declaration_id>/wijzigen/", declarations.change, name="declaration-change"),
    path("declaraties/<int:declaration_id>/verwijderen/", declarations.remove, name="declaration-remove"),
]
