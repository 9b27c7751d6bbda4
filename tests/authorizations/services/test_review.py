"""The desk: taking a request, handing it over, and judging it criterion by criterion."""

from collections import Counter
from datetime import date

import pytest

from accounts.domain.roles import Role
from authorizations import queries
from authorizations.domain.lifecycle import Status
from authorizations.domain.terms import Verdict
from authorizations.models import AuthorizationRequest, CriterionAssessment, Decision, StatusEvent
from authorizations.services import claiming, letters, questions, review
from papers import queries as papers
from tests.factories import accounts, desk
from tests.factories.desk import NOW, at_once


@pytest.fixture
def new(indiener, insurer):
    return desk.filed(indiener, insurer)


@pytest.fixture
def taken(indiener, insurer, noor):
    return desk.filed(indiener, insurer, Status.IN_REVIEW, advisor=noor)


def stored(authorization):
    return AuthorizationRequest.objects.get(pk=authorization.pk)


# -- taking ----------------------------------------------------------------------------------------------------------


def test_an_advisor_takes_a_new_request(new, noor):
    review.claim(authorization_id=new.pk, by=noor, now=NOW)
    now = stored(new)
    assert (now.status, now.assigned_to_id, now.assigned_at) == (Status.IN_REVIEW, noor.user_id, NOW)
    assert StatusEvent.objects.get(authorization=new).move == "claim"


def test_who_comes_second_reads_who_was_first_and_when(new, noor, ravi):
    review.claim(authorization_id=new.pk, by=noor, now=NOW)
    with pytest.raises(review.Taken, match=r"Noor Adviseur pakte deze aanvraag op 23 november 2026 om 10\.00 uur op"):
        review.claim(authorization_id=new.pk, by=ravi, now=NOW)


def test_taking_twice_is_taking_once(new, noor):
    review.claim(authorization_id=new.pk, by=noor, now=NOW)
    review.claim(authorization_id=new.pk, by=noor, now=NOW)
    assert StatusEvent.objects.filter(authorization=new).count() == 1


@pytest.mark.parametrize("role", [Role.MEDEWERKER, Role.COORDINATOR, Role.BEHEERDER])
def test_only_a_medisch_adviseur_takes_a_request(new, insurer, role):
    with pytest.raises(review.NotAllowed, match="Alleen een medisch adviseur"):
        review.claim(authorization_id=new.pk, by=accounts.actor(role, organization=insurer), now=NOW)


def test_nobody_of_another_insurer_takes_it(new, other_adviseur):
    with pytest.raises(review.NotAllowed, match="Alleen de verzekeraar"):
        review.claim(authorization_id=new.pk, by=other_adviseur, now=NOW)


def test_nobody_judges_a_request_of_an_own_institution(new, insurer, provider):
    both = accounts.person(Role.MEDISCH_ADVISEUR, organization=insurer)
    accounts.MembershipFactory(user=both, organization=provider, role=Role.BEHANDELAAR.value)
    from accounts import queries

    actor = queries.actor_of(both, insurer.pk)
    with pytest.raises(review.NotAllowed, match="U werkt bij deze zorgaanbieder"):
        review.claim(authorization_id=new.pk, by=actor, now=NOW)
    assert claiming.claim_next(by=actor, now=NOW) is None


def test_the_next_one_is_the_most_urgent_that_is_free(indiener, insurer, noor, ravi):
    later = desk.filed(indiener, insurer)
    urgent = desk.filed(indiener, insurer, urgent=True)
    desk.filed(indiener, insurer, urgent=True, advisor=ravi)
    resting = desk.filed(indiener, insurer, due_on=None)
    taken = [claiming.claim_next(by=noor, now=NOW) for _ in range(4)]
    assert [one and one.pk for one in taken] == [urgent.pk, later.pk, resting.pk, None]


def test_what_the_coordinator_put_on_ones_desk_comes_along_with_the_next(indiener, insurer, noor):
    mine = desk.filed(indiener, insurer, advisor=noor)
    assert claiming.claim_next(by=noor, now=NOW) == mine


