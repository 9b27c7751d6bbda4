"""A decision looked at again: filed whole or not at all, by another advisor, and what comes of the answer."""

import io
import zipfile
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from accounts.domain.roles import Role
from authorizations import queries
from authorizations.domain.dossier import DossierPurpose
from authorizations.domain.heroverweging import Channel, HeroverwegingOutcome, OverturnReason, PaperRole
from authorizations.domain.lifecycle import Status
from authorizations.domain.review import Assessment
from authorizations.domain.terms import Addressee, LetterKind, Outcome, Verdict
from authorizations.models import AuthorizationRequest, Decision, Document, Grant, Heroverweging, RequestLetter
from authorizations.queries import after_decision
from authorizations.queries import heroverweging as found
from authorizations.services import decisions, dossier, heroverweging, progress, review, sight
from authorizations.services import heroverweging_answer as answers
from authorizations.services.heroverweging import Paper
from authorizations.services.heroverweging_answer import Answer
from papers.models import Mail, PrintItem
from tests.factories import accounts, desk, documents
from tests.factories.desk import NOW, choice

LATER = NOW + timedelta(days=7)
ANSWERED = NOW + timedelta(days=14)
GROUNDS = "Het eindverslag van de fysiotherapeut zat er wel bij."


def paper(role=PaperRole.AUTHORISATION, content=None, name="toestemming.pdf"):
    content = documents.pdf() if content is None else content
    return Paper(role, io.BytesIO(content), name, len(content))


def ask(authorization, by, **changes):
    values = {"channel": Channel.PORTAL, "grounds": GROUNDS, "received_on": None, "papers": [paper()], "now": LATER}
    return heroverweging.file(authorization_id=authorization.pk, by=by, **{**values, **changes})


def decide(authorization, outcome, first, second=None):
    taken = AuthorizationRequest.objects.get(pk=authorization.pk)
    seen = sight.of(taken)
    decision = decisions.decide(authorization_id=taken.pk, choice=choice(outcome), seen=seen, by=first, now=NOW)
    if second:
        desk.second(AuthorizationRequest.objects.get(pk=taken.pk), second)
        seen = sight.of(AuthorizationRequest.objects.get(pk=taken.pk))
        decisions.confirm(authorization_id=taken.pk, proposal_id=decision.pk, seen=seen, by=second, now=NOW)
    return AuthorizationRequest.objects.get(pk=taken.pk)


@pytest.fixture
def third(insurer):
    return accounts.actor(Role.MEDISCH_ADVISEUR, organization=insurer, full_name="Tom Derde", big_number="39012345603")


@pytest.fixture
def denied(indiener, insurer, noor, ravi):
    taken = desk.filed(indiener, insurer, Status.IN_REVIEW, advisor=noor)
    desk.judge(taken, noor, c2a=Verdict.NOT_MET)
    return decide(taken, Outcome.DENIED, noor, ravi)


@pytest.fixture
def in_part(indiener, insurer, noor):
    taken = desk.filed(indiener, insurer, Status.IN_REVIEW, advisor=noor)
    desk.judge(taken, noor, c3_omvang=Verdict.NOT_MET)
    return decide(taken, Outcome.PARTLY_GRANTED, noor)


@pytest.fixture
def taken(denied, indiener, third):
    ask(denied, indiener)
    return heroverweging.claim(authorization_id=denied.pk, by=third, now=LATER)


def met(authorization):
    return tuple(
        Assessment(one.code, Verdict.MET, "Het verslag is er.")
        for one in review.criteria(authorization)
        if not one.locked
    )


def revising(authorization, **changes):
    motivation = "Het verslag is er wel. Het besluit blijft daarom niet."
    granting = choice(Outcome.GRANTED, summary=motivation)
    values = {"reason": OverturnReason.MISSED_FACTS, "choice": granting, "assessments": met(authorization)}
    return Answer(HeroverwegingOutcome.GRANTED, motivation, **{**values, **changes})


UPHELD = Answer(HeroverwegingOutcome.UPHELD, "Ook met het verslag is de eerste lijn niet geprobeerd.")


def answer(authorization, given, by, seen=None, now=ANSWERED):
    running = found.open_one(authorization)
    seen = running.version if seen is None and running else seen
    return answers.decide(authorization_id=authorization.pk, answer=given, seen=seen, by=by, now=now)


