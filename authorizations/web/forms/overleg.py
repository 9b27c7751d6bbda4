"""The forms of collegiaal overleg: moments to offer, choosing one or none, and what came of it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from crispy_forms.layout import Div, Layout
from django import forms
from django.utils import timezone
from django.utils.formats import date_format

from authorizations.domain.deadlines import AMSTERDAM
from authorizations.domain.overleg import MOST_MOMENTS
from kit.fields import DateField, LineField, LinesField
from kit.forms import Form
from kit.rows import rows

REACH = 120


class Moment(Form):
    """A day and a time to talk."""

    day = DateField(label="Dag")
    at = forms.TimeField(
        label="Tijd", input_formats=["%H:%M", "%H.%M"], widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={
            "required": "Vul de tijd in, bijvoorbeeld 14.30.",
            "invalid": "Vul een tijd in van 0.00 tot en met 23.59, bijvoorbeeld 14.30.",
        },
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper.layout = Layout(Div("day", "at", css_class="mp-fieldrow"))

    @staticmethod
    def read(values: dict[str, Any]) -> datetime:
        """Return the moment that a row names, in the time of this country."""
        return datetime.combine(values["day"], values["at"], AMSTERDAM)


Moments = rows(Moment, noun="moment", longest=MOST_MOMENTS)


class _Part(Form):
    """A form of which the page writes the tag and the token."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper.form_tag = False
        self.helper.disable_csrf = True


class Offer(_Part):
    """What belongs to all the moments that are offered."""

    reach = LineField(
        label="Hoe spreekt u elkaar?", required=False, max_length=REACH,
        help_text="Bijvoorbeeld het telefoonnummer waarop u bereikbaar bent. Schrijf niets over de patiënt.",
    )  # fmt: skip


class Choose(_Part):
    """One of the moments that were offered."""

    moment = forms.TypedChoiceField(
        label="Welk moment past u?", widget=forms.RadioSelect, coerce=datetime.fromisoformat,
        error_messages={"required": "Kies een moment.", "invalid_choice": "Kies een van deze momenten."},
    )  # fmt: skip
    reach = LineField(
        label="Met wie spreekt de adviseur, en op welk nummer?", required=False, max_length=REACH,
        help_text="Schrijf niets over de patiënt.",
    )  # fmt: skip

    def __init__(self, *args: Any, moments: Sequence[datetime], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["moment"]
        assert isinstance(choice, forms.TypedChoiceField)  # noqa: S101
        choice.choices = [
            (one.isoformat(), date_format(timezone.localtime(one), "l j F Y, G.i") + " uur") for one in moments
        ]


class Decline(_Part):
    """No talk, with the reason if somebody wants to give one."""

    because = LinesField(
        label="Waarom niet?", required=False, max_length=1000, rows=3,
        help_text="De medisch adviseur leest dit.",
    )  # fmt: skip


class Result(_Part):
    """What came of the talk, and for whom that is."""

    result = LinesField(
        label="Wat kwam er uit het overleg?", max_length=4000, rows=6,
        error_messages={"required": "Schrijf de uitkomst van het overleg."},
        help_text="Dit komt niet in de brief.",
    )  # fmt: skip
    shared = forms.BooleanField(label="De zorgaanbieder mag deze uitkomst lezen", required=False)