@pytest.mark.parametrize(("due_on", "known_first"), [(date(2026, 12, 30), True), (date(2026, 11, 26), False)])
def test_a_vervolg_of_what_one_decided_goes_first_while_nothing_is_due_soon(
    indiener, insurer, noor, ravi, due_on, known_first
):
    """NOW is Monday 23 November: the 26th is within three werkdagen."""
    other = desk.filed(indiener, insurer, due_on=due_on)
    decided = desk.filed(indiener, insurer, Status.GRANTED)
    Decision.objects.create(
        authorization=decided, outcome="granted", summary="Daarom.", proposed_by_id=noor.user_id, proposed_at=NOW,
        final_at=NOW,
    )  # fmt: skip
    follow_up = desk.filed(indiener, insurer, previous=decided, due_on=date(2026, 12, 31))
    assert claiming.claim_next(by=noor, now=NOW) == (follow_up if known_first else other)
    assert claiming.claim_next(by=ravi, now=NOW) == (other if known_first else follow_up)


@pytest.mark.django_db(transaction=True)
def test_of_ten_people_at_once_one_takes_a_request(indiener, insurer):
    new = desk.filed(indiener, insurer)
    people = [accounts.actor(Role.MEDISCH_ADVISEUR, organization=insurer) for _ in range(10)]
    outcomes = at_once(*(lambda who=who: review.claim(authorization_id=new.pk, by=who, now=NOW) for who in people))
    assert Counter(type(outcome) for outcome in outcomes) == {AuthorizationRequest: 1, review.Taken: 9}
    assert StatusEvent.objects.filter(authorization=new, move="claim").count() == 1


@pytest.mark.django_db(transaction=True)
def test_people_who_take_the_next_at_once_get_different_requests(indiener, insurer):
    requests = {desk.filed(indiener, insurer).pk for _ in range(5)}
    people = [accounts.actor(Role.MEDISCH_ADVISEUR, organization=insurer) for _ in range(7)]
    outcomes = at_once(*(lambda who=who: claiming.claim_next(by=who, now=NOW) for who in people))
    got = [one.pk for one in outcomes if one]
    assert sorted(got) == sorted(requests)
    assert outcomes.count(None) == 2


def test_what_was_handed_back_with_the_answer_in_comes_along_with_the_next(indiener, insurer, noor):
    answered = desk.filed(indiener, insurer, Status.ANSWERED)
    waiting = desk.filed(indiener, insurer, Status.WAITING_FOR_PROVIDER)
    assert claiming.claim_next(by=noor, now=NOW) == answered
    assert claiming.claim_next(by=noor, now=NOW) is None
    assert stored(answered).status == Status.ANSWERED
    assert stored(waiting).assigned_to is None


# -- handing over ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("answered", [False, True], ids=["waiting", "answered"])
def test_a_request_is_handed_back_half_way_and_its_term_goes_on_as_it_did(taken, noor, ravi, indiener, answered):
    asked = questions.ask(authorization_id=taken.pk, items=[desk.question()], by=noor, now=NOW)
    if answered:
        questions.answer(item_id=asked.items.get().pk, text="Hier is het.", by=indiener, now=NOW)
        questions.send_answers(authorization_id=taken.pk, by=indiener, now=NOW)
    before = stored(taken)
    review.release(authorization_id=taken.pk, by=noor, now=NOW)
    after = stored(taken)
    assert (after.assigned_to, after.assigned_at) == (None, None)
    assert (after.status, after.due_on) == (before.status, before.due_on)
    review.claim(authorization_id=taken.pk, by=ravi, now=NOW)
    again = stored(taken)
    assert (again.status, again.assigned_to_id, again.due_on) == (before.status, ravi.user_id, before.due_on)
    steps = StatusEvent.objects.filter(authorization=taken, move__in=("put_back", "take_over")).order_by("id")
    assert [(step.move, step.internal) for step in steps] == [("put_back", True), ("take_over", True)]
    with pytest.raises(review.Taken, match="Ravi"):
        review.claim(authorization_id=taken.pk, by=noor, now=NOW)


def test_a_request_that_a_colleague_was_given_says_who_has_it(indiener, insurer, noor, ravi):
    new = desk.filed(indiener, insurer, advisor=ravi)
    with pytest.raises(review.Taken, match="toegewezen aan Ravi"):
        desk.assess(new, "c1", noor)


def test_a_request_that_is_put_back_keeps_its_verdicts(taken, noor, ravi):
    desk.assess(taken, "c1", noor)
    review.release(authorization_id=taken.pk, by=noor, now=NOW)
    now = stored(taken)
    assert (now.status, now.assigned_to) == (Status.SUBMITTED, None)
    review.claim(authorization_id=taken.pk, by=ravi, now=NOW)
    assert list(review.assessments(taken)) == ["c1"]


