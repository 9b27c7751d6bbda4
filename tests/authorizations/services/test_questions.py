"""Questions to the provider: what they name, whose turn it is, and how the term rests meanwhile."""

from datetime import UTC, date, datetime, timedelta

import pytest

from accounts.domain.roles import Role
from authorizations import queries
from authorizations.domain import deadlines
from authorizations.domain.lifecycle import Status
from authorizations.models import AuthorizationRequest, InformationItem, QuestionReminder, StatusEvent
from authorizations.services import intake, lifecycle, questions
from papers import queries as papers
from tests.factories import accounts, desk
from tests.factories.desk import NOW, question


@pytest.fixture
def taken(indiener, insurer, noor):
    return desk.filed(indiener, insurer, Status.IN_REVIEW, advisor=noor)


@pytest.fixture
def asked(taken, noor):
    return questions.ask(authorization_id=taken.pk, items=[question(), question(criterion="c2b")], by=noor, now=NOW)


def stored(authorization):
    return AuthorizationRequest.objects.get(pk=authorization.pk)


def refused(call, words):
    with pytest.raises(questions.NotAllowed, match=words):
        call()


# -- asking ----------------------------------------------------------------------------------------------------------


def test_asking_rests_the_term_and_tells_the_provider(taken, asked):
    now = stored(taken)
    assert (now.status, now.due_on) == (Status.WAITING_FOR_PROVIDER, None)
    assert [(item.number, item.criterion) for item in asked.items.all()] == [(1, "c2a"), (2, "c2b")]
    assert [pause.ended_at for pause in queries.pauses(taken)] == [None]
    mail = papers.mail_with_key(f"question:{taken.reference}:{asked.pk}")
    assert mail.to == [taken.submitted_by.email]
    assert "verslag" not in mail.body


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"criterion": ""}, "question_criterion_missing"),
        ({"criterion": "c9"}, "question_criterion_missing"),
        ({"what": " "}, "question_what_missing"),
        ({"why": ""}, "question_why_missing"),
        ({"leads_to_consent": "\n"}, "question_leads_to_consent_missing"),
        ({"due_on": None}, "question_due_missing"),
        ({"due_on": date(2026, 11, 23)}, "question_due_past"),
        ({"due_on": date(2026, 12, 26)}, "question_due_not_workday"),
    ],
)
def test_a_question_names_all_of_it_or_is_not_asked(taken, noor, change, code):
    with pytest.raises(questions.Incomplete) as refusal:
        questions.ask(authorization_id=taken.pk, items=[question(), question(**change)], by=noor, now=NOW)
    assert [(one.code, one.row) for one in refusal.value.obstacles] == [(code, 1)]
    assert stored(taken).status == Status.IN_REVIEW


def test_nothing_is_asked_without_a_question(taken, noor):
    refused(lambda: questions.ask(authorization_id=taken.pk, items=[], by=noor, now=NOW), "Stel minstens 1 vraag")


def test_only_who_has_the_request_asks(taken, insurer):
    other = accounts.actor(Role.MEDISCH_ADVISEUR, organization=insurer)
    refused(lambda: questions.ask(authorization_id=taken.pk, items=[question()], by=other, now=NOW), "meelezen")


def test_a_second_round_waits_for_the_first(taken, asked, noor):
    refused(
        lambda: questions.ask(authorization_id=taken.pk, items=[question()], by=noor, now=NOW), "wacht op aanbieder"
    )


# -- answering -------------------------------------------------------------------------------------------------------


def test_answers_are_kept_one_by_one_and_sent_together(taken, asked, indiener):
    first, second = asked.items.all()
    questions.answer(item_id=first.pk, text="Bijgevoegd.", by=indiener, now=NOW)
    with pytest.raises(questions.Incomplete, match=r"Beantwoord vraag 2\."):
        questions.send_answers(authorization_id=taken.pk, by=indiener, now=NOW)
    questions.answer(item_id=second.pk, text="Werk, slaap en huishouden.", by=indiener, now=NOW)
    later = NOW + timedelta(days=9)
    questions.send_answers(authorization_id=taken.pk, by=indiener, now=later)
    now = stored(taken)
    assert now.status == Status.ANSWERED
    assert now.due_on == deadlines.decision_due(
        received_at=now.submitted_at, policy=queries.policy_of(now), pauses=[deadlines.Pause(NOW, later)]
    )
    assert queries.open_information_request(taken) is None
    assert papers.mail_with_key(f"answered:{taken.reference}:{asked.pk}")


