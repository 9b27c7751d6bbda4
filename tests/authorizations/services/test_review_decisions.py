"""Decisions: what stands in the way, who takes them, and what comes of them in one transaction."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from accounts import queries as people
from accounts.domain.roles import Role
from authorizations.domain import references
from authorizations.domain.lifecycle import Status
from authorizations.domain.terms import Addressee, Discipline, Outcome, Verdict
from authorizations.models import AuthorizationRequest, Decision, Grant, RequestLetter, StatusEvent
from authorizations.services import decisions, intake, questions, review, sight
from ggz_codes.services import catalogue as catalogues
from papers import queries as papers
from tests.factories import accounts, desk
from tests.factories.desk import NOW, choice


@pytest.fixture
def taken(indiener, insurer, noor):
    return desk.filed(indiener, insurer, Status.IN_REVIEW, advisor=noor)


@pytest.fixture
def fine(taken, noor):
    """A request in review of which every criterion is met."""
    desk.judge(taken, noor)
    return taken


@pytest.fixture
def not_fine(taken, noor):
    desk.judge(taken, noor, c2a=Verdict.NOT_MET)
    return taken


@pytest.fixture
def too_much(taken, noor):
    desk.judge(taken, noor, c3_omvang=Verdict.NOT_MET)
    return taken


def stored(authorization):
    return AuthorizationRequest.objects.get(pk=authorization.pk)


def decide(authorization, wanted, by, now=NOW):
    seen = sight.of(stored(authorization))
    return decisions.decide(authorization_id=authorization.pk, choice=wanted, seen=seen, by=by, now=now)


def confirm(authorization, by, now=NOW, **changes):
    seen = {"proposal_id": proposal_of(authorization), "seen": sight.of(stored(authorization)), **changes}
    return decisions.confirm(authorization_id=authorization.pk, by=by, now=now, **seen)


def proposal_of(authorization):
    return Decision.objects.filter(authorization=authorization, returned_at=None).values_list("pk", flat=True).first()


def codes(refusal):
    return {obstacle.code for obstacle in refusal.value.obstacles}


# -- granting --------------------------------------------------------------------------------------------------------


def test_a_grant_is_final_at_once_with_its_number_hours_letters_and_mail(fine, noor):
    decision = decide(fine, choice(Outcome.GRANTED), noor)
    now = stored(fine)
    assert (now.status, now.closed_at, decision.final_at) == (Status.GRANTED, NOW, NOW)
    grant = Grant.objects.get(authorization=fine)
    assert references.is_valid(grant.number)
    assert grant.number.startswith("M26")
    assert (grant.declaratie_code, grant.setting, grant.starts_on) == ("14D838", "outpatient", date(2026, 12, 14))
    assert {line.discipline: line.hours for line in grant.hours.all()} == {
        "revalidatiearts": Decimal(4),
        "fysiotherapie": Decimal(24),
        "psychologie": Decimal("12.5"),
    }
    letters = RequestLetter.objects.filter(decision=decision)
    assert {letter.addressee for letter in letters} == {Addressee.PROVIDER, Addressee.INSURED}
    assert papers.mail_with_key(f"decided:{fine.reference}:{decision.pk}").to == [fine.submitted_by.email]
    assert StatusEvent.objects.filter(authorization=fine, move="grant").count() == 1


def test_the_decision_carries_the_policy_by_which_it_was_taken(fine, noor):
    stamped = decide(fine, choice(Outcome.GRANTED), noor).policy_documents
    policy = fine.policy_version
    assert stamped[0] == {"code": policy.slug, "title": policy.title, "version": policy.version}
    assert [one["title"] for one in stamped[1:]] == ["MSR vergoedingsbeleid", "MSR machtigingenbeleid"]


def test_a_number_that_exists_is_drawn_again(fine, noor, monkeypatch, indiener, insurer):
    other = desk.filed(indiener, insurer, Status.IN_REVIEW, advisor=noor)
    desk.judge(other, noor)
    taken_number = Grant.objects.get(decision=decide(other, choice(Outcome.GRANTED), noor)).number
    drawn = iter([taken_number, taken_number, "M26ABCDEFGH01"])
    monkeypatch.setattr(references, "machtigingsnummer", lambda *_: next(drawn))
    decide(fine, choice(Outcome.GRANTED), noor)
    assert Grant.objects.get(authorization=fine).number == "M26ABCDEFGH01"


def test_a_part_is_granted_with_what_is_not_and_why(too_much, noor):
    decision = decide(too_much, choice(Outcome.PARTLY_GRANTED), noor)
    assert stored(too_much).status == Status.PARTLY_GRANTED
    assert decision.final_at == NOW
    assert "Zes uren fysiotherapie" in decision.not_granted
    granted = decision.granted.hours.get(discipline="fysiotherapie")
    assert granted.hours == Decimal(23)


# -- denying ---------------------------------------------------------------------------------------------------------


def test_a_denial_is_a_proposal_until_somebody_else_confirms_it(not_fine, noor, ravi):
    proposal = decide(not_fine, choice(Outcome.DENIED), noor)
    assert (stored(not_fine).status, proposal.final_at) == (Status.SECOND_REVIEW, None)
    assert not RequestLetter.objects.exists()
    assert papers.mail_with_key(f"second_review:{not_fine.reference}:{proposal.pk}").to == [ravi.email]
    desk.second(stored(not_fine), ravi)
    decision = confirm(not_fine, by=ravi, now=NOW + timedelta(hours=2))
    assert stored(not_fine).status == Status.DENIED
    assert (decision.proposed_by_id, decision.confirmed_by_id) == (noor.user_id, ravi.user_id)
    assert decision.final_at == decision.confirmed_at == NOW + timedelta(hours=2)
    assert RequestLetter.objects.filter(decision=decision).count() == 2
    assert not Grant.objects.exists()


def test_an_internal_note_is_in_no_letter(not_fine, noor, ravi):
    desk.assess(not_fine, "c1", noor, version=1, motivation="Voor de brief.", internal_note="Alleen voor collega's.")
    decide(not_fine, choice(Outcome.DENIED), noor)
    desk.second(stored(not_fine), ravi)
    decision = confirm(not_fine, by=ravi, now=NOW)
    letters = [one.letter.html for one in RequestLetter.objects.filter(decision=decision).select_related("letter")]
    assert len(letters) == 2
    assert all("Voor de brief." in html for html in letters)
    assert not any("Alleen voor collega" in html for html in letters)


def test_that_a_denial_is_proposed_is_not_for_the_provider(not_fine, noor):
    decide(not_fine, choice(Outcome.DENIED), noor)
    assert StatusEvent.objects.get(authorization=not_fine, move="propose").internal


def test_nobody_confirms_an_own_proposal(not_fine, noor):
    decide(not_fine, choice(Outcome.DENIED), noor)
    with pytest.raises(decisions.Incomplete, match="Iemand anders moet dit besluit bevestigen"):
        confirm(not_fine, by=noor, now=NOW)
    assert stored(not_fine).status == Status.SECOND_REVIEW


def test_who_works_for_the_provider_confirms_nothing(not_fine, noor, insurer, provider):
    decide(not_fine, choice(Outcome.DENIED), noor)
    both = accounts.person(Role.MEDISCH_ADVISEUR, organization=insurer, big_number="39012345603")
    accounts.MembershipFactory(user=both, organization=provider, role=Role.BEHANDELAAR.value)
    with pytest.raises(decisions.NotAllowed, match="U werkt bij deze zorgaanbieder"):
        confirm(not_fine, by=people.actor_of(both, insurer.pk), now=NOW)


@pytest.mark.parametrize("role", [Role.MEDEWERKER, Role.COORDINATOR, Role.BEHEERDER])
def test_only_a_medisch_adviseur_confirms(not_fine, noor, insurer, role):
    decide(not_fine, choice(Outcome.DENIED), noor)
    with pytest.raises(decisions.NotAllowed, match="Alleen een medisch adviseur"):
        confirm(not_fine, by=accounts.actor(role, organization=insurer), now=NOW)


def test_a_proposal_comes_back_with_a_reason_and_can_be_made_again(not_fine, noor, ravi):
    proposal = decide(not_fine, choice(Outcome.DENIED), noor)
    desk.second(stored(not_fine), ravi)
    decisions.hand_back(
        authorization_id=not_fine.pk,
        proposal_id=proposal_of(not_fine),
        because="Het verslag zit erbij.",
        by=ravi,
        now=NOW,
    )
    now = stored(not_fine)
    assert (now.status, now.assigned_to_id) == (Status.IN_REVIEW, noor.user_id)
    event = StatusEvent.objects.get(authorization=not_fine, move="return")
    assert (event.note, event.internal) == ("Het verslag zit erbij.", True)
    assert papers.mail_with_key(f"returned:{not_fine.reference}:{proposal.pk}").to == [noor.email]
    assert decide(not_fine, choice(Outcome.DENIED), noor).pk != proposal.pk
    assert Decision.objects.filter(authorization=not_fine).count() == 2


def test_a_proposal_is_not_given_back_without_a_reason(not_fine, noor, ravi):
    decide(not_fine, choice(Outcome.DENIED), noor)
    desk.second(stored(not_fine), ravi)
    with pytest.raises(decisions.NotAllowed, match="Schrijf waarom"):
        decisions.hand_back(
            authorization_id=not_fine.pk, proposal_id=proposal_of(not_fine), because=" ", by=ravi, now=NOW
        )


def test_the_proposer_may_take_a_proposal_back(not_fine, noor):
    decide(not_fine, choice(Outcome.DENIED), noor)
    decisions.hand_back(
        authorization_id=not_fine.pk, proposal_id=proposal_of(not_fine), because="Te snel.", by=noor, now=NOW
    )
    assert stored(not_fine).status == Status.IN_REVIEW


def test_a_second_advisor_for_a_part_only_when_wanted(too_much, noor, ravi):
    proposal = decide(too_much, choice(Outcome.PARTLY_GRANTED, second_wanted=True), noor)
    assert (stored(too_much).status, proposal.final_at) == (Status.SECOND_REVIEW, None)
    assert not Grant.objects.exists()
    desk.second(stored(too_much), ravi)
    confirm(too_much, by=ravi, now=NOW)
    assert stored(too_much).status == Status.PARTLY_GRANTED
    assert Grant.objects.get(authorization=too_much).hours.count() == 3


def test_a_proposal_that_waited_past_its_first_day_is_not_confirmed_silently(too_much, noor, ravi):
    decide(too_much, choice(Outcome.PARTLY_GRANTED, second_wanted=True), noor)
    desk.second(stored(too_much), ravi)
    late = NOW + timedelta(days=60)
    with pytest.raises(decisions.Incomplete) as refusal:
        confirm(too_much, by=ravi, now=late)
    assert codes(refusal) == {"early_start_reason_missing"}


def test_nothing_can_be_confirmed_that_was_not_proposed(fine, ravi):
    with pytest.raises(decisions.NotAllowed, match="Er ligt geen voorstel meer"):
        confirm(fine, by=ravi, now=NOW)


# -- what stands in the way ------------------------------------------------------------------------------------------


def test_everything_that_stands_in_the_way_is_said_at_once_and_is_why_it_is_refused(taken, noor):
    empty = decisions.Choice(Outcome.PARTLY_GRANTED, grant=replace(desk.grant(), starts_on=date(2026, 11, 1)))
    shown = decisions.obstacles(taken, empty, by=noor, now=NOW)
    with pytest.raises(decisions.Incomplete) as refusal:
        decide(taken, empty, noor)
    assert refusal.value.obstacles == shown
    assert {
        "criterion_not_judged",
        "summary_missing",
        "not_granted_missing",
        "indication_weighed_missing",
        "early_start_reason_missing",
    } <= codes(refusal)
    assert stored(taken).status == Status.IN_REVIEW
    assert not Decision.objects.exists()


def test_a_denial_lacks_nothing_per_criterion(taken, noor):
    desk.judge(taken, noor, c2a=Verdict.UNCLEAR)
    # saved before a verdict had to say all of it
    taken.assessments.filter(criterion="c2a").update(motivation="", missing_fact="", leads_to_consent="")
    with pytest.raises(decisions.Incomplete) as refusal:
        decide(taken, choice(Outcome.DENIED), noor)
    assert codes(refusal) == {"motivation_missing", "missing_fact_missing", "leads_to_consent_missing"}


def test_a_grant_against_a_verdict_is_refused(not_fine, noor):
    with pytest.raises(decisions.Incomplete) as refusal:
        decide(not_fine, choice(Outcome.GRANTED), noor)
    assert codes(refusal) == {"grant_against_verdict"}


def test_a_letter_that_nobody_can_read_is_refused(fine, noor):
    """The insured reads what the advisor writes, also at a criterion."""
    hard = "Dat is zo omdat " + "en dus ook " * 20
    desk.assess(fine, "c2d", noor, motivation=hard, version=review.assessments(fine)["c2d"].version)
    unreadable = replace(choice(Outcome.GRANTED), summary="Wij geven toestemming want " + "heel veel woorden " * 15)
    with pytest.raises(decisions.Incomplete) as refusal:
        decide(fine, unreadable, noor)
    assert codes(refusal) == {"summary_too_long", "assessment_too_long"}
    assert "heeft 49 woorden. Maak er twee of meer zinnen van." in str(refusal.value)


def test_the_letter_names_a_big_number(fine, insurer, noor):
    without = replace(noor, big_number="")
    with pytest.raises(decisions.Incomplete, match="BIG-nummer ontbreekt"):
        decide(fine, choice(Outcome.GRANTED), without)


def test_no_decision_while_questions_or_counter_questions_are_open(fine, noor, indiener):
    asked = questions.ask(authorization_id=fine.pk, items=[desk.question()], by=noor, now=NOW)
    questions.counter(item_id=asked.items.get().pk, text="Welk verslag?", by=indiener, now=NOW)
    with pytest.raises(decisions.Incomplete) as refusal:
        decide(fine, choice(Outcome.GRANTED), noor)
    assert codes(refusal) == {"question_open", "counter_question_open"}


def test_a_counter_question_that_outlives_its_round_still_stands_in_the_way(fine, noor, indiener):
    asked = questions.ask(authorization_id=fine.pk, items=[desk.question()], by=noor, now=NOW)
    item = asked.items.get()
    counter = questions.counter(item_id=item.pk, text="Welk verslag?", by=indiener, now=NOW)
    questions.answer(item_id=item.pk, text="Dit verslag.", by=indiener, now=NOW)
    questions.send_answers(authorization_id=fine.pk, by=indiener, now=NOW)
    with pytest.raises(decisions.Incomplete) as refusal:
        decide(fine, choice(Outcome.GRANTED), noor)
    assert codes(refusal) == {"counter_question_open"}
    questions.reply(counter_id=counter.pk, text="Het eindverslag.", by=noor, now=NOW)
    assert decide(fine, choice(Outcome.GRANTED), noor).final_at == NOW


def test_only_who_has_the_request_decides(fine, ravi):
    with pytest.raises(review.Taken):
        decide(fine, choice(Outcome.GRANTED), ravi)


@pytest.mark.parametrize("role", [Role.MEDEWERKER, Role.COORDINATOR, Role.BEHEERDER])
def test_only_a_medisch_adviseur_decides(fine, noor, role):
    with pytest.raises(decisions.NotAllowed, match="Alleen een medisch adviseur"):
        decide(fine, choice(Outcome.GRANTED), replace(noor, roles=frozenset({role})))


def test_nobody_decides_on_an_own_institution(fine, noor, provider):
    with pytest.raises(decisions.NotAllowed, match="U werkt bij deze zorgaanbieder"):
        decide(fine, choice(Outcome.GRANTED), replace(noor, works_for=noor.works_for | {provider.pk}))


def test_a_withdrawn_request_says_so(fine, noor, indiener):
    intake.withdraw(authorization_id=fine.pk, reason="De patiënt ziet ervan af.", by=indiener, now=NOW)
    with pytest.raises(decisions.NotAllowed, match="heeft deze aanvraag ingetrokken"):
        decide(fine, choice(Outcome.GRANTED), noor)


def test_a_request_that_changed_since_it_was_seen_is_looked_at_again(fine, noor):
    with pytest.raises(decisions.Stale, match="intussen gewijzigd"):
        decisions.decide(authorization_id=fine.pk, choice=choice(Outcome.GRANTED), seen="", by=noor, now=NOW)


def test_deciding_twice_is_refused_in_words(fine, not_fine, noor):
    decide(not_fine, choice(Outcome.DENIED), noor)
    with pytest.raises(decisions.NotAllowed, match="Er ligt al een voorstel"):
        decide(not_fine, choice(Outcome.DENIED), noor)


def test_a_preview_is_made_of_the_same_text_and_leaves_nothing_behind(fine, noor):
    pdf = decisions.preview(fine, choice(Outcome.GRANTED), Addressee.PROVIDER, by=noor, now=NOW)
    assert pdf.startswith(b"%PDF")
    assert not Decision.objects.exists()
    assert not Grant.objects.exists()


def test_disciplines_of_a_choice_survive_being_kept(too_much, noor):
    wanted = choice(Outcome.PARTLY_GRANTED, second_wanted=True)
    kept = decisions.choice_of(decide(too_much, wanted, noor))
    assert kept == replace(wanted, second_wanted=False)
    assert kept.grant.hours[Discipline.FYSIOTHERAPIE] == Decimal(23)


@pytest.fixture
def catalogue(db):
    catalogues.load()


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"declaratie_code": "14Z999"}, ["Code 14Z999 is op 14 december 2026 volgens onze lijst: onbekend."]),
        ({"zorgproduct_code": "123456789"}, ["Code 123456789 is op 14 december 2026 volgens onze lijst: onbekend."]),
        ({"starts_on": date(2014, 1, 1)}, ["Code 14D838 is op 1 januari 2014 volgens onze lijst: nog niet geldig."]),
        ({}, []),
    ],
)
def test_a_code_that_our_list_does_not_know_asks_for_a_look(fine, noor, catalogue, changed, said):
    chosen = choice(Outcome.GRANTED)
    chosen = replace(chosen, grant=replace(chosen.grant, **changed))
    found = [one for one in decisions.obstacles(fine, chosen, by=noor, now=NOW) if one.code == "code_not_valid"]
    assert [one.message.partition(" Controleer")[0] for one in found][: len(said)] == said
    assert bool(found) == bool(said)
    looked = decisions.obstacles(fine, replace(chosen, codes_checked=True), by=noor, now=NOW)
    assert [one for one in looked if one.code == "code_not_valid"] == []


def test_without_a_list_nothing_is_said_of_a_code(fine, noor):
    chosen = choice(Outcome.GRANTED)
    chosen = replace(chosen, grant=replace(chosen.grant, declaratie_code="14Z999"))
    assert "code_not_valid" not in {one.code for one in decisions.obstacles(fine, chosen, by=noor, now=NOW)}
