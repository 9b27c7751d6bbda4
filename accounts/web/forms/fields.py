"""Fields of people and organisations: a telephone number, a postcode, an e-mail address."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from accounts.web.forms.account import NO_NUL
from kit.fields import LineField
from kit.forms import Form

CHANGED = "Dit is intussen gewijzigd, in een ander tabblad of door een collega. Controleer het en bewaar opnieuw."


class SeenForm(Form):
    """A form that remembers what the page showed, so that two tabs never overwrite each other silently."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=400)

    def outrun(self, seen: str, text: str = CHANGED) -> None:
        """Say that somebody was first; what was typed stays, and saving it again is a choice made knowingly."""
        self.add_error(None, text)
        data = self.data.copy()  # type: ignore[attr-defined]
        data["seen"] = seen
        self.data = data


class PhoneField(LineField):
    """A telephone number, as people write it."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=20, **kwargs)

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value and (not re.fullmatch(r"\+?[0-9 ()\-]+", value) or len(re.sub(r"\D", "", value)) < 8):
            raise ValidationError("Vul een telefoonnummer in zoals 010 123 45 67.", code="invalid")


class PostcodeField(LineField):
    """A Dutch postcode; "1234ab" becomes "1234 AB"."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TextInput({"class": "mp-w-8", "autocomplete": "off"}))
        super().__init__(max_length=20, **kwargs)

    def to_python(self, value: Any) -> Any:
        value = super().to_python(value)
        parts = re.fullmatch(r"([1-9][0-9]{3}) ?([A-Za-z]{2})", value or "")
        return f"{parts[1]} {parts[2].upper()}" if parts else value

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value and not re.fullmatch(r"[1-9][0-9]{3} [A-Z]{2}", value):
            raise ValidationError("Een postcode ziet er zo uit: 1234 AB.", code="invalid")


class EmailField(forms.EmailField):
    """
    An e-mail address for an account.

    Plain letters only: it is compared without regard to capitals, which for other letters differs per program.
    """

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=254, **kwargs)
        self.error_messages["null_characters_not_allowed"] = NO_NUL

    def validate(self, value: Any) -> None:
        super().validate(value)
        if not (value or "").isascii():
            raise ValidationError("Vul een e-mailadres in zonder bijzondere letters, zoals naam@voorbeeld.nl.")