def codes(refusal):
    return {one.code for one in refusal.value.obstacles}


# -- asking ----------------------------------------------------------------------------------------------------------


def test_a_provider_asks_with_the_authorisation_of_the_insured(denied, indiener, coordinator):
    one = ask(denied, indiener, papers=[paper(), paper(PaperRole.FURTHER, name="verslag.pdf")])
    assert (one.status, one.received_on, one.due_on) == ("filed", date(2026, 11, 30), date(2026, 12, 30))
    assert one.last_day is None
    assert one.is_late is False
    assert [(row.role, row.document.origin) for row in one.papers.all()] == [
        ("authorisation", "heroverweging"),
        ("further", "heroverweging"),
    ]
    # The dossier that was decided on stays what it was.
    assert not queries.documents_of(denied).filter(origin="heroverweging").exists()
    assert [step.words for step in progress.history(denied)][-1] == "Heroverweging gevraagd"
    mails = Mail.objects.filter(key__startswith="heroverweging")
    assert mails.count() == 2
    assert not any(GROUNDS in mail.body for mail in mails)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"grounds": " "}, "grounds_missing"),
        ({"papers": []}, "authorisation_missing"),
        ({"papers": [paper(content=b"geen pdf")]}, "file_refused"),
    ],
)
def test_what_is_not_whole_leaves_nothing_behind(denied, indiener, changes, code):
    with pytest.raises(heroverweging.Incomplete) as refusal:
        ask(denied, indiener, **changes)
    assert codes(refusal) == {code}
    assert not Heroverweging.objects.exists()
    assert not Document.objects.filter(origin="heroverweging").exists()


def test_only_of_a_decision_and_one_at_a_time(indiener, insurer, denied):
    with pytest.raises(heroverweging.NotAllowed, match="nog"):
        ask(desk.filed(indiener, insurer), indiener)
    ask(denied, indiener)
    with pytest.raises(heroverweging.NotAllowed, match="Er loopt al"):
        ask(denied, indiener)
    one = Heroverweging.objects.get()
    with pytest.raises(IntegrityError, match="one_open_heroverweging"), transaction.atomic():
        Heroverweging.objects.create(
            authorization=denied, decision=one.decision, channel="phone", received_on=LATER, due_on=LATER,
            grounds="Nog een keer.", filed_by_id=indiener.user_id, filed_at=LATER, decided_first=one.decided_first,
        )  # fmt: skip


@pytest.mark.parametrize("who", ["lezer", "other_indiener", "adviseur"])
def test_others_do_not_ask_for_the_provider(denied, who, request):
    with pytest.raises(heroverweging.NotAllowed):
        ask(denied, request.getfixturevalue(who))


def test_staff_write_down_what_the_insured_asks(denied, medewerker, indiener):
    letter = paper(PaperRole.GROUNDS, name="brief.pdf")
    one = ask(denied, medewerker, channel=Channel.PAPER, received_on=date(2026, 11, 25), papers=[letter])
    assert (one.received_on, one.due_on) == (date(2026, 11, 25), date(2026, 12, 25))
    document = one.papers.get().document
    # What the insured wrote to the insurer is not the provider's to read.
    assert progress.document_for(indiener, denied.reference, document.pk) is None
    assert "Meewerker" not in [step.person for step in progress.history(denied)]
    with pytest.raises(heroverweging.NotAllowed):
        heroverweging.add(authorization_id=denied.pk, papers=[paper()], by=indiener, now=LATER)


def test_late_is_said_and_never_refused(denied, indiener, monkeypatch):
    whole = queries.policy_of(denied)
    whole = replace(whole, heroverweging=replace(whole.heroverweging, last_day_after_days=3))
    monkeypatch.setattr(queries, "policy_of", lambda authorization: whole)
    one = ask(denied, indiener)
    assert one.is_late
    assert one.last_day == date(2026, 11, 26)


# -- another advisor -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["noor", "ravi"])
def test_who_decided_first_does_not_do_it_again(denied, indiener, who, request):
    one = ask(denied, indiener)
    by = request.getfixturevalue(who)
    with pytest.raises(heroverweging.NotAllowed, match="Een andere medisch adviseur"):
        heroverweging.claim(authorization_id=denied.pk, by=by, now=LATER)
    # And the database refuses it too, whoever asks.
    with pytest.raises(IntegrityError, match="heroverweging_by_another"), transaction.atomic():
        Heroverweging.objects.filter(pk=one.pk).update(assigned_to=by.user_id, assigned_at=LATER, status="in_review")