def test_an_answer_can_be_changed_until_it_is_sent(taken, noor, indiener):
    item = questions.ask(authorization_id=taken.pk, items=[question()], by=noor, now=NOW).items.get()
    questions.answer(item_id=item.pk, text="Een.", by=indiener, now=NOW)
    questions.answer(item_id=item.pk, text="", by=indiener, now=NOW)
    assert InformationItem.objects.get(pk=item.pk).answered_at is None
    questions.answer(item_id=item.pk, text="Twee.", by=indiener, now=NOW)
    questions.send_answers(authorization_id=taken.pk, by=indiener, now=NOW)
    refused(lambda: questions.answer(item_id=item.pk, text="Drie.", by=indiener, now=NOW), "niet meer wijzigen")
    assert InformationItem.objects.get(pk=item.pk).answer == "Twee."


@pytest.mark.parametrize("role", [Role.LEZER, Role.ORGANISATIEBEHEERDER])
def test_who_only_reads_answers_nothing(asked, provider, role):
    reader = accounts.actor(role, organization=provider)
    refused(
        lambda: questions.answer(item_id=asked.items.first().pk, text="x", by=reader, now=NOW), "Alleen een indiener"
    )


def test_another_provider_answers_nothing(asked, other_indiener):
    item = asked.items.first()
    refused(lambda: questions.answer(item_id=item.pk, text="x", by=other_indiener, now=NOW), "Alleen een indiener")


def test_a_withdrawn_request_has_no_questions_to_answer(taken, asked, indiener):
    intake.withdraw(authorization_id=taken.pk, reason="Ziet ervan af.", by=indiener, now=NOW)
    refused(lambda: questions.answer(item_id=asked.items.first().pk, text="x", by=indiener, now=NOW), "ingetrokken")


# -- counter-questions -----------------------------------------------------------------------------------------------


def test_a_counter_question_is_answered_in_the_thread_while_the_term_keeps_resting(taken, asked, noor, indiener):
    item = asked.items.first()
    counter = questions.counter(item_id=item.pk, text="Bedoelt u het eindverslag?", by=indiener, now=NOW)
    assert papers.mail_with_key(f"counter_question:{taken.reference}:{counter.pk}").to == [noor.email]
    assert stored(taken).due_on is None
    questions.reply(counter_id=counter.pk, text="Ja, van mei.", by=noor, now=NOW)
    assert papers.mail_with_key(f"counter_reply:{taken.reference}:{counter.pk}")
    assert stored(taken).due_on is None
    refused(lambda: questions.reply(counter_id=counter.pk, text="Nog eens.", by=noor, now=NOW), "al gereageerd")


def test_nothing_is_closed_while_a_counter_question_is_open(taken, asked, noor, indiener):
    counter = questions.counter(item_id=asked.items.first().pk, text="Welk?", by=indiener, now=NOW)

    def close():
        questions.close(authorization_id=taken.pk, because="Niet meer nodig.", by=noor, now=NOW)

    refused(close, "Reageer eerst op de wedervraag")
    questions.reply(counter_id=counter.pk, text="Het eindverslag.", by=noor, now=NOW)
    close()
    assert stored(taken).status == Status.IN_REVIEW


def test_a_colleague_may_react_so_that_an_absence_keeps_nothing_open(asked, insurer, indiener):
    counter = questions.counter(item_id=asked.items.first().pk, text="Welk?", by=indiener, now=NOW)
    colleague = accounts.actor(Role.MEDISCH_ADVISEUR, organization=insurer)
    questions.reply(counter_id=counter.pk, text="Het eindverslag.", by=colleague, now=NOW)
    assert not queries.open_counter_questions(stored(asked.authorization)).exists()


@pytest.mark.parametrize("text", ["", "  \n "])
def test_a_counter_question_and_its_reaction_say_something(asked, noor, indiener, text):
    item = asked.items.first()
    refused(lambda: questions.counter(item_id=item.pk, text=text, by=indiener, now=NOW), "Schrijf uw wedervraag")
    counter = questions.counter(item_id=item.pk, text="Welk?", by=indiener, now=NOW)
    refused(lambda: questions.reply(counter_id=counter.pk, text=text, by=noor, now=NOW), "Schrijf uw reactie")


# -- more time, and taking back --------------------------------------------------------------------------------------


def test_a_question_gets_more_time_and_the_provider_can_read_it(taken, asked, noor):
    item = asked.items.first()
    questions.extend(item_id=item.pk, due_on=date(2026, 12, 21), by=noor, now=NOW)
    assert InformationItem.objects.get(pk=item.pk).due_on == date(2026, 12, 21)
    event = StatusEvent.objects.get(authorization=taken, move="extend")
    assert (event.note, event.internal) == ("Vraag 1: antwoord graag voor 21 december 2026.", False)


