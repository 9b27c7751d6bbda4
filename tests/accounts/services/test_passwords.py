import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from accounts import queries
from accounts.services import passwords
from tests.factories.accounts import PASSWORD

pytestmark = pytest.mark.django_db


def test_the_rule_is_the_one_that_django_asks(indiener):
    user = queries.user(indiener.user_id)
    validate_password(PASSWORD, user)
    with pytest.raises(ValidationError, match="minstens 15"):
        validate_password("kort", user)


def test_the_name_of_the_organization_is_no_password(indiener):
    user = queries.user(indiener.user_id)
    with pytest.raises(ValidationError, match="makkelijk te raden"):
        validate_password("De Esdoorn Proefstad", user)


def test_the_list_of_django_counts(indiener):
    common = next(word for word in sorted(passwords.common()) if len(word) >= 15)
    assert passwords.problems(common.upper(), user=queries.user(indiener.user_id))


def test_someone_unknown_has_no_names_of_his_own():
    passwords.Rule().validate(PASSWORD)
    assert "15 tekens" in passwords.Rule().get_help_text()
