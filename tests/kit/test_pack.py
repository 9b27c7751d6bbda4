"""The crispy pack: markup of this house, escaped, and fit for assistive technology."""

import re

import pytest
from crispy_forms.layout import Fieldset, Layout, Submit
from crispy_forms.utils import render_crispy_form
from django import forms
from django.template import engines

from kit import fields
from kit.forms import Form

EVIL = '"><script>alert(1)</script>'


class Everything(Form):
    text = fields.LineField(label="Naam & co", help_text="<em>Uitleg</em>")
    lines = fields.LinesField(label="Toelichting", required=False, max_length=2000)
    choice = forms.ChoiceField(label="Keuze", choices=[("a", EVIL)], widget=forms.RadioSelect)
    several = forms.MultipleChoiceField(label="Meer", choices=[("a", "A")], widget=forms.CheckboxSelectMultiple)
    select = forms.ChoiceField(label="Waar is dat?", choices=[("", "Kies"), ("a", "A")])
    start = fields.DateField(label="Begin")
    agreed = forms.BooleanField(label="Ik ga akkoord.")
    file = forms.FileField(label="Bestand")
    secret = forms.CharField(label="Wachtwoord", widget=forms.PasswordInput)
    hidden = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper.layout = Layout(Fieldset("Kop", *self.fields))
        self.helper.add_input(Submit("verder", "Bewaar en ga door"))


def html_of(data=None) -> str:
    return render_crispy_form(Everything(data), context={"csrf_token": "token"})


def test_every_message_says_what_to_do():
    errors = {name: messages[0] for name, messages in Everything({}).errors.items()}
    assert errors == {
        "text": "Vul “Naam & co” in.",
        "choice": "Kies een antwoord bij “Keuze”.",
        "several": "Kies minstens 1 antwoord bij “Meer”.",
        "select": "Beantwoord de vraag “Waar is dat?”",
        "start": "Vul “Begin” in.",
        "agreed": "Zet een vinkje bij “Ik ga akkoord”.",
        "file": "Kies een bestand bij “Bestand”.",
        "secret": "Vul “Wachtwoord” in.",
    }


def test_a_message_given_with_a_field_stays():
    class One(Form):
        code = forms.CharField(error_messages={"required": "Kies een prestatiecode."})

    assert One({}).errors["code"] == ["Kies een prestatiecode."]


@pytest.mark.parametrize("data", [None, {"text": EVIL, "lines": EVIL, "start_0": EVIL, "hidden": EVIL, "choice": EVIL}])
def test_nothing_typed_becomes_markup(data):
    html = html_of(data)
    assert "<script" not in html
    assert "&lt;em&gt;" in html
    assert "style=" not in html


def test_an_error_stands_at_its_field_and_is_tied_to_it():
    html = html_of({})
    control = re.search(r'<input[^>]*name="text"[^>]*>', html)[0]
    assert 'aria-invalid="true"' in control
    assert 'aria-required="true"' in control
    assert " required" not in control
    ids = re.search(r'aria-describedby="([^"]*)"', control)[1].split()
    assert set(ids) == {"id_text_helptext", "id_text_error"}
    assert all(f'id="{one}"' in html for one in ids)


def test_groups_are_fieldsets_with_a_legend():
    html = html_of({})
    for name in ("choice", "several", "start"):
        assert re.search(rf'<fieldset id="div_id_{name}"[^>]*aria-describedby="id_{name}_error"[^>]*>\s*<legend', html)
    assert html.count("aria-describedby") >= 6


def test_the_form_leaves_checking_to_the_server_and_enter_to_the_first_button():
    html = html_of()
    assert " novalidate" in html
    assert html.index('name="verder"') < html.index('name="text"')
    assert 'enctype="multipart/form-data"' in html
    assert "Er passen 2.000 tekens." in html
    assert "maxlength" not in html


def test_the_error_summary_links_to_what_can_take_the_focus():
    page = engines["django"].from_string('{% include "components/_errors.html" %}')
    html = page.render({"form": Everything({}), "obstacles": [{"message": "Voeg toe: <b>.", "href": "/x"}]})
    html_of_form = html_of({})
    assert "Controleer 9 punten" in html
    assert "Voeg toe: &lt;b&gt;." in html
    targets = re.findall(r'href="#([^"]+)"', html)
    assert len(targets) == 8
    assert all(f'id="{target}"' in html_of_form for target in targets)


def test_no_summary_without_problems():
    page = engines["django"].from_string(
        '{% load crispy_mp %}{% include "components/_errors.html" %}{% error_prefix form %}'
    )
    assert page.render({"form": Everything()}).strip() == ""
