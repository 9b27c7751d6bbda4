"""How the list of subtrajecten that close soon is narrowed."""

from collections.abc import Sequence

from django import forms
from django.http import QueryDict

from authorizations.domain import kinds
from authorizations.domain.subtrajects import Ground
from kit import text
from kit.forms import Form

WITHIN = {"7": 7, "14": 14, "30": 30, "45": 45}
DEFAULT = "30"


class Near(Form):
    """What narrows the list of what closes soon, kept in the address; what is no choice counts as everything."""

    binnen = forms.ChoiceField(
        label="Sluit binnen", required=False, choices=[(days, f"{days} dagen") for days in WITHIN]
    )
    grond = forms.ChoiceField(
        label="Waardoor",
        required=False,
        choices=[("", "Alle redenen"), *((one.value, one.label) for one in (Ground.IDLE, Ground.LONGEST))],
    )
    indicatie = forms.ChoiceField(
        label="Indicatie",
        required=False,
        choices=[("", "Alle indicaties"), *kinds.SUBTRAJECT_CHOICES],
    )
    ander = forms.ChoiceField(label="Verzekeraar", required=False)

    def __init__(self, data: QueryDict, *, medical: bool, others: Sequence[tuple[int, str]], is_provider: bool) -> None:
        data = data.copy()
        if data.get("binnen") not in WITHIN:
            data["binnen"] = DEFAULT
        super().__init__(data)
        self.fields["ander"].label = "Verzekeraar" if is_provider else "Zorgaanbieder"
        everyone = "Alle verzekeraars" if is_provider else "Alle zorgaanbieders"
        self.fields["ander"].choices = [("", everyone), *((str(pk), name) for pk, name in others)]  # type: ignore[attr-defined]
        if not medical:
            del self.fields["indicatie"]
        if len(others) < 2:
            del self.fields["ander"]
        self.helper.form_tag, self.helper.disable_csrf = False, True
        self.is_valid()
        self.chosen = {name: value for name, value in self.cleaned_data.items() if value}

    @property
    def days(self) -> int:
        """Return within how many days."""
        return WITHIN[self.chosen.get("binnen", DEFAULT)]

    @property
    def other_id(self) -> int | None:
        """Return the organisation on the other side."""
        return text.number(self.chosen.get("ander", ""))
