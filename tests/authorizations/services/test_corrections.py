"""A corrected letter: a new one in the place of the old, with the decision as it was."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from accounts.domain.roles import Role
from authorizations.domain.corrections import Mistake
from authorizations.domain.lifecycle import Status
from authorizations.domain.terms import Addressee, Outcome
from authorizations.models import AuthorizationRequest, Decision, RequestLetter, StatusEvent
from authorizations.services import corrections, decisions, sight
from papers import queries as papers
from papers.models import PrintItem
from tests.factories import accounts, desk
from tests.factories.desk import NOW, choice
from tests.papers import rows

LATER = NOW + timedelta(days=1)
WRONG = Mistake("Wij hebben alles gewogen.", "Wij hebben alles goed gewogen.")


@pytest.fixture
def decided(indiener, insurer, noor):
    authorization = desk.filed(indiener, insurer, Status.IN_REVIEW, advisor=noor)
    desk.judge(authorization, noor)
    now = AuthorizationRequest.objects.get(pk=authorization.pk)
    decisions.decide(authorization_id=now.pk, choice=choice(Outcome.GRANTED), seen=sight.of(now), by=noor, now=NOW)
    return AuthorizationRequest.objects.get(pk=authorization.pk)


def correct(authorization, by, mistakes=(WRONG,), because="Een woord vergeten.", seen=None, now=LATER):
    seen = [one.pk for one in corrections.standing(authorization)] if seen is None else seen
    return corrections.correct(
        authorization_id=authorization.pk, mistakes=mistakes, because=because, seen=seen, by=by, now=now
    )


def test_both_letters_are_written_anew_and_the_old_ones_stay(decided, noor):
    before = Decision.objects.values_list("outcome", "final_at", "proposed_by").get()
    old = {one.addressee: one for one in corrections.standing(decided)}
    new = {one.addressee: one for one in correct(decided, noor)}
    assert new.keys() == old.keys() == set(Addressee)
    for addressee, letter in new.items():
        assert letter.replaces == old[addressee]
        assert "Wij hebben alles goed gewogen." in letter.letter.html
        assert "Deze brief vervangt de brief van" in letter.letter.html
        assert "Wij hebben alles gewogen." in old[addressee].letter.html
    assert Decision.objects.values_list("outcome", "final_at", "proposed_by").get() == before
    assert {one.pk for one in corrections.standing(decided)} == {one.pk for one in new.values()}
    assert not StatusEvent.objects.get(authorization=decided, move="correct").internal
    mail = papers.mail_with_key(f"letter_corrected:{decided.reference}:{new[Addressee.INSURED].pk}")
    assert mail.to == [decided.submitted_by.email] and "woord vergeten" not in mail.body


def test_the_insured_gets_one_letter_by_post(decided, noor):
    """The old one had not been printed yet."""
    new = next(one for one in correct(decided, noor) if one.addressee == Addressee.INSURED)
    assert [item.letter_id for item in PrintItem.objects.all()] == [new.letter_id]


def test_a_letter_in_which_the_mistake_does_not_stand_is_left_alone(decided, noor):
    only = Mistake("Geachte heer, mevrouw,", "Geachte mevrouw,")
    (new,) = correct(decided, noor, [only])
    assert new.addressee == Addressee.PROVIDER


def test_a_corrected_letter_is_corrected_again_but_not_twice_at_once(decided, noor):
    seen = [one.pk for one in corrections.standing(decided)]
    correct(decided, noor)
    with pytest.raises(corrections.NotAllowed, match="herstelde intussen"):
        correct(decided, noor, seen=seen)
    again = correct(decided, noor, [Mistake("goed gewogen", "gewogen")], because="Toch niet.")
    assert all(one.letter.html.count("vervangt de brief van") == 1 for one in again)
    assert RequestLetter.objects.filter(replaced_by=None, decision__isnull=False).count() == 2


@pytest.mark.parametrize("role", [Role.MEDEWERKER, Role.COORDINATOR, Role.BEHEERDER])
def test_only_a_medisch_adviseur_corrects(decided, insurer, role):
    with pytest.raises(corrections.NotAllowed, match="Alleen een medisch adviseur"):
        correct(decided, accounts.actor(role, organization=insurer))


def test_before_the_decision_there_is_nothing_to_correct(indiener, insurer, noor):
    open_one = desk.filed(indiener, insurer, Status.IN_REVIEW, advisor=noor)
    with pytest.raises(corrections.NotAllowed, match="nog geen besluitbrief"):
        correct(open_one, noor, seen=[])


def test_a_letter_is_replaced_whole_and_once(decided, noor):
    new = correct(decided, noor)[0]
    values = {name: getattr(new, name) for name in ("authorization", "decision", "kind", "addressee")}
    with pytest.raises(IntegrityError, match="letter_corrected_whole"), transaction.atomic():
        RequestLetter.objects.filter(pk=new.pk).update(corrected_at=None)
    with pytest.raises(IntegrityError, match="replaces"), transaction.atomic():
        RequestLetter.objects.create(
            **values, letter=rows.letter(NOW), replaces=new.replaces, because="x", corrected_by_id=noor.user_id,
            corrected_at=NOW,
        )  # fmt: skip
