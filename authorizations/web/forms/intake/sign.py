"""O: the statement of whoever signs."""

from typing import Any

from crispy_forms.layout import Layout
from django import forms

from accounts.domain.actors import Actor
from kit.forms import Form


class SignForm(Form):
    """Declare and sign."""

    declared = forms.BooleanField(label="Ik verklaar dat ik deze aanvraag naar waarheid heb ingevuld.")

    def __init__(self, *args: Any, by: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["declared"].error_messages["required"] = (
            "Zet een vinkje bij de verklaring. Zonder verklaring kunt u niet indienen."
        )
        self.helper.layout = Layout("declared")
        self.helper.form_tag = False
        self.helper.disable_csrf = True
