"""Who may open the pages about contracts, and how an answer says that something typed is wrong."""

from django.forms import BaseForm

from accounts.web import access
from contracting.queries.questionnaires import FILLERS
from contracting.queries.register import KEEPERS, READERS

reads = access.require(*sorted(READERS))
keeps = access.require(*sorted(KEEPERS))
fills = access.require(*sorted(FILLERS))


def status_of(form: BaseForm | None) -> int:
    """Return the status of a page with this form: 422 when it shows what is wrong with what was typed."""
    return 422 if form is not None and form.errors else 200
