"""The forms around the document that is looked at."""

from django import forms

from authorizations.domain import page_search
from kit.forms import Form


class Search(Form):
    """Words to look for in one document."""

    term = forms.CharField(
        label="Zoek in dit document",
        min_length=page_search.SHORTEST,
        max_length=page_search.LONGEST,
        error_messages={"min_length": "Typ minstens %(limit_value)s tekens om te zoeken."},
    )
