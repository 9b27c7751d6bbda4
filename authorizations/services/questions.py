"""
Ask the provider what is missing, and talk about it until the answer is there.

The decision term rests as long as a round of questions is open, a counter-question included (R-18): what the provider
waits for meanwhile is shown, never counted against anybody.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from accounts.domain.actors import Actor
from audit.domain.events import Kind
from audit.services import recording
from authorizations import queries
from authorizations.domain import deadlines, words
from authorizations.domain import review as rules
from authorizations.domain.lifecycle import OPEN, Status
from authorizations.domain.obstacles import Obstacle
from authorizations.domain.terms import DocumentKind
from authorizations.models import (
    AuthorizationRequest,
    CounterQuestion,
    InformationItem,
    InformationRequest,
    QuestionReminder,
)
from authorizations.services import lifecycle, messages, review

NotAllowed = lifecycle.NotAllowed
Incomplete = review.Incomplete

# When the provider is reminded, in werkdagen before the answer is due. Niet uit een bron.
FIRST_REMINDER, LAST_REMINDER = 5, 1


@dataclass(frozen=True)
class Question(rules.Item):
    """A question to the provider, and the document that would answer it, if there is one. Bron: R-20."""

    document_kind: DocumentKind | None = None


@transaction.atomic
def ask(*, authorization_id: int, items: Sequence[Question], by: Actor, now: datetime) -> InformationRequest:
    """
    Send a round of questions to the provider and let the decision term rest.

    :raises Incomplete: when a question lacks something
    :raises NotAllowed: when the request isn't in review with this advisor
    """
    authorization = queries.authorization_to_change(authorization_id=authorization_id)
    review.require_own(authorization, by)
    today = _today(now)
    if obstacles := rules.obstacles_to_ask(items, review.criteria(authorization), today=today):
        raise Incomplete(obstacles)
    lifecycle.move(authorization, "ask", by=by, at=now)
    asked = InformationRequest.objects.create(authorization=authorization, asked_by_id=by.user_id, asked_at=now)
    InformationItem.objects.bulk_create(
        InformationItem(
            information_request=asked,
            number=number,
            criterion=item.criterion,
            document_kind=item.document_kind or "",
            what=item.what.strip(),
            why=item.why.strip(),
            leads_to_consent=item.leads_to_consent.strip(),
            due_on=item.due_on or today,
        )
        for number, item in enumerate(items, start=1)
    )
    lifecycle.rest_term(authorization, at=now)
    messages.tell_provider(authorization, "question", key=str(asked.pk), now=now)
    return asked


@transaction.atomic
def answer(*, item_id: int, text: str, by: Actor, now: datetime) -> InformationItem:
    """
    Keep the answer to one question; it goes to the advisor with `send_answers`. An empty text takes the answer back.

    :raises NotAllowed: when the round is closed, or this isn't someone who answers for the provider
    """
    item, authorization = _item_to_change(item_id)
    _require_filer(authorization, by)
    if item.information_request.closed_at:
        raise NotAllowed("Deze vragen zijn al verstuurd of ingetrokken. U kunt uw antwoord niet meer wijzigen.")
    item.answer = text.strip()
    answered = bool(item.answer) or item.documents.filter(removed_at=None).exists()
    item.answered_by_id = by.user_id if answered else None
    item.answered_at = now if answered else None
    item.save(update_fields=["answer", "answered_by", "answered_at"])
    return item


@transaction.atomic
def send_answers(*, authorization_id: int, by: Actor, now: datetime) -> None:
    """
    Give all answers to the advisor; the decision term runs again.

    :raises Incomplete: naming each question that has neither an answer nor a document
    :raises NotAllowed: when no questions are open
    """
    authorization = queries.authorization_to_change(authorization_id=authorization_id)
    _require_filer(authorization, by)
    asked = InformationRequest.objects.filter(authorization=authorization, closed_at=None).first()
    if asked is None:
        raise NotAllowed("Er staan geen vragen open bij deze aanvraag.")
    if obstacles := _unanswered(asked):
        raise Incomplete(obstacles)
    lifecycle.move(authorization, "answer", by=by, at=now)
    asked.items.filter(answered_at=None).update(answered_by_id=by.user_id, answered_at=now)
    asked.closed_at = now
    asked.save(update_fields=["closed_at"])
    lifecycle.run_term(authorization, at=now)
    messages.tell_advisor(authorization, "answered", key=str(asked.pk), now=now)


@transaction.atomic
def counter(*, item_id: int, text: str, by: Actor, now: datetime) -> CounterQuestion:
    """
    Ask the advisor something back about a question. Until it has a reaction nothing can be closed or decided.

    :raises NotAllowed: when the round is closed, or the text is empty

    Bron: R-20; domain.md section 6 (design consequence iii).
    """
    item, authorization = _item_to_change(item_id)
    _require_filer(authorization, by)
    if item.information_request.closed_at:
        raise NotAllowed("Deze vraag is al gesloten. U kunt er geen wedervraag meer over stellen.")
    if not text.strip():
        raise NotAllowed("Schrijf uw wedervraag op.")
    asked = CounterQuestion.objects.create(item=item, text=text.strip(), asked_by_id=by.user_id, asked_at=now)
    lifecycle.record(authorization, "counter", by=by, at=now)
    messages.tell_advisor(authorization, "counter_question", key=str(asked.pk), now=now)
    return asked


@transaction.atomic
def reply(*, counter_id: int, text: str, by: Actor, now: datetime) -> CounterQuestion:
    """
    React to a counter-question. Any medisch adviseur of the insurer may, so that an absence never keeps it open.

    :raises NotAllowed: when there is a reaction already, or the text is empty
    """
    question = CounterQuestion.objects.select_related("item__information_request").get(pk=counter_id)
    authorization = queries.authorization_to_change(authorization_id=question.item.information_request.authorization_id)
    review.require_advisor(authorization, by)
    question.refresh_from_db()
    if question.replied_at:
        raise NotAllowed("Op deze wedervraag is al gereageerd.")
    if not text.strip():
        raise NotAllowed("Schrijf uw reactie op de wedervraag.")
    if authorization.status not in OPEN:
        raise NotAllowed(f"Dat kan niet meer. De status is nu: {authorization.get_status_display().lower()}.")
    question.reply, question.replied_by_id, question.replied_at = text.strip(), by.user_id, now
    question.save(update_fields=["reply", "replied_by", "replied_at"])
    lifecycle.record(authorization, "reply", by=by, at=now)
    messages.tell_provider(authorization, "counter_reply", key=str(question.pk), now=now)
    return question


@transaction.atomic
def extend(*, item_id: int, due_on: date, by: Actor, now: datetime) -> InformationItem:
    """
    Give the provider longer for one question.

    :raises NotAllowed: when the date isn't later than the present one and than today, or the round is closed
    """
    item, authorization = _item_to_change(item_id)
    review.require_advisor(authorization, by)
    if item.information_request.closed_at:
        raise NotAllowed("Deze vraag is al gesloten. Er is niets meer om te verlengen.")
    if due_on <= item.due_on:
        raise NotAllowed("Kies een datum na de datum die er nu staat.")
    if wrong := rules.wrong_due_day(due_on, today=_today(now)):
        raise NotAllowed(wrong[1][0].upper() + wrong[1][1:])
    InformationItem.objects.filter(pk=item.pk).update(due_on=due_on)
    item.due_on = due_on
    note = f"Vraag {item.number}: antwoord graag voor {words.day(due_on)}."
    lifecycle.record(authorization, "extend", by=by, at=now, note=note)
    return item


@transaction.atomic
def close(*, authorization_id: int, because: str, by: Actor, now: datetime) -> None:
    """
    Withdraw the open questions and go on with the review; the decision term runs again.

    :raises NotAllowed: when a counter-question is open, no reason is given, or no questions are open

    Bron: R-20: nothing is closed while a counter-question is open.
    """
    authorization = queries.authorization_to_change(authorization_id=authorization_id)
    review.require_own(authorization, by)
    if not because.strip():
        raise NotAllowed("Schrijf waarom u de vragen intrekt.")
    if queries.open_counter_questions(authorization).exists():
        raise NotAllowed("Reageer eerst op de wedervraag. Daarna kunt u de vragen intrekken.")
    asked = InformationRequest.objects.filter(authorization=authorization, closed_at=None).first()
    if asked is None:
        raise NotAllowed("Er staan geen vragen open bij deze aanvraag.")
    asked.closed_at, asked.closed_because = now, because.strip()
    asked.save(update_fields=["closed_at", "closed_because"])
    lifecycle.move(authorization, "resume", by=by, at=now, note=f"Vragen ingetrokken: {because.strip()}")
    lifecycle.run_term(authorization, at=now)
    messages.tell_provider(authorization, "questions_closed", key=str(asked.pk), now=now)


def remind(*, now: datetime) -> int:
    """
    Remind providers of open questions: before the answer is due (twice) and when it is late, each once per round.

    A run that comes late writes the rows of the moments it missed and sends only the last; returns the number of mails.

    Bron: feature 32.
    """
    rounds = InformationRequest.objects.filter(
        authorization__status=Status.WAITING_FOR_PROVIDER,
        closed_at=None,
        items__due_on__lte=deadlines.workdays_after(_today(now), FIRST_REMINDER),
    )
    return sum(_remind(pk, now=now) for pk in rounds.order_by("pk").distinct().values_list("pk", flat=True))


def moments(*, asked_on: date, due_on: date, today: date) -> list[str]:
    """Return the reminders whose time has come, the last one last. On the day of asking nobody is reminded."""
    if today <= asked_on:
        return []
    reached = {
        "first": deadlines.workdays_after(today, FIRST_REMINDER) >= due_on,
        "last": deadlines.workdays_after(today, LAST_REMINDER) >= due_on,
        "overdue": today > due_on,
    }
    return [moment for moment, is_reached in reached.items() if is_reached]


@transaction.atomic
def _remind(round_id: int, *, now: datetime) -> int:
    asked = (
        InformationRequest.objects.select_for_update(of=("self",), skip_locked=True)
        .filter(pk=round_id, closed_at=None)
        .select_related("authorization")
        .first()
    )
    due_on = asked and asked.items.filter(answered_at=None).order_by("due_on").values_list("due_on", flat=True).first()
    if not asked or not due_on:
        return 0
    given = set(asked.reminders.values_list("moment", flat=True))
    today = _today(now)
    new = [m for m in moments(asked_on=_today(asked.asked_at), due_on=due_on, today=today) if m not in given]
    if not new:
        return 0
    QuestionReminder.objects.bulk_create(
        [QuestionReminder(information_request=asked, moment=moment, at=now) for moment in new], ignore_conflicts=True
    )
    key = f"{asked.pk}:{new[-1]}"
    recording.by_the_portal(
        Kind.WORK_TERM, references=[asked.authorization.reference], detail={"herinnering": sorted(new)}
    )
    lifecycle.record(asked.authorization, "remind", by=None, at=now)
    messages.tell_provider(asked.authorization, "reminder", key=key, now=now)
    if "overdue" in new:
        messages.tell_advisor(asked.authorization, "question_overdue", key=str(asked.pk), now=now)
    return 1


def _today(now: datetime) -> date:
    return now.astimezone(deadlines.AMSTERDAM).date()


def _unanswered(asked: InformationRequest) -> list[Obstacle]:
    found = []
    for item in asked.items.filter(answer="").order_by("number"):
        files = [document.file for document in item.documents.filter(removed_at=None).select_related("file")]
        if any(file.is_clean for file in files):
            continue
        code, words = "question_unanswered", f"Beantwoord vraag {item.number}."
        if any(file.is_waiting for file in files):
            code, words = (
                "question_checking",
                (
                    f"Vraag {item.number}: het bestand wordt nog gecontroleerd op virussen. "
                    "Wacht even en probeer het dan opnieuw, of schrijf een antwoord."
                ),
            )
        found.append(Obstacle(code, words, field=f"vraag-{item.pk}"))
    return found


def _item_to_change(item_id: int) -> tuple[InformationItem, AuthorizationRequest]:
    """Lock the request of a question first, as every other service does, then read the question as it is now."""
    found = InformationItem.objects.select_related("information_request").get(pk=item_id)
    authorization = queries.authorization_to_change(authorization_id=found.information_request.authorization_id)
    return InformationItem.objects.select_related("information_request").get(pk=item_id), authorization


def _require_filer(authorization: AuthorizationRequest, by: Actor) -> None:
    if by.organization_id != authorization.provider_id or not by.roles & queries.FILING_ROLES:
        raise NotAllowed("Alleen een indiener of behandelaar van de zorgaanbieder kan dit doen.")
    if authorization.status not in OPEN:
        raise NotAllowed(
            f"Dat kan niet meer. De status van deze aanvraag is nu: {authorization.get_status_display().lower()}."
        )
