"""Logging in and passwords: the forms of allauth, in our words and with our markup."""

from typing import Any

from allauth.account import forms as allauth
from allauth.account.adapter import get_adapter
from crispy_forms.layout import Submit
from django import forms
from django.http import HttpRequest, HttpResponse

from accounts.domain.passwords import LONGEST, SHORTEST
from accounts.services import guessing
from accounts.web import kept, proof
from kit.forms import Form

NO_NUL = "Hier staat een teken in dat wij niet kunnen lezen. Typ het opnieuw."
ADVICE = f"Minstens {SHORTEST} tekens, alle tekens mogen. Een zin van 4 of 5 woorden werkt goed."


class _Plain(Form):
    """What the forms of allauth have too much: placeholders, a second box, words of their own."""

    labels: dict[str, str] = {}
    demands: dict[str, str] = {}
    button = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # The box shows what is typed on request, so nobody has to type a new password twice.
        self.fields.pop("password2", None)
        for name in self.labels:
            field = self.fields[name]
            field.label = self.labels[name]
            field.help_text = ""
            field.widget.attrs.pop("placeholder", None)
            field.error_messages |= {"required": self.demands[name], "null_characters_not_allowed": NO_NUL}
            if isinstance(field, forms.EmailField):
                field.error_messages["invalid"] = "Vul een e-mailadres in zoals naam@voorbeeld.nl."
                field.widget.attrs |= {"autocomplete": "username", "spellcheck": "false"}
        self.helper.add_input(Submit(self.button_name, self.button))

    button_name = "verder"


class LogIn(_Plain, allauth.LoginForm):
    """E-mail address and password; `kept` carries along what was typed when the session had expired."""

    kept = forms.CharField(widget=forms.HiddenInput, required=False)

    labels = {"login": "E-mailadres", "password": "Wachtwoord"}
    demands = {"login": "Vul uw e-mailadres in.", "password": "Vul uw wachtwoord in."}
    button = "Inloggen"

    def login(self, request: HttpRequest, redirect_url: str | None = None) -> HttpResponse:
        """Go on to the second step; what was typed before waits in the session, still closed."""
        kept.remember(request, self.cleaned_data["kept"])
        request.session.pop(proof.ELSEWHERE, None)
        response: HttpResponse = super().login(request, redirect_url)
        return response

    def clean_password(self) -> str:
        """Cut what is longer than any password can be, so that nobody makes us hash a book."""
        return str(self.cleaned_data["password"])[: LONGEST + 1]


class AskReset(_Plain, allauth.ResetPasswordForm):
    """The address to which a link for a new password goes."""

    labels = {"email": "E-mailadres"}
    demands = {"email": "Vul uw e-mailadres in."}
    button = "Stuur mij een link"

    def save(self, request: HttpRequest, **kwargs: Any) -> str:
        """Send a mail to an unknown address too: the page can't tell the difference, the owner of the address can."""
        if self.users:
            return str(super().save(request, **kwargs))
        email = str(self.cleaned_data["email"])
        get_adapter(request).send_mail("account/email/unknown_account", email, {})
        return email


class Reset(_Plain, allauth.ResetPasswordKeyForm):
    """A new password, after the link in the mail."""

    labels = {"password1": "Nieuw wachtwoord"}
    demands = {"password1": "Vul een nieuw wachtwoord in."}
    button = "Bewaar wachtwoord"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password1"].help_text = ADVICE

    def save(self) -> None:
        """Set the password, and forget the mistakes on an account whose owner chose a new one by mail."""
        super().save()
        guessing.forgive_everywhere(email=self.user.email)


class ChangePassword(_Plain, allauth.ChangePasswordForm):
    """A new password, by who knows the old one."""

    labels = {"oldpassword": "Huidig wachtwoord", "password1": "Nieuw wachtwoord"}
    demands = {"oldpassword": "Vul uw huidige wachtwoord in.", "password1": "Vul een nieuw wachtwoord in."}
    button = "Bewaar wachtwoord"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password1"].help_text = ADVICE
