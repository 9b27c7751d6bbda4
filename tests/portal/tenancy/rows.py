"""A row in every table that holds something of somebody."""

from datetime import date, timedelta
from typing import Any

from accounts.domain.actors import Actor
from accounts.models import Organization
from authorizations import models
from authorizations.domain.terms import Discipline, DocumentKind, Verdict
from papers.domain.states import PrintState
from papers.models import File, Letter, Mail, PrintBatch, PrintItem
from tests.factories.everything import NOW, World


def fill(filer: Actor, advisor: Actor, insurer: Organization, *, word: str, later: timedelta) -> World:
    """Give this provider and this insurer one of everything; `word` stands in every text."""
    world = World(filer, advisor, insurer)
    world.grow(1)
    case, waiting = world.case, world.waiting
    models.Insured.objects.update(surname=word, initials="Z.", street=f"{word}straat 1")
    models.InformationItem.objects.update(what=f"{word} ontbreekt.", answer=f"{word} antwoord")
    models.CounterQuestion.objects.update(text=f"{word}?")
    models.Decision.objects.filter(final_at=None).update(summary=f"{word} daarom.")
    models.AuthorizationRequest.objects.filter(submitted_at=None).update(answers={"patient": {"surname": [word]}})
    models.TermPause.objects.create(authorization=waiting, started_at=NOW)
    warning = {"due_on": date(2026, 11, 16), "level": "soon", "audience": "advisor", "at": NOW}
    models.TermWarning.objects.create(authorization=case, **warning)
    models.ChecklistAnswer.objects.create(
        authorization=world.draft, kind=DocumentKind.BRIEVEN_EERSTE_LIJN.value, absent_reason=f"{word} reden",
        answered_by=world.user, answered_at=NOW,
    )  # fmt: skip
    by: dict[str, Any] = {"authorization": case, "user_id": advisor.user_id}
    models.DeskDraft.objects.create(**by, form="notitie", data={"note": [word]}, saved_at=NOW)
    models.CriterionAssessment.objects.create(
        authorization=case, criterion="c2a", verdict=Verdict.MET.value, motivation=f"{word} oordeel",
        assessed_by_id=advisor.user_id, assessed_at=NOW,
    )  # fmt: skip
    models.StatusEvent.objects.create(authorization=case, move="note", status=case.status, at=NOW, note=f"{word} stap")
    models.QuestionReminder.objects.create(information_request=world.round, moment="first", at=NOW)
    grant = models.Grant.objects.order_by("pk")[0]
    models.GrantHours.objects.create(grant=grant, discipline=Discipline.FYSIOTHERAPIE.value, label=word, hours=8)
    File.objects.update(name=f"{word}.pdf", owner_id=filer.organization_id)
    Letter.objects.update(owner_id=advisor.organization_id)
    Mail.objects.create(to=["iemand@voorbeeld.nl"], subject=word, body=word, key=word, created_at=NOW)
    batch = PrintBatch.objects.create(sender=insurer, made_at=NOW + later, made_by_id=advisor.user_id)
    first = PrintItem.objects.order_by("pk")[0]
    PrintItem.objects.filter(pk=first.pk).update(batch=batch, state=PrintState.MADE.value, note=word)
    return world
