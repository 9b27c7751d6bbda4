"""The addresses of people and organisations; those of logging in have the names that allauth asks for."""

from allauth.account import views as allauth
from django.urls import include, path, re_path

from accounts.web.views import (
    access_requests,
    account,
    api_keys,
    colleagues,
    factors,
    identity_provider,
    invitations,
    organizations,
    profile,
    proof,
    sessions,
)

pages = [
    path("inloggen/verder/", account.resume, name="resume"),
    path("inloggen/blijven/", account.stay, name="stay"),
    path("inloggen/bevestigen/", proof.confirm, name="confirm"),
    path("profiel/tweede-stap/verder/", factors.onward, name="onward"),
    path("profiel/tweede-stap/<int:factor_id>/weghalen/", factors.remove, name="factor-remove"),
    path("uitnodiging/<str:secret>/", invitations.accept, name="invitation"),
    path("inloggen/organisatie/", identity_provider.begin, name="identity-begin"),
    path("inloggen/organisatie/terug/", identity_provider.come_back, name="identity-back"),
    path("toegang-vragen/", access_requests.ask, name="ask-access"),
    path("toegang-vragen/verstuurd/", access_requests.asked, name="access-asked"),
    path("beheer/toegang/", access_requests.waiting, name="access-requests"),
    path("beheer/toegang/<int:request_id>/", access_requests.answer, name="access-request"),
    path("profiel/", profile.profile, name="profile"),
    path("profiel/organisatie/", profile.choose_organization, name="choose-organization"),
    path("organisatie/", organizations.organization, name="organization"),
    path("organisatie/wijzigen/", organizations.change, name="organization-change"),
    path("organisatie/locaties/toevoegen/", organizations.add_location, name="location-add"),
    path("organisatie/locaties/<int:location_id>/", organizations.change_location, name="location-change"),
    path("organisatie/locaties/<int:location_id>/stoppen/", organizations.stop_location, name="location-stop"),
    path("organisatie/collegas/", colleagues.colleagues, name="colleagues"),
    path("organisatie/collegas/uitnodigen/", colleagues.invite, name="invite"),
    path("organisatie/collegas/<int:user_id>/", colleagues.roles, name="colleague-roles"),
    path("organisatie/collegas/<int:user_id>/verwijderen/", colleagues.remove, name="colleague-remove"),
    path("organisatie/collegas/<int:user_id>/tweede-stap/", colleagues.reset_factor, name="colleague-reset-factor"),
    path("organisatie/api-sleutels/", api_keys.api_keys, name="api-keys"),
    path("organisatie/api-sleutels/maken/", api_keys.make, name="api-key-make"),
    path("organisatie/api-sleutels/<int:key_id>/intrekken/", api_keys.revoke, name="api-key-revoke"),
    path("organisatie/uitnodigingen/<int:invitation_id>/opnieuw/", invitations.resend, name="invitation-resend"),
    path("organisatie/uitnodigingen/<int:invitation_id>/intrekken/", invitations.withdraw, name="invitation-withdraw"),
]
urlpatterns = [
    path("inloggen/", sessions.log_in, name="account_login"),
    path("inloggen/code/", factors.log_in_step, name="mfa_authenticate"),
    path("inloggen/gestopt/", allauth.account_inactive, name="account_inactive"),
    path("uitloggen/", sessions.log_out, name="account_logout"),
    path("wachtwoord-vergeten/", allauth.password_reset, name="account_reset_password"),
    path("wachtwoord-vergeten/verstuurd/", allauth.password_reset_done, name="account_reset_password_done"),
    path(
        "wachtwoord-vergeten/klaar/", allauth.password_reset_from_key_done, name="account_reset_password_from_key_done"
    ),
    re_path(
        r"^wachtwoord-vergeten/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        allauth.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("profiel/tweede-stap/", factors.factors_page, name="mfa_index"),
    path("profiel/tweede-stap/app/", factors.set_up_app, name="mfa_activate_totp"),
    path(
        "profiel/tweede-stap/sleutel/",
        factors.add_key,
        name="mfa_add_webauthn",
    ),
    path(
        "profiel/tweede-stap/herstelcodes/",
        factors.recovery_codes,
        name="mfa_view_recovery_codes",
    ),
    path(
        "profiel/tweede-stap/herstelcodes/nieuw/",
        factors.new_recovery_codes,
        name="mfa_generate_recovery_codes",
    ),
    path("profiel/apparaten/", sessions.devices, name="usersessions_list"),
    path("profiel/wachtwoord/", allauth.password_change, name="account_change_password"),
    path("", include((pages, "accounts"))),
]
