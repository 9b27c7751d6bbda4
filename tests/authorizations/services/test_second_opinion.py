"""A second opinion: given blind, kept as first given, and no denial without two who agree in the end."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from accounts import queries as people
from accounts.domain.roles import Role
from authorizations import queries
from authorizations.domain.lifecycle import Status
from authorizations.domain.second_opinion import Given, Position, Stage
from authorizations.domain.terms import Outcome, Verdict
from authorizations.models import AuthorizationRequest, Decision, Opinion, OpinionVerdict, RequestLetter
from authorizations.services import decisions, second_opinion, sight
from papers import queries as papers
from tests.factories import accounts, desk
from tests.factories.desk import NOW, choice

LATER = NOW + timedelta(hours=2)


@pytest.fixture
def proposed(indiener, insurer, noor):
    """A request of which Noor proposes a denial."""
    authorization = desk.filed(indiener, insurer, Status.IN_REVIEW, advisor=noor)
    desk.judge(authorization, noor, c2a=Verdict.NOT_MET)
    propose(authorization, noor)
    return stored(authorization)


@pytest.fixture
def kim(insurer):
    return accounts.actor(Role.MEDISCH_ADVISEUR, organization=insurer, full_name="Kim Derde", big_number="39012345603")


@pytest.fixture
def split(proposed, ravi):
    """A proposal that Ravi thinks differently of."""
    desk.second(proposed, ravi, outcome=Outcome.GRANTED, c2a=Verdict.MET, c2_eerste_lijn=Verdict.MET)
    return stored(proposed)


def stored(authorization):
    return AuthorizationRequest.objects.get(pk=authorization.pk)


def propose(authorization, by):
    now = stored(authorization)
    return decisions.decide(authorization_id=now.pk, choice=choice(Outcome.DENIED), seen=sight.of(now), by=by, now=NOW)


def confirm(authorization, by, **changes):
    now = stored(authorization)
    return decisions.confirm(
        authorization_id=now.pk, proposal_id=queries.current_decision(now).pk, seen=sight.of(now), by=by, now=LATER,
        **changes,
    )  # fmt: skip


def hand_back(authorization, by, because="Ik zie dat anders."):
    now = stored(authorization)
    return decisions.hand_back(
        authorization_id=now.pk, proposal_id=queries.current_decision(now).pk, because=because, by=by, now=LATER
    )


def test_what_the_first_found_is_kept_when_it_is_proposed(proposed, noor):
    first = Opinion.objects.get(decision=queries.current_decision(proposed))
    assert (first.position, first.advisor_id, first.outcome) == (Position.FIRST, noor.user_id, Outcome.DENIED)
    verdicts = {one.criterion: one.verdict for one in first.verdicts.all()}
    assert verdicts["c2a"] == Verdict.NOT_MET
    assert set(verdicts.values()) == {Verdict.MET, Verdict.NOT_MET}


def test_who_thinks_the_same_confirms_and_the_denial_is_final(proposed, noor, ravi):
    found = desk.second(proposed, ravi)
    assert (found.stage, found.second.blind) == (Stage.AGREED, True)
    decision = confirm(proposed, ravi)
    assert (stored(proposed).status, decision.final_at) == (Status.DENIED, LATER)
    assert (decision.proposed_by_id, decision.confirmed_by_id) == (noor.user_id, ravi.user_id)
    assert RequestLetter.objects.filter(decision=decision).count() == 2


def test_nobody_confirms_or_hands_back_before_an_own_opinion(proposed, ravi):
    with pytest.raises(decisions.NotAllowed, match="Geef eerst uw eigen oordeel"):
        confirm(proposed, ravi)
    with pytest.raises(decisions.NotAllowed, match="Geef eerst uw eigen oordeel"):
        hand_back(proposed, ravi)
    assert stored(proposed).status == Status.SECOND_REVIEW


def test_the_second_is_never_the_first(proposed, noor):
    with pytest.raises(second_opinion.NotAllowed, match="Iemand anders geeft het tweede oordeel"):
        desk.second(proposed, noor)
    first = Opinion.objects.get()
    values = {"authorization": proposed, "decision": first.decision, "outcome": "denied", "given_at": NOW}
    with pytest.raises(IntegrityError, match="one_opinion_per_advisor"), transaction.atomic():
        Opinion.objects.create(**values, position="second", advisor=first.advisor)


def test_who_judged_a_criterion_of_it_gives_no_second_opinion(proposed, ravi):
    proposed.assessments.filter(criterion="c1").update(assessed_by_id=ravi.user_id)
    with pytest.raises(second_opinion.NotAllowed, match="oordeelde zelf al"):
        desk.second(proposed, ravi)


@pytest.mark.parametrize("role", [Role.MEDEWERKER, Role.COORDINATOR, Role.BEHEERDER])
def test_only_a_medisch_adviseur_gives_one(proposed, insurer, role):
    """A medewerker may prepare (R-19), with a note; an opinion is never that."""
    with pytest.raises(second_opinion.NotAllowed, match="Alleen een medisch adviseur"):
        desk.second(proposed, accounts.actor(role, organization=insurer))


def test_who_works_for_the_provider_gives_none(proposed, insurer, provider):
    both = accounts.person(Role.MEDISCH_ADVISEUR, organization=insurer)
    accounts.MembershipFactory(user=both, organization=provider, role=Role.BEHANDELAAR.value)
    with pytest.raises(second_opinion.NotAllowed, match="U werkt bij deze zorgaanbieder"):
        desk.second(proposed, people.actor_of(both, insurer.pk))


def test_an_opinion_is_whole(proposed, ravi):
    found = second_opinion.current(proposed)
    with pytest.raises(second_opinion.Incomplete) as refusal:
        second_opinion.give(
            authorization_id=proposed.pk, proposal_id=found.proposal.pk, outcome=None,
            given=[Given("c1", Verdict.MET)], seen=sight.of(proposed), by=ravi, now=NOW,
        )  # fmt: skip
    codes = [one.code for one in refusal.value.obstacles]
    assert set(codes) == {"outcome_missing", "verdict_missing", "motivation_missing"}
    assert not Opinion.objects.filter(position="second").exists()


def test_one_second_opinion_per_proposal(proposed, ravi, kim):
    desk.second(proposed, ravi)
    with pytest.raises(second_opinion.NotAllowed, match="Een collega gaf het tweede oordeel al"):
        desk.second(proposed, kim)
    with pytest.raises(second_opinion.GivenAlready):
        desk.second(proposed, ravi)


# -- a difference ----------------------------------------------------------------------------------------------------


def test_a_difference_is_told_to_the_first_and_the_coordinators(proposed, ravi, coordinator, noor):
    found = desk.second(proposed, ravi, outcome=Outcome.GRANTED, c2a=Verdict.MET, c2_eerste_lijn=Verdict.MET)
    assert (found.stage, set(found.differences)) == (Stage.DIFFERENT, {"c2a", "c2_eerste_lijn"})
    key = f"{proposed.reference}:{found.proposal.pk}"
    assert papers.mail_with_key(f"opinions_differ:{key}").to == [noor.email]
    told = papers.mail_with_key(f"opinions_differ_third:{key}:coordinator")
    assert told.to == [coordinator.email]
    assert "oldaan" not in told.body


def test_a_denial_on_another_ground_differs(proposed, ravi):
    assert desk.second(proposed, ravi, c1=Verdict.NOT_MET).stage is Stage.DIFFERENT


def test_the_second_takes_it_over_only_with_a_reason(split, ravi):
    with pytest.raises(decisions.Reasonless):
        confirm(split, ravi)
    decision = confirm(split, ravi, because="Na overleg: het verslag zegt niets over het resultaat.")
    assert (stored(split).status, decision.confirmed_by_id) == (Status.DENIED, ravi.user_id)
    second = Opinion.objects.get(position="second")
    assert (second.outcome, second.adopted_at) == (Outcome.GRANTED, LATER)  # as first given


def test_the_first_revises_and_may_grant(split, noor):
    hand_back(split, noor)
    now = stored(split)
    assert now.status == Status.IN_REVIEW
    desk.judge(now, noor)
    decision = decisions.decide(
        authorization_id=now.pk, choice=choice(Outcome.GRANTED), seen=sight.of(now), by=noor, now=LATER
    )
    assert decision.final_at == LATER
    assert OpinionVerdict.objects.get(opinion__position="first", criterion="c2a").verdict == Verdict.NOT_MET


def test_in_a_next_round_the_second_gives_an_opinion_again_that_is_not_blind(split, noor, ravi):
    hand_back(split, ravi)
    propose(split, noor)
    with pytest.raises(decisions.NotAllowed, match="Geef eerst uw eigen oordeel"):
        confirm(split, ravi)
    found = desk.second(stored(split), ravi)
    assert (found.stage, found.second.blind) == (Stage.AGREED, False)
    assert confirm(split, ravi).final_at


def test_a_third_who_follows_makes_it_the_decision(split, ravi, kim, coordinator):
    name_third(split, kim, coordinator)
    with pytest.raises(decisions.NotAllowed, match="Kim Derde beslist als derde"):
        confirm(split, ravi, because="Toch wel.")
    with pytest.raises(decisions.Reasonless):
        confirm(split, kim)
    decision = confirm(split, kim, because="De eerste leest het verslag goed.")
    assert (stored(split).status, decision.confirmed_by_id) == (Status.DENIED, kim.user_id)


def test_a_third_who_does_not_follow_gets_the_request(split, kim, coordinator, noor):
    name_third(split, kim, coordinator)
    hand_back(split, kim)
    now = stored(split)
    assert (now.status, now.assigned_to_id) == (Status.IN_REVIEW, kim.user_id)
    assert not Decision.objects.filter(final_at__isnull=False).exists()
    assert papers.mail_with_key(f"returned:{now.reference}:{Decision.objects.get().pk}").to == [noor.email]


def test_a_third_is_named_by_a_coordinator_where_two_differ(proposed, ravi, kim, noor, coordinator):
    with pytest.raises(second_opinion.NotAllowed, match="geen verschil"):
        name_third(proposed, kim, coordinator)
    desk.second(proposed, ravi, outcome=Outcome.GRANTED, c2a=Verdict.MET, c2_eerste_lijn=Verdict.MET)
    with pytest.raises(second_opinion.NotAllowed, match="Alleen een coördinator"):
        name_third(proposed, kim, noor)
    for who in (noor, ravi):
        with pytest.raises(second_opinion.NotAllowed, match="oordeelde al"):
            name_third(proposed, who, coordinator)
    name_third(proposed, kim, coordinator)
    assert papers.mail_with_key(f"third_named:{proposed.reference}:{Decision.objects.get().pk}").to == [kim.email]


def name_third(authorization, who, by):
    return second_opinion.name_third(
        authorization_id=authorization.pk, advisor_id=who.user_id, reason="Zij zijn het oneens.", by=by, now=NOW
    )


# -- the database ----------------------------------------------------------------------------------------------------


def test_an_opinion_stays_as_first_given(split):
    given = Opinion.objects.get(position="second")
    for table, change in (
        ("opinion", "outcome = 'denied'"),
        ("opinion", f"advisor_id = {given.advisor_id} + 1"),
        ("opinionverdict", "verdict = 'unclear'"),
    ):
        refused = pytest.raises(IntegrityError, match="opinion_stays_as_first_given")
        with refused, transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE authorizations_{table} SET {change}")


def test_a_denial_of_which_nobody_agrees_is_refused_by_the_database(split, ravi):
    """Ravi would grant, and took nothing over."""
    proposal = queries.current_decision(split)
    proposal.confirmed_by_id, proposal.confirmed_at, proposal.final_at = ravi.user_id, NOW, NOW
    with pytest.raises(IntegrityError, match="denial_is_agreed"), transaction.atomic():
        proposal.save()


def test_a_proposal_from_before_there_were_opinions_is_confirmed_all_the_same(proposed, ravi):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM authorizations_opinionverdict")
        cursor.execute("DELETE FROM authorizations_opinion")
    desk.second(proposed, ravi)
    assert confirm(proposed, ravi).final_at
