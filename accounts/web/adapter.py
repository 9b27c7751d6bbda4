"""How allauth behaves in this house."""

from typing import Any, cast
from uuid import uuid4

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.internal import ratelimit
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url
from django.template.loader import render_to_string
from django.utils import timezone

from accounts import queries
from accounts.domain.actors import Actor
from accounts.domain.roles import DESK, Role
from accounts.models import User
from accounts.services import guessing, mail
from accounts.web import devices, kept, proof, waiting

CODES_REST = 5 * 60
"""So many seconds no code or key is looked at after five wrong ones (ACCOUNT_RATE_LIMITS, login_failed)."""
TOO_OFTEN = "Dit is te vaak geprobeerd. Wacht {minutes} minuten, of vraag een nieuw wachtwoord aan."


class Adapter(DefaultAccountAdapter):
    """No sign-up, mail by the worker, Dutch words, and everybody to the page where the own work begins."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": "Het e-mailadres of wachtwoord klopt niet. Probeer het opnieuw.",
        "enter_current_password": "Dit is niet uw huidige wachtwoord. Probeer het opnieuw.",
        "too_many_login_attempts": "Dit is te vaak geprobeerd. Wacht 5 minuten en probeer het opnieuw.",
        "rate_limited": "U heeft het te vaak geprobeerd. Wacht een minuut en probeer het opnieuw.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Say no: an account begins with an invitation."""
        return False

    def clean_password(self, password: str, user: Any = None) -> str:
        """Leave the rule to AUTH_PASSWORD_VALIDATORS alone, so that there is one answer."""
        validate_password(password, user)
        return password

    def validation_error(self, code: str, *args: object) -> ValidationError:
        """Return the words for what is wrong; too many wrong codes also mean waiting."""
        if code == "too_many_login_attempts":
            waiting.begin(self.request, CODES_REST)
        error: ValidationError = super().validation_error(code, *args)
        return error

    def pre_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse | None:
        """Stop who has no role anywhere any more."""
        refusal: HttpResponse | None = super().pre_login(request, user, **kwargs)
        if refusal is None and queries.actor_of(user) is None:
            return self.respond_user_inactive(request, user)
        return refusal

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Return where the own work begins."""
        actor = queries.actor_of(cast(User, request.user))
        return home_of(actor) if actor else resolve_url(settings.LOGIN_REDIRECT_URL)

    def post_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse:
        """Go on with what was typed when the session expired, or where the person came from."""
        response: HttpResponse = super().post_login(request, user, **kwargs)
        devices.remember(request, response, user.email)
        if kept.SESSION in request.session:
            response["Location"] = resolve_url("accounts:resume")
        return response

    def get_login_stages(self) -> list[str]:
        """Ask for no second step here when the identity provider asked for more than a password."""
        stages: list[str] = super().get_login_stages()
        return [] if getattr(self.request, "two_steps_elsewhere", False) else stages

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Say whether the password or second step was shown too long ago."""
        return not proof.fresh(self.request)

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """Name our one page for it."""
        return [{"id": "confirm", "description": "Bevestig dat u het bent", "url": resolve_url("accounts:confirm")}]

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Return to the profile."""
        return resolve_url("accounts:profile")

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        """Say only what isn't plain from the page itself."""
        if message_template == "account/messages/password_changed.txt":
            messages.success(request, "Uw wachtwoord is gewijzigd.")

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """
        Count the guess before the password is looked at; the same for an account that doesn't exist.

        :raises ValidationError: when it rests
        """
        try:
            guessing.count(email=credentials["email"], source=self._source(request, credentials), now=timezone.now())
        except guessing.Wait as wait:
            waiting.begin(request, wait.seconds)
            raise ValidationError(TOO_OFTEN.format(minutes=-(-wait.seconds // 60)), code="too_many") from None

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Any:
        """Forget the mistakes of who was right in the end."""
        user = super().authenticate(request, **credentials)
        if user:
            guessing.forgive(email=credentials["email"], source=self._source(request, credentials))
        return user

    def _source(self, request: HttpRequest, credentials: dict[str, Any]) -> guessing.Source:
        return devices.source(request, credentials["email"], ratelimit.get_ip(request))

    def send_notification_mail(
        self, template_prefix: str, user: Any, context: dict[str, Any] | None = None, email: str | None = None
    ) -> None:
        """Tell the mail whom it is for; allauth passes only the address on."""
        super().send_notification_mail(template_prefix, user, {**(context or {}), "user": user}, email)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Ask for a mail in plain text; the worker sends it."""
        subject, body = (
            render_to_string(f"{template_prefix}_{part}.txt", {**context, "email": email}).strip()
            for part in ("subject", "message")
        )
        mail.ask(to=[email], subject=subject, body=body + "\n", key=f"account-{uuid4()}", now=timezone.now())


def home_of(actor: Actor) -> str:
    """Return the page where the work of this person begins; who only manages people begins there."""
    if actor.roles == {Role.LOGBEHEERDER}:
        return resolve_url(settings.HOME_OF_LOGBEHEERDER)
    if actor.is_insurer and not actor.has(*DESK):
        return resolve_url("accounts:colleagues" if actor.is_manager else "accounts:profile")
    return resolve_url(settings.HOME_OF[actor.organization_kind.value])