def test_one_takes_it_and_may_put_it_back(taken, denied, third, insurer, coordinator):
    fourth = accounts.actor(Role.MEDISCH_ADVISEUR, organization=insurer)
    with pytest.raises(heroverweging.NotAllowed, match="Tom Derde doet"):
        heroverweging.claim(authorization_id=denied.pk, by=fourth, now=LATER)
    with pytest.raises(heroverweging.NotAllowed, match="niet van u"):
        heroverweging.release(authorization_id=denied.pk, by=fourth, now=LATER)
    heroverweging.release(authorization_id=denied.pk, by=coordinator, now=LATER)
    assert found.open_one(denied).status == "filed"
    with pytest.raises(heroverweging.NotAllowed, match="Pak de heroverweging eerst op"):
        answer(denied, UPHELD, fourth)


def test_nobody_answers_past_a_document_that_came_in(taken, denied, indiener, third):
    heroverweging.add(authorization_id=denied.pk, papers=[paper(PaperRole.FURTHER)], by=indiener, now=LATER)
    with pytest.raises(answers.Changed):
        answer(denied, UPHELD, third, seen=1)
    assert answer(denied, UPHELD, third, seen=2).status == "upheld"


# -- the answer ------------------------------------------------------------------------------------------------------


def test_a_decision_that_is_confirmed_stays_and_its_letter_says_where_to_go(taken, denied, third):
    one = answer(denied, UPHELD, third)
    assert (one.status, one.overturn_reason, one.decided_by_id) == ("upheld", "", third.user_id)
    assert Decision.objects.filter(authorization=denied).count() == 1
    assert not Grant.objects.exists()
    letters = RequestLetter.objects.filter(heroverweging=one)
    assert [(letter.kind, letter.decision_id) for letter in letters] == [(LetterKind.UPHELD, one.decision_id)] * 2
    html = letters.get(addressee=Addressee.PROVIDER).letter.html
    for words in ("Wij bevestigen ons besluit", UPHELD.motivation, "SKGZ", "7 december 2027", "Tom Derde",
                  "39012345603", "medisch adviseur", denied.reference):  # fmt: skip
        assert words in html, words
    insured = letters.get(addressee=Addressee.INSURED).letter
    assert PrintItem.objects.filter(letter=insured).exists()
    assert [step.words for step in progress.history(denied)][-1] == "Heroverweging: besluit bevestigd"


def test_a_revision_is_a_decision_of_its_own_and_the_first_stays(taken, denied, third):
    one = answer(denied, revising(denied), third)
    assert (one.status, one.overturn_reason) == ("revised", "missed_facts")
    first, new = Decision.objects.filter(authorization=denied).order_by("pk")
    assert (first.outcome, new.outcome, new.heroverweging) == ("denied", "granted", one)
    assert found.decision_in_force(denied) == new
    assert queries.current_decision(denied) == first
    assert queries.grant_of(denied.pk) == new.granted
    assert AuthorizationRequest.objects.get(pk=denied.pk).status == Status.DENIED  # what was decided first is history
    assert set(denied.assessments.values_list("verdict", flat=True)) == {"met", "not_met"}  # and so are its verdicts
    html = RequestLetter.objects.get(heroverweging=one, addressee=Addressee.INSURED).letter.html
    for words in ("Wij herzien ons besluit", new.granted.number, "Het verslag is er.", "SKGZ", "in de plaats van"):
        assert words in html, words
    assert one.overturn_reason not in html


