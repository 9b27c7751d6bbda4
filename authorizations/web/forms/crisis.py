"""One question of the choice of a zorgtype for a crisis."""

from collections.abc import Mapping
from typing import Any

from django import forms

from ggz_codes.domain.crisis import CrisisQuestion
from kit.forms import Form

YES, NO = "ja", "nee"


class Step(Form):
    """The question that comes now."""

    def __init__(self, question: CrisisQuestion, data: Mapping[str, Any] | None) -> None:
        # Django copies these for each form, before the house gives each its messages.
        self.base_fields = {  # type: ignore[misc]
            question.value: forms.ChoiceField(
                label=question.label, choices=((YES, "Ja"), (NO, "Nee")), widget=forms.RadioSelect
            )
        }
        super().__init__(data)
        self.helper.form_tag = False
        self.helper.disable_csrf = True
