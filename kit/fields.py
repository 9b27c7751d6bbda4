"""
Form fields that read what Dutch people write and answer in words that help.

A field that is left empty, or whose error message isn't given, speaks through `kit.forms.Form`.
"""

import re
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from kit import dates, text, widgets

NUMBER = re.compile(r"[-+]?\d{1,12}([.,]\d{0,12})?", re.ASCII)
THOUSANDS = re.compile(r"[-+]?\d{1,3}(\.\d{3})+(,\d+)?")


def dutch(number: Decimal | int) -> str:
    """Return a number as it is written here: 1.204 and 4,5; without zeros that say nothing."""
    written = f"{number:,f}"
    if "." in written:
        written = written.rstrip("0").rstrip(".")
    return written.translate(str.maketrans(",.", ".,"))


def refuse_unreadable(value: str) -> None:
    """Refuse a text with a character that nobody can read or keep, and say where it stands."""
    before = text.unreadable(value)
    if before is None:
        return
    where = f' na "{before}"' if before else " aan het begin"
    raise ValidationError(
        f"In deze tekst staat{where} een teken dat wij niet kunnen lezen. Typ dat stukje opnieuw.", code="unreadable"
    )


class TextField(forms.CharField):
    """A text: tidied, without unreadable characters, and counted instead of cut when it is too long."""

    def __init__(self, *, max_length: int = 200, **kwargs: Any) -> None:
        self.limit = max_length
        super().__init__(**kwargs)
        # Django's own NUL check would answer in two voices
        self.validators = [v for v in self.validators if type(v).__name__ != "ProhibitNullCharactersValidator"]
        self.validators += [refuse_unreadable, self.refuse_too_long]

    def to_python(self, value: Any) -> Any:
        return super().to_python(text.tidy(value) if isinstance(value, str) else value)

    def refuse_too_long(self, value: str) -> None:
        """Refuse a text over the limit, saying by how much: nothing is cut off."""
        over = len(value) - self.limit
        if over > 0:
            plural = "teken" if over == 1 else "tekens"
            message = f"Uw tekst is {dutch(over)} {plural} te lang. Er passen {dutch(self.limit)} tekens."
            # Not "max_length": for that code a form has a general message, which would take the place of this count.
            raise ValidationError(self.error_messages.get("too_long", message), code="too_long")


class LineField(TextField):
    """A text on one line: line ends become spaces."""

    def to_python(self, value: Any) -> Any:
        value = super().to_python(value)
        return " ".join(value.split()) if isinstance(value, str) and not text.unreadable(value) else value


class NameField(LineField):
    """
    The name of a person, or its initials: letters, without pictures or signs of a markup language.

    A sign that turns the reading direction would make another name of it: it is refused.
    """

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str) and text.turns(value):
            raise ValidationError("In deze naam staat een onzichtbaar teken. Typ de naam opnieuw.", code="unreadable")
        return super().to_python(value)

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value and not text.may_be_name(value):
            message = "Vul de naam in met letters. Haal andere tekens weg, zoals < en > of een plaatje."
            raise ValidationError(message, code="no_name")


class LinesField(TextField):
    """A text of several lines; the page counts along (`data-count-max`)."""

    def __init__(self, *, max_length: int = 2000, rows: int = 5, **kwargs: Any) -> None:
        kwargs.setdefault("widget", widgets.lines(rows))
        super().__init__(max_length=max_length, **kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {**super().widget_attrs(widget), "data-count-max": str(self.limit)}


class ControlField(forms.CharField):
    """
    A hidden value of our own, such as what the page showed.

    It never complains: nobody can mend what nobody sees. The service judges what comes back.
    """

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.HiddenInput, required=False, **kwargs)
        self.validators = []

    def to_python(self, value: Any) -> str:
        return text.storable(value).strip() if isinstance(value, str) else ""


class ControlNumberField(ControlField):
    """A hidden number of our own; None for what isn't one that the database could hold."""

    def prepare_value(self, value: Any) -> Any:
        return value

    def clean(self, value: Any) -> int | None:
        return text.number(self.to_python(value))


class DigitsField(TextField):
    """
    A code of digits, such as an AGB code or a BIG number; spaces, points and dashes between them may be typed.

    `name` begins the message: "Een AGB-code" gives "Een AGB-code heeft 8 cijfers. U vulde er 7 in."
    """

    def __init__(self, *, length: int, name: str, **kwargs: Any) -> None:
        self.length, self.name = length, name
        kwargs.setdefault("widget", widgets.digits(11))
        super().__init__(max_length=length + 40, **kwargs)

    def to_python(self, value: Any) -> Any:
        value = super().to_python(value)
        return re.sub(r"[\s.\-]", "", value) if isinstance(value, str) else value

    def validate(self, value: Any) -> None:
        super().validate(value)
        if not value or text.unreadable(value) is not None:
            return
        if not (value.isascii() and value.isdigit()):
            message = f"{self.name} bestaat uit {self.length} cijfers. Er staat nu iets anders in."
        elif len(value) != self.length:
            message = f"{self.name} heeft {self.length} cijfers. U vulde er {len(value)} in."
        else:
            return
        raise ValidationError(self.error_messages.get("invalid", message), code="invalid")


