"""A letter is written once and issued once, also for whoever comes with SQL."""

import pytest
from django.db import IntegrityError, connection

from papers.models import Letter
from tests.papers.rows import letter

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"issued_at": None}, "letter_issued_is_final"),
        ({"pdf": "letters/ander.pdf"}, "letter_issued_is_final"),
        ({"sha256": "b" * 64}, "letter_issued_is_final"),
        ({"size": 2}, "letter_issued_is_final"),
        ({"issued_at": None, "pdf": "", "sha256": "", "size": None}, "letter_issued_is_final"),
        ({"html": "<p>Anders</p>"}, "letter_text_is_frozen"),
        ({"title": "Anders"}, "letter_text_is_frozen"),
        ({"kind": "denial"}, "letter_text_is_frozen"),
    ],
)
def test_an_issued_letter_never_changes(now, change, name):
    issued = letter(now, issued=True)
    with pytest.raises(IntegrityError, match=name):
        Letter.objects.filter(pk=issued.pk).update(**issued.sealed(**change))


def test_an_issued_letter_is_not_thrown_away(now):
    issued = letter(now, issued=True)
    with pytest.raises(IntegrityError, match="letter_issued_is_final"), connection.cursor() as cursor:
        cursor.execute("DELETE FROM papers_letter WHERE id = %s", [issued.pk])


def test_the_text_is_frozen_before_the_letter_is_issued(now):
    with pytest.raises(IntegrityError, match="letter_text_is_frozen"):
        written = letter(now)
        written.html = "<p>Anders</p>"
        written.save()


def test_a_letter_that_never_went_out_may_go(now):
    letter(now).delete()
    assert not Letter.objects.exists()


def test_the_name_of_the_rule_is_that_of_a_constraint(now):
    """So whoever handles a broken constraint handles this one."""
    with pytest.raises(IntegrityError) as refusal:
        Letter.objects.filter(pk=letter(now, issued=True).pk).update(size=2)
    assert refusal.value.__cause__.diag.constraint_name == "letter_issued_is_final"


@pytest.mark.parametrize(
    "half",
    [{"pdf": "x.pdf"}, {"sha256": "a" * 64}, {"size": 1}, {"issued_at": True}, {"issued_at": True, "pdf": "x.pdf"}],
)
def test_issued_is_all_or_nothing(now, half):
    half = {**half, "issued_at": now} if half.get("issued_at") else half
    with pytest.raises(IntegrityError, match="letter_issued_with_its_pdf"):
        letter(now, **half)


@pytest.mark.parametrize("empty", [{"html": ""}, {"title": ""}])
def test_a_letter_says_something(now, empty):
    with pytest.raises(IntegrityError, match="letter_says_something"):
        letter(now, **empty)
