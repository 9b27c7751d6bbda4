"""Standard texts for decisions: who writes them, and that a version never changes."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from accounts.domain.roles import Role
from authorizations.domain.paragraphs import Place, obstacles, put_in
from authorizations.models import StandardParagraph
from authorizations.services import paragraphs
from tests.factories import accounts, desk
from tests.factories.desk import NOW

LATER = NOW + timedelta(days=1)


@pytest.fixture
def filed(indiener, insurer):
    return desk.filed(indiener, insurer)


def write(by, slug, **changes):
    values = {
        "place": Place.NEXT_STEP, "order": 1, "title": "Eindverslag", "text": "Stuur het eindverslag mee.",
        "replaces_id": None, "now": NOW, **changes,
    }  # fmt: skip
    return paragraphs.write(policy_slug=slug, by=by, **values)


@pytest.mark.parametrize(
    ("typed", "text", "expected"),
    [
        ("", "Vast.", "Vast."),
        ("Eigen woorden.\n", "Vast.", "Eigen woorden.\n\nVast."),
        ("Eigen. Vast. Meer.", "Vast.", "Eigen. Vast. Meer."),
    ],
)
def test_a_text_is_put_after_what_was_typed_and_once(typed, text, expected):
    assert put_in(typed, text) == expected


@pytest.mark.parametrize(
    ("title", "text", "expected"),
    [
        ("Titel", "Een tekst.", []),
        (" ", "", ["title_missing", "text_missing"]),
        ("Titel", "Dat is zo " + "en dus ook " * 20, ["text_too_long"]),
    ],
)
def test_what_a_text_lacks(title, text, expected):
    assert [one.code for one in obstacles(title, text)] == expected


def test_a_change_is_a_new_version_and_the_old_one_stays(filed, beheerder):
    slug = filed.policy_version.slug
    first = write(beheerder, slug)
    second = write(beheerder, slug, text="Stuur het hele eindverslag mee.", replaces_id=first.pk, now=LATER)
    assert (second.number, second.version, second.ended_at) == (first.number, 2, None)
    assert [one.text for one in paragraphs.in_use(filed)] == ["Stuur het hele eindverslag mee."]
    first.refresh_from_db()
    assert (first.text, first.ended_at) == ("Stuur het eindverslag mee.", LATER)
    with pytest.raises(paragraphs.NotAllowed, match="wijzigde deze alinea"):
        write(beheerder, slug, replaces_id=first.pk)
    paragraphs.stop(paragraph_id=second.pk, by=beheerder, now=LATER)
    assert paragraphs.in_use(filed) == []
    assert StandardParagraph.objects.count() == 2


def test_they_stand_in_the_order_of_the_letter_and_of_the_insurer(filed, beheerder):
    slug = filed.policy_version.slug
    write(beheerder, slug, title="c", place=Place.NEXT_STEP)
    write(beheerder, slug, title="b", place=Place.SUMMARY, order=2)
    write(beheerder, slug, title="a", place=Place.SUMMARY, order=1)
    assert [one.title for one in paragraphs.in_use(filed)] == ["a", "b", "c"]


@pytest.mark.parametrize("role", [Role.MEDISCH_ADVISEUR, Role.MEDEWERKER, Role.COORDINATOR])
def test_only_a_beheerder_of_the_insurer_keeps_them(filed, insurer, role):
    with pytest.raises(paragraphs.NotAllowed, match="Alleen een beheerder"):
        write(accounts.actor(role, organization=insurer), filed.policy_version.slug)


def test_another_insurer_has_other_texts(filed, beheerder, other_insurer):
    first = write(beheerder, filed.policy_version.slug)
    stranger = accounts.actor(Role.BEHEERDER, organization=other_insurer)
    assert not paragraphs.of(stranger).exists()
    with pytest.raises(paragraphs.NotAllowed, match="niet van uw verzekeraar"):
        write(stranger, filed.policy_version.slug)
    with pytest.raises(paragraphs.NotAllowed, match="wijzigde deze alinea"):
        paragraphs.stop(paragraph_id=first.pk, by=stranger, now=NOW)


@pytest.mark.parametrize("change", ["text = 'Anders.'", "title = 'Anders'", "place = 'summary'", "ended_at = NULL"])
def test_the_database_keeps_a_version_as_it_is(filed, beheerder, change):
    first = write(beheerder, filed.policy_version.slug)
    paragraphs.stop(paragraph_id=first.pk, by=beheerder, now=NOW)
    refused = pytest.raises(IntegrityError, match="paragraph_is_written_once")
    with refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE authorizations_standardparagraph SET {change}")


def test_one_version_of_a_text_is_in_use(filed, beheerder):
    first = write(beheerder, filed.policy_version.slug)
    names = ("insurer_id", "policy_slug", "number", "place", "order", "title", "text", "made_by_id", "made_at")
    with pytest.raises(IntegrityError, match="one_paragraph_version_in_use"), transaction.atomic():
        StandardParagraph.objects.create(version=2, **{name: getattr(first, name) for name in names})