def test_a_new_machtiging_takes_the_place_of_the_first(in_part, indiener, ravi):
    ask(in_part, indiener)
    heroverweging.claim(authorization_id=in_part.pk, by=ravi, now=LATER)
    answer(in_part, revising(in_part), ravi)
    first, second = Grant.objects.filter(authorization=in_part).order_by("pk")
    assert (second.replaces, first.replaced_by) == (first, second)
    assert in_part.granted == second
    assert list(queries.grants(indiener)) == [second]
    with pytest.raises(IntegrityError, match="one_first_grant"), transaction.atomic():
        Grant.objects.create(
            decision=Decision.objects.create(
                authorization=in_part, outcome="granted", summary="Nog een.", proposed_by_id=ravi.user_id,
                proposed_at=LATER, returned_at=LATER, returned_by_id=ravi.user_id, returned_because="Nee.",
            ),
            authorization=in_part, number="M26ZZZZZZZZZZ", declaratie_code="14D838", setting="outpatient",
            starts_on=date(2026, 12, 1), ends_on=date(2027, 1, 1),
        )  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"reason": None}, "reason_missing"),
        ({"assessments": ()}, "criterion_not_judged"),
        ({"choice": choice(Outcome.GRANTED, grant=desk.grant(ends_on=None))}, "grant_period_missing"),
    ],
)
def test_a_revision_that_lacks_something(taken, denied, third, changes, code):
    with pytest.raises(answers.Incomplete) as refusal:
        answer(denied, revising(denied, **changes), third)
    assert code in codes(refusal)
    assert found.open_one(denied).is_open


def test_who_signs_has_a_big_number(denied, indiener, insurer):
    ask(denied, indiener)
    bare = accounts.actor(Role.MEDISCH_ADVISEUR, organization=insurer)
    heroverweging.claim(authorization_id=denied.pk, by=bare, now=LATER)
    with pytest.raises(answers.Incomplete) as refusal:
        answer(denied, UPHELD, bare)
    assert codes(refusal) == {"signatory_without_big"}


def test_what_was_answered_is_frozen(taken, denied, third):
    one = answer(denied, UPHELD, third)
    with pytest.raises(IntegrityError, match="answered_heroverweging_is_frozen"), transaction.atomic():
        Heroverweging.objects.filter(pk=one.pk).update(status="filed")
    with (
        pytest.raises(IntegrityError, match="answered_heroverweging_is_frozen"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("DELETE FROM authorizations_heroverwegingpaper")
        cursor.execute("DELETE FROM authorizations_requestletter WHERE heroverweging_id = %s", [one.pk])
        cursor.execute("DELETE FROM authorizations_heroverweging WHERE id = %s", [one.pk])


def test_overturned_decisions_are_counted_by_reason(taken, denied, third, coordinator, other_adviseur):
    answer(denied, revising(denied), third)
    days = {"since": date(2026, 12, 7), "until": date(2026, 12, 7)}
    counted = found.overturned(coordinator, **days)
    assert {reason: number for reason, number in counted.items() if number} == {OverturnReason.MISSED_FACTS: 1}
    assert found.answered(coordinator, **days) == (1, 1)
    assert not any(found.overturned(other_adviseur, **days).values())
    earlier = {"since": date(2026, 11, 1), "until": date(2026, 12, 6)}
    assert found.answered(coordinator, **earlier) == (0, 0)


def test_it_can_be_asked_again_of_what_holds_now(taken, denied, third, indiener, insurer):
    answer(denied, revising(denied), third)
    again = ask(denied, indiener, now=ANSWERED)
    assert again.decision.outcome == "granted"
    with pytest.raises(heroverweging.NotAllowed, match="werkte mee"):
        heroverweging.claim(authorization_id=denied.pk, by=third, now=ANSWERED)


def test_the_dossier_of_each_side_has_what_that_side_may_read(denied, medewerker, indiener, noor):
    letter = paper(PaperRole.GROUNDS, name="brief.pdf")
    ask(denied, medewerker, channel=Channel.PAPER, received_on=date(2026, 11, 25), papers=[letter])
    taken = {}
    for by in (indiener, noor):
        with (
            dossier.export(denied, purpose=DossierPurpose.SKGZ, by=by, now=LATER) as file,
            zipfile.ZipFile(file) as bundle,
        ):
            taken[by.user_id] = [name for name in bundle.namelist() if name.startswith("documenten/")]
    assert (len(taken[indiener.user_id]), len(taken[noor.user_id])) == (0, 1)


def test_who_can_take_a_heroverweging_counts_it(denied, indiener, noor, third, coordinator):
    def counted():
        return [after_decision.waiting(who).heroverwegingen for who in (noor, third, other, coordinator)]

    other = accounts.actor(Role.MEDISCH_ADVISEUR, organization=denied.insurer)
    ask(denied, indiener)
    assert counted() == [0, 1, 1, 1]
    heroverweging.claim(authorization_id=denied.pk, by=third, now=LATER)
    assert counted() == [0, 1, 0, 1]
