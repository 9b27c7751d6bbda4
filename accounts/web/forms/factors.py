"""The second step: a code, a security key, recovery codes."""

import re
import struct
from typing import Any

from allauth.mfa.base import forms as base
from allauth.mfa.base.internal.flows import check_rate_limit
from allauth.mfa.webauthn import forms as webauthn
from crispy_forms.layout import Submit
from cryptography.exceptions import InvalidSignature
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.domain.passwords import LONGEST
from accounts.services import factors
from accounts.web.forms.account import NO_NUL
from kit.fields import LineField
from kit.forms import Form

WRONG = "Deze code klopt niet, of is al gebruikt. Wacht op de volgende code en typ die."
WRONG_KEY = "Dat is niet gelukt met deze sleutel. Probeer het opnieuw."
CODE_ATTRIBUTES = {
    "class": "mp-w-8",
    "autocomplete": "one-time-code",
    "inputmode": "numeric",
    "autocapitalize": "off",
    "spellcheck": "false",
}
# What the parsers of a security key raise when a browser sends them rubbish.
RUBBISH = (ValueError, TypeError, KeyError, AttributeError, IndexError, struct.error, InvalidSignature)


class CodeInput(forms.TextInput):
    """Empty when it comes back: a code that was refused is of no use to anybody."""

    def format_value(self, value: Any) -> None:
        return None


class CodeField(LineField):
    """A code as people type it, with spaces or without."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", CodeInput(CODE_ATTRIBUTES))
        super().__init__(max_length=40, **kwargs)

    def to_python(self, value: Any) -> Any:
        return re.sub(r"[\s-]", "", super().to_python(value) or "")


class AppCode(Form):
    """A code of the app, to show that it is linked; the view judges it."""

    code = CodeField(
        label="Code uit de app",
        help_text="6 cijfers. Elke 30 seconden komt er een nieuwe.",
        error_messages={"required": "Typ de code die uw app nu toont."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper.add_input(Submit("verder", "Koppel de app"))


class Authenticate(Form, base.AuthenticateForm):
    """The second step while logging in: a code of the app, or a recovery code."""

    code = CodeField(
        label="Code",
        help_text="De 6 cijfers die uw app nu toont, of een herstelcode van 8 cijfers.",
        error_messages={"required": "Typ de code die uw app nu toont."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs["autofocus"] = True
        self.helper.add_input(Submit("verder", "Verder"))

    def clean_code(self) -> str:
        """Use the code up."""
        forgive = check_rate_limit(self.user)
        found = factors.spend(user_id=self.user.pk, typed=self.cleaned_data["code"], now=timezone.now())
        if found is None:
            raise ValidationError(WRONG, code="incorrect_code")
        forgive()
        found.user = self.user
        self.authenticator = found
        return str(self.cleaned_data["code"])


class CredentialField(forms.JSONField):
    """What a security key answers. Nothing but a table is looked at further: allauth takes 0 for an answer to keep."""

    def __init__(self) -> None:
        super().__init__(widget=forms.HiddenInput, error_messages={"required": WRONG_KEY, "invalid": WRONG_KEY})

    def to_python(self, value: Any) -> Any:
        try:
            found = super().to_python(value)
        except (ValueError, RecursionError):
            found = None
        if value in self.empty_values or (isinstance(found, dict) and found):
            return found
        raise ValidationError(WRONG_KEY, code="incorrect_code")


class _Key(Form):
    """What a browser says of a security key; anything unreadable is simply not the key."""

    credential = CredentialField()

    def clean(self) -> dict[str, Any]:
        try:
            return super().clean() or {}
        except RUBBISH:
            raise ValidationError(WRONG_KEY, code="incorrect_code") from None


class AuthenticateKey(_Key, webauthn.AuthenticateWebAuthnForm):
    """The second step while logging in: a security key."""

    def clean_credential(self) -> Any:
        try:
            return super().clean_credential()
        except ValidationError as refusal:
            code = getattr(refusal, "code", "")
            raise ValidationError(WRONG_KEY if code == "incorrect_code" else refusal.messages, code=code) from None
        except RUBBISH:
            raise ValidationError(WRONG_KEY, code="incorrect_code") from None


class ConfirmKey(AuthenticateKey):
    """The same, in the middle of one's work."""

    reauthenticated = True


class AddKey(_Key, webauthn.AddWebAuthnForm):
    """A new security key."""

    name = LineField(
        label="Naam van de sleutel",
        max_length=60,
        required=False,
        help_text="Zo herkent u de sleutel later, bijvoorbeeld: sleutel aan mijn sleutelbos.",
    )


class Confirm(Form):
    """The own password or a code, in the middle of one's work."""

    proof = LineField(max_length=300)

    def __init__(self, *args: Any, by_password: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["proof"] = self.password() if by_password else self.code()

    @staticmethod
    def password() -> forms.Field:
        """Return the field for a password, cut where no password goes on."""
        return PasswordField(
            label="Uw wachtwoord",
            strip=False,
            widget=forms.PasswordInput({"autocomplete": "current-password"}),
            error_messages={"required": "Vul uw wachtwoord in.", "null_characters_not_allowed": NO_NUL},
        )

    @staticmethod
    def code() -> forms.Field:
        """Return the field for a code."""
        return CodeField(
            label="Code",
            help_text="De 6 cijfers die uw app nu toont.",
            error_messages={"required": "Typ de code die uw app nu toont."},
        )


class PasswordField(forms.CharField):
    """A password; what is longer than any can be is cut, so that nobody makes us hash a book."""

    def to_python(self, value: Any) -> Any:
        return (super().to_python(value) or "")[: LONGEST + 1]