def test_nobody_puts_back_what_a_colleague_has(taken, ravi):
    with pytest.raises(review.NotAllowed, match="niet van u"):
        review.release(authorization_id=taken.pk, by=ravi, now=NOW)


def test_a_coordinator_puts_back_what_anybody_has(taken, coordinator):
    review.release(authorization_id=taken.pk, by=coordinator, now=NOW)
    assert stored(taken).assigned_to is None


def test_a_coordinator_assigns_with_a_reason_and_the_advisor_hears_of_it(new, noor, coordinator):
    review.assign(authorization_id=new.pk, advisor_id=noor.user_id, reason="Kent dit centrum.", by=coordinator, now=NOW)
    now = stored(new)
    assert (now.status, now.assigned_to_id) == (Status.SUBMITTED, noor.user_id)
    event = StatusEvent.objects.get(authorization=new)
    assert (event.move, event.internal) == ("assign", True)
    assert event.note == "Toegewezen aan Noor Adviseur: Kent dit centrum."
    mail = papers.mail_with_key(f"assigned:{new.reference}:{now.version}")
    assert mail.to == [noor.email]


def test_a_coordinator_takes_back_what_was_only_assigned(indiener, insurer, noor, coordinator):
    assigned = desk.filed(indiener, insurer, advisor=noor)
    review.release(authorization_id=assigned.pk, by=coordinator, now=NOW)
    assert (stored(assigned).status, stored(assigned).assigned_to) == (Status.SUBMITTED, None)


def test_a_request_in_review_moves_to_another_desk(taken, ravi, coordinator):
    review.assign(authorization_id=taken.pk, advisor_id=ravi.user_id, reason="Noor is ziek.", by=coordinator, now=NOW)
    assert (stored(taken).status, stored(taken).assigned_to_id) == (Status.IN_REVIEW, ravi.user_id)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"reason": "  "}, "Schrijf waarom"),
        ({"advisor_id": 0}, "geen medisch adviseur"),
    ],
)
def test_assigning_needs_a_reason_and_an_advisor(new, noor, coordinator, change, words):
    values = {"advisor_id": noor.user_id, "reason": "Druk.", **change}
    with pytest.raises(review.NotAllowed, match=words):
        review.assign(authorization_id=new.pk, by=coordinator, now=NOW, **values)


def test_an_advisor_assigns_nothing(new, noor, ravi):
    with pytest.raises(review.NotAllowed, match="Alleen een coördinator"):
        review.assign(authorization_id=new.pk, advisor_id=ravi.user_id, reason="Ruil.", by=noor, now=NOW)


def test_nothing_is_assigned_to_who_works_for_the_provider(new, insurer, provider, coordinator):
    both = accounts.person(Role.MEDISCH_ADVISEUR, organization=insurer, full_name="Bas Beide")
    accounts.MembershipFactory(user=both, organization=provider, role=Role.BEHANDELAAR.value)
    with pytest.raises(review.NotAllowed, match="Bas Beide werkt bij deze zorgaanbieder"):
        review.assign(authorization_id=new.pk, advisor_id=both.pk, reason="Druk.", by=coordinator, now=NOW)


def test_a_closed_request_is_assigned_to_nobody(indiener, insurer, noor, coordinator):
    closed = desk.filed(indiener, insurer, Status.WITHDRAWN)
    with pytest.raises(review.NotAllowed, match="Dat kan niet meer"):
        review.assign(authorization_id=closed.pk, advisor_id=noor.user_id, reason="Druk.", by=coordinator, now=NOW)


# -- judging ---------------------------------------------------------------------------------------------------------


def test_a_verdict_is_kept_with_who_and_when(taken, noor):
    saved = desk.assess(taken, "c1", noor, motivation="  Onder leiding van een revalidatiearts. ")
    assert (saved.verdict, saved.version, saved.assessed_by_id, saved.assessed_at) == ("met", 1, noor.user_id, NOW)
    assert saved.motivation == "Onder leiding van een revalidatiearts."


def test_a_verdict_is_changed_by_who_saw_the_last_one(taken, noor):
    desk.assess(taken, "c1", noor)
    way_out = {"missing_fact": "Het eindverslag.", "leads_to_consent": "Een eindverslag."}
    changed = desk.assess(taken, "c1", noor, version=1, verdict=Verdict.UNCLEAR, **way_out)
    assert (changed.verdict, changed.version) == ("unclear", 2)


