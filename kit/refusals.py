"""What the database refuses, in the words of the constraint that it names."""

from django.db import IntegrityError
from django.db.models import Model


def said(error: IntegrityError, model: type[Model]) -> str:
    """
    Return the words of the constraint of this model that stopped a row.

    :raises IntegrityError: the same again, when it was none of them
    """
    for constraint in model._meta.constraints:
        if constraint.name in str(error):
            return str(constraint.violation_error_message)
    raise error