class DecimalField(forms.DecimalField):
    """A number with a comma or a point: 4,5 and 4.5 are the same, 1.204 is twelve hundred and four."""

    default_error_messages = {"invalid": "Vul een getal in, bijvoorbeeld 12 of 4,5."}

    def __init__(self, *, max_digits: int | None = 8, decimal_places: int | None = 2, **kwargs: Any) -> None:
        kwargs.setdefault("widget", widgets.number())
        super().__init__(max_digits=max_digits, decimal_places=decimal_places, **kwargs)
        self.error_messages = {**limits(self.min_value, self.max_value), **self.error_messages}

    def to_python(self, value: Any) -> Any:
        if not isinstance(value, str):
            return super().to_python(value)
        typed = "".join(text.tidy(value).split())
        if THOUSANDS.fullmatch(typed) and (self.decimal_places or 0) < 3:
            typed = typed.replace(".", "")
        if not typed:
            return None
        if not NUMBER.fullmatch(typed):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        # before Django counts all digits and calls it too large
        if len(re.split("[.,]", typed + ",")[1]) > (most := self.decimal_places or 0):
            raise ValidationError(self.error_messages["max_decimal_places"] % {"max": most}, code="max_decimal_places")
        return Decimal(typed.replace(",", "."))

    def prepare_value(self, value: Any) -> Any:
        return dutch(value) if isinstance(value, Decimal | int) and not isinstance(value, bool) else value


class WholeNumberField(DecimalField):
    """A whole number."""

    default_error_messages = {"invalid": "Vul een heel getal in, bijvoorbeeld 28."}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(decimal_places=0, **kwargs)
        self.error_messages["max_decimal_places"] = self.error_messages["invalid"]

    def clean(self, value: Any) -> Any:
        number = super().clean(value)
        return None if number is None else int(number)


def limits(low: Any, high: Any) -> dict[str, str]:
    """Return the messages of a number that is out of bounds or too precise."""
    between = "" if low is None or high is None else f"Vul een getal in van {dutch(low)} tot en met {dutch(high)}."
    return {
        "min_value": between or f"Vul een getal in dat minstens {dutch(low or 0)} is.",
        "max_value": between or f"Vul een getal in dat hoogstens {dutch(high or 0)} is.",
        "max_digits": "Dit getal is te groot. Controleer het.",
        "max_whole_digits": "Dit getal is te groot. Controleer het.",
        "max_decimal_places": "Gebruik hoogstens %(max)s cijfers achter de komma.",
    }


class DateField(forms.MultiValueField):
    """
    A date in three parts, or pasted whole into the first.

    Bron: R-40.
    """

    widget = widgets.DateWidget
    default_error_messages = {
        "invalid": "Vul een bestaande datum in, bijvoorbeeld 1 12 2026.",
        "short_year": "Vul het jaar in met 4 cijfers, bijvoorbeeld 2026.",
        "out_of_range": "Controleer het jaar. Wij lezen datums van 1900 tot en met 2199.",
        "no_day": "Vul ook de dag in.",
        "no_month": "Vul ook de maand in.",
        "no_year": "Vul ook het jaar in.",
    }

    def __init__(self, **kwargs: Any) -> None:
        parts = [forms.CharField(required=False, max_length=60, validators=[]) for _ in range(3)]
        super().__init__(parts, require_all_fields=False, **kwargs)

    def clean(self, value: Any) -> date | None:
        if isinstance(value, date) or self.disabled:
            return super().clean(value)
        parts = [text.storable(text.tidy(str(part or ""))).strip() for part in (value or [])]
        if not any(parts):
            if self.required:
                raise ValidationError(self.error_messages["required"], code="required")
            return None
        found = self.compress(parts)
        self.validate(found)
        self.run_validators(found)
        return found

    def compress(self, data_list: Any) -> Any:
        day, month, year = (data_list or ["", "", ""])[:3]
        if day and not month and not year and (whole := dates.read(day)):
            return self._in_range(whole)
        if day and not month and not year and len(day) > 2:
            raise self._refusal("invalid")
        for part, code in ((day, "no_day"), (month, "no_month"), (year, "no_year")):
            if not part:
                raise self._refusal(code)
        if year.isascii() and year.isdigit() and len(year) < 4:
            raise self._refusal("short_year")
        found = dates.compose(day, month, year)
        if found is None:
            raise self._refusal("invalid")
        return self._in_range(found)

    def _in_range(self, found: date) -> date:
        if not 1900 <= found.year < 2200:
            raise self._refusal("out_of_range")
        return found

    def _refusal(self, code: str) -> ValidationError:
        return ValidationError(self.error_messages[code], code=code)