@pytest.mark.parametrize("day", [date(2026, 12, 7), date(2026, 12, 1), date(2026, 11, 23)])
def test_more_time_is_later(asked, noor, day):
    item = asked.items.first()
    refused(lambda: questions.extend(item_id=item.pk, due_on=day, by=noor, now=NOW), "Kies een datum na")


def test_questions_are_taken_back_with_a_reason_and_the_term_runs_again(taken, asked, noor):
    refused(lambda: questions.close(authorization_id=taken.pk, because=" ", by=noor, now=NOW), "Schrijf waarom")
    later = NOW + timedelta(days=2)
    questions.close(authorization_id=taken.pk, because="Het stond in het plan.", by=noor, now=later)
    now = stored(taken)
    assert (now.status, now.due_on is not None) == (Status.IN_REVIEW, True)
    asked.refresh_from_db()
    assert (asked.closed_at, asked.closed_because) == (later, "Het stond in het plan.")
    assert papers.mail_with_key(f"questions_closed:{taken.reference}:{asked.pk}")
    refused(lambda: questions.close(authorization_id=taken.pk, because="x", by=noor, now=later), "geen vragen open")


# -- reminders -------------------------------------------------------------------------------------------------------


def at(day, hour=8):
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


DUE = date(2026, 12, 7)


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (date(2026, 11, 23), []),  # the day of asking
        (date(2026, 11, 27), []),  # six werkdagen before
        (date(2026, 11, 30), ["first"]),
        (date(2026, 12, 3), ["first"]),
        (date(2026, 12, 4), ["first", "last"]),
        (date(2026, 12, 7), ["first", "last"]),
        (date(2026, 12, 8), ["first", "last", "overdue"]),
    ],
)
def test_moments(today, expected):
    assert questions.moments(asked_on=date(2026, 11, 23), due_on=DUE, today=today) == expected


def test_a_question_that_is_due_soon_reminds_nobody_on_the_day_of_asking():
    assert questions.moments(asked_on=date(2026, 11, 23), due_on=date(2026, 11, 24), today=date(2026, 11, 23)) == []


def test_each_reminder_goes_out_once_and_is_written_down(taken, asked):
    days = [date(2026, 11, 30), date(2026, 11, 30), date(2026, 12, 4), date(2026, 12, 4), date(2026, 12, 8)]
    assert [questions.remind(now=at(day)) for day in days] == [1, 0, 1, 0, 1]
    assert list(QuestionReminder.objects.order_by("id").values_list("moment", flat=True)) == [
        "first",
        "last",
        "overdue",
    ]
    assert StatusEvent.objects.filter(authorization=taken, move="remind").count() == 3
    for moment in ("first", "last", "overdue"):
        assert papers.mail_with_key(f"reminder:{taken.reference}:{asked.pk}:{moment}")
    assert papers.mail_with_key(f"question_overdue:{taken.reference}:{asked.pk}")


def test_a_run_that_comes_late_leaves_the_same_rows_and_sends_one_mail(taken, asked):
    assert questions.remind(now=at(date(2026, 12, 20))) == 1
    assert set(QuestionReminder.objects.values_list("moment", flat=True)) == {"first", "last", "overdue"}
    assert papers.mail_with_key(f"reminder:{taken.reference}:{asked.pk}:first") is None
    assert papers.mail_with_key(f"reminder:{taken.reference}:{asked.pk}:overdue")


def test_nobody_is_reminded_of_what_was_answered_closed_or_withdrawn(taken, asked, indiener):
    for item in asked.items.all():
        questions.answer(item_id=item.pk, text="Bijgevoegd.", by=indiener, now=NOW)
    assert questions.remind(now=at(date(2026, 12, 8))) == 0
    intake.withdraw(authorization_id=taken.pk, reason="Ziet ervan af.", by=indiener, now=NOW)
    assert questions.remind(now=at(date(2026, 12, 20))) == 0


def test_more_time_moves_the_reminders(asked, noor):
    for item in asked.items.all():
        questions.extend(item_id=item.pk, due_on=date(2026, 12, 21), by=noor, now=NOW)
    assert questions.remind(now=at(date(2026, 12, 4))) == 0
    assert questions.remind(now=at(date(2026, 12, 14))) == 1


def test_the_rest_can_be_reckoned_again_from_what_was_stored(taken, asked, indiener):
    for item in asked.items.all():
        questions.answer(item_id=item.pk, text="Bijgevoegd.", by=indiener, now=NOW)
    questions.send_answers(authorization_id=taken.pk, by=indiener, now=NOW + timedelta(days=4))
    shown = stored(taken).due_on
    lifecycle.update_due_date(stored(taken))
    assert stored(taken).due_on == shown
