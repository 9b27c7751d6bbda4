"""Addresses of the access log, for the logbeheerder of an organisation."""

from django.urls import path

from portal.logbook import views, views_of_one

app_name = "logbook"
urlpatterns = [
    path("", views.log_page, name="log"),
    path("maanden/", views.months, name="months"),
    path("maanden/<int:year>-<int:number>/", views.month, name="month"),
    path("verzekerde/", views_of_one.insured, name="insured"),
    path("account/", views_of_one.account, name="account"),
    path("account/bestand/", views_of_one.account_export, name="account-export"),
]