def test_what_is_met_lacks_nothing_anywhere(taken, noor):
    """Judged as not met at first: the two texts of that verdict go with it, also where they were kept before."""
    way_out = {"missing_fact": "Het eindverslag.", "leads_to_consent": "Een eindverslag."}
    desk.assess(taken, "c1", noor, verdict=Verdict.NOT_MET, **way_out)
    met = desk.assess(taken, "c1", noor, version=1, **way_out)
    assert (met.verdict, met.missing_fact, met.leads_to_consent) == ("met", "", "")
    met.missing_fact, met.leads_to_consent = way_out.values()
    met.save()
    line = letters.criteria_of(taken, queries.policy_of(taken))[0]
    assert (line.verdict, line.missing_fact, line.leads_to_consent) == (Verdict.MET, "", "")


@pytest.mark.parametrize("seen", [0, 1, 7])
def test_a_verdict_is_never_overwritten_unseen(taken, noor, seen):
    desk.assess(taken, "c1", noor)
    desk.assess(taken, "c1", noor, version=1, motivation="De tweede lezing.")
    with pytest.raises(review.Conflict, match=r"Noor Adviseur bewaarde dit oordeel om 10\.00 uur") as conflict:
        desk.assess(taken, "c1", noor, version=seen, motivation="De derde lezing.")
    assert conflict.value.current.motivation == "De tweede lezing."
    assert CriterionAssessment.objects.get(authorization=taken).motivation == "De tweede lezing."


@pytest.mark.django_db(transaction=True)
def test_of_two_windows_that_save_at_once_one_wins(indiener, insurer, adviseur):
    taken = desk.filed(indiener, insurer, Status.IN_REVIEW, advisor=adviseur)
    outcomes = at_once(*[lambda: desk.assess(taken, "c1", adviseur)] * 4)
    assert Counter(type(outcome) for outcome in outcomes) == {CriterionAssessment: 1, review.Conflict: 3}


def test_not_met_says_why_what_is_missing_and_what_leads_to_consent(taken, noor):
    with pytest.raises(review.Incomplete) as refusal:
        desk.assess(taken, "c2a", noor, verdict=Verdict.NOT_MET, motivation=" ")
    assert [obstacle.field for obstacle in refusal.value.obstacles] == [
        "motivation",
        "missing_fact",
        "leads_to_consent",
    ]


def test_a_verdict_is_a_choice(taken, noor):
    with pytest.raises(review.Incomplete, match="Kies een oordeel"):
        desk.assess(taken, "c1", noor, verdict=None)


def test_what_the_national_layer_settled_stays_settled(taken, noor):
    assert "s3_imsr" in {criterion.code for criterion in review.criteria(taken) if criterion.locked}
    with pytest.raises(review.NotAllowed, match="landelijk beantwoord"):
        desk.assess(taken, "s3_imsr", noor, verdict=Verdict.UNCLEAR)


def test_a_criterion_of_another_policy_is_not_judged_here(taken, noor):
    with pytest.raises(review.NotAllowed, match="hoort niet bij"):
        desk.assess(taken, "c9", noor)


def test_only_who_has_the_request_judges_it(taken, new, ravi):
    with pytest.raises(review.Taken, match="U kunt meelezen"):
        desk.assess(taken, "c1", ravi)
    with pytest.raises(review.NotAllowed, match="Pak de aanvraag eerst op"):
        desk.assess(new, "c1", ravi)


@pytest.mark.parametrize(
    ("status", "why"),
    [
        (Status.SECOND_REVIEW, "U kunt nu niet oordelen"),
        (Status.GRANTED, "Er is al besloten over deze aanvraag: toegekend"),
        (Status.WITHDRAWN, "De zorgaanbieder heeft deze aanvraag ingetrokken"),
    ],
)
def test_verdicts_stand_still_once_they_are_proposed_or_decided(indiener, insurer, noor, status, why):
    done = desk.filed(indiener, insurer, status, advisor=noor)
    with pytest.raises(review.NotAllowed, match=why):
        desk.assess(done, "c1", noor)


def test_a_note_is_internal(new, medewerker):
    review.note(authorization_id=new.pk, text="Gebeld: het plan komt vandaag.", by=medewerker, now=NOW)
    event = StatusEvent.objects.get(authorization=new)
    assert (event.move, event.internal, event.note) == ("note", True, "Gebeld: het plan komt vandaag.")


def test_a_provider_leaves_no_internal_note(new, indiener):
    with pytest.raises(review.NotAllowed):
        review.note(authorization_id=new.pk, text="Hallo", by=indiener, now=NOW)
