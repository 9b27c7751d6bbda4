"""A row in every table that holds something of somebody."""

from datetime import date, timedelta
from hashlib import sha256
from typing import Any
from uuid import uuid4

from django.db.models import QuerySet

from accounts.domain.actors import Actor
from accounts.models import AccessRequest, ApiKey, Organization
from audit.domain.events import Event, Kind, Purpose, Where
from audit.models import LogReview
from audit.services import recording, sealing
from authorizations import models
from authorizations.domain.retention import Kept
from authorizations.domain.terms import Discipline, DocumentKind, Verdict
from contracting.domain.conditions import CONDITIONS
from contracting.domain.seasons import usual_days
from contracting.models import (
    BudgetDelegate,
    ConditionReply,
    Contract,
    ContractStep,
    Desk,
    GgzBudget,
    Publication,
    PublishedProvider,
    Questionnaire,
    QuestionnairePaper,
    Season,
    StartLetter,
)
from papers.domain.states import PrintState
from papers.models import File, Letter, Mail, PrintBatch, PrintItem
from portal import audited_about
from tests.factories import notices, subtrajects
from tests.factories.everything import NOW, World
from tests.papers import rows as evidence_rows
from tests.papers import rows as papers


def fill(filer: Actor, advisor: Actor, insurer: Organization, *, word: str, later: timedelta) -> World:
    """Give this provider and this insurer one of everything; `word` stands in every text."""
    world = World(filer, advisor, insurer)
    world.grow(1)
    case, waiting = world.case, world.waiting
    models.Insured.objects.update(surname=word, initials="Z.", street=f"{word}straat 1")
    write(models.InformationItem.objects.all(), what=f"{word} ontbreekt.", answer=f"{word} antwoord")
    write(models.CounterQuestion.objects.all(), text=f"{word}?")
    write(models.Decision.objects.filter(final_at=None), summary=f"{word} daarom.")
    drafts = models.AuthorizationRequest.objects.filter(submitted_at=None)
    write(drafts, answers={"patient": {"surname": [word]}})
    models.TermPause.objects.create(authorization=waiting, started_at=NOW)
    warning = {"due_on": date(2026, 11, 16), "level": "soon", "audience": "advisor", "at": NOW}
    models.TermWarning.objects.create(authorization=case, **warning)
    models.ChecklistAnswer.objects.create(
        authorization=world.draft, kind=DocumentKind.BRIEVEN_EERSTE_LIJN.value, absent_reason=f"{word} reden",
        answered_by=world.user, answered_at=NOW,
    )  # fmt: skip
    by: dict[str, Any] = {"authorization": case, "user_id": advisor.user_id}
    models.DeskDraft.objects.create(**by, form="notitie", data={"note": [word]}, saved_at=NOW)
    reading = models.DocumentReading.objects.create(
        document=models.Document.objects.filter(authorization=case)[0], found=[["dated", "2026-11-03", 1]], made_at=NOW
    )
    models.ReadingAnswer.objects.create(
        reading=reading, feature="dated", side="insurer", is_right=True, answered_by_id=advisor.user_id, answered_at=NOW
    )
    models.EvidencePin.objects.create(
        document=models.Document.objects.filter(authorization=case)[0], criterion="c1", page=1, side="insurer",
        left=0, top=0, right=1, bottom=1, note=word, made_by_id=advisor.user_id, made_at=NOW,
    )  # fmt: skip
    models.SavedView.objects.create(
        user_id=advisor.user_id,
        organization_id=advisor.organization_id,
        place=1,
        name=word[:40],
        query={},
        saved_at=NOW,
    )
    team = models.Team.objects.create(insurer_id=advisor.organization_id, name=word[:40], place=1)
    models.TeamMember.objects.create(team=team, user_id=advisor.user_id)
    models.QueueColumns.objects.create(
        user_id=advisor.user_id, organization_id=advisor.organization_id, columns=["termijn"]
    )
    models.Absence.objects.create(
        user_id=advisor.user_id,
        organization_id=advisor.organization_id,
        first_day=date(2026, 12, 21),
        last_day=date(2026, 12, 24),
        noted_by_id=advisor.user_id,
        noted_at=NOW,
    )
    models.CriterionAssessment.objects.create(
        authorization=case, criterion="c2a", verdict=Verdict.MET.value, motivation=f"{word} oordeel",
        assessed_by_id=advisor.user_id, assessed_at=NOW,
    )  # fmt: skip
    models.StandardParagraph.objects.create(
        insurer=insurer, policy_slug="proef", number=1, version=1, place="summary", order=1, title="Titel", text=word,
        made_by_id=advisor.user_id, made_at=NOW,
    )  # fmt: skip
    decision = models.Decision.objects.filter(authorization__insurer=insurer).order_by("pk")[0]
    models.RuleApproval.objects.create(
        authorization=case, policy_version=case.policy_version, rule={"source": word}, facts={"kind": word}, at=NOW
    )
    opinion = models.Opinion.objects.create(
        authorization_id=decision.authorization_id, decision=decision, position="first", advisor_id=advisor.user_id,
        outcome="denied", given_at=NOW,
    )  # fmt: skip
    models.OpinionVerdict.objects.create(opinion=opinion, criterion="c2a", verdict="not_met", motivation=f"{word} vond")
    models.StatusEvent.objects.create(authorization=case, move="note", status=case.status, at=NOW, note=f"{word} stap")
    models.QuestionReminder.objects.create(information_request=world.round, moment="first", at=NOW)
    grant = models.Grant.objects.order_by("pk")[0]
    models.GrantHours.objects.create(grant=grant, discipline=Discipline.FYSIOTHERAPIE.value, label=word, hours=8)
    look_again(world, word)
    write(File.objects.all(), name=f"{word}.pdf", owner_id=filer.organization_id)
    Letter.objects.update(owner_id=advisor.organization_id)
    Mail.objects.create(to=["iemand@voorbeeld.nl"], subject=word, body=word, key=word, created_at=NOW)
    batch = PrintBatch.objects.create(sender=insurer, made_at=NOW + later, made_by_id=advisor.user_id)
    first = PrintItem.objects.order_by("pk")[0]
    PrintItem.objects.filter(pk=first.pk).update(batch=batch, state=PrintState.MADE.value, note=word)
    held = {"placed_by": world.user, "placed_at": NOW}
    models.LegalHold.objects.create(authorization=case, reason=f"{word} loopt nog", **held)
    run = models.RetentionRun.objects.create(started_at=NOW)
    report = {"kept": Kept.FILES.value, "requests": 1, "oldest_on": date(2020, 1, 1)}
    models.RetentionReport.objects.create(run=run, organization=insurer, **report)
    AccessRequest.objects.create(
        insurer=insurer, organization_name=word, agb_code="22991777", kvk_number="92991777", full_name=word,
        email="vraagt@voorbeeld.nl", phone="010 123 45 67", asked_at=NOW,
    )  # fmt: skip
    counted = {"insurer": insurer, "policy": word, "on_day": date(2026, 11, 2), "number": 1}
    models.DayFigure.objects.create(**counted, measure="received")
    written = {"made_by_id": advisor.user_id, "made_at": NOW, "edited_by_id": advisor.user_id, "edited_at": NOW}
    draft = models.PolicyDraft.objects.create(
        insurer=insurer, slug=word.lower(), based_on=case.policy_version, text=word, **written
    )
    replay = models.PolicyReplay.objects.create(
        draft=draft, draft_version=1, started_by_id=advisor.user_id, started_at=NOW, total=1, changed=1, ended_at=NOW
    )
    models.ReplayEffect.objects.create(replay=replay, authorization=case, code="x", about=word, fails=True)
    key = ApiKey.objects.create(
        organization=world.provider, name=word, acts_for=world.user, prefix=f"{abs(hash(word)) % 16**8:08x}",
        secret_hash="a" * 64, made_at=NOW, made_by=world.user, expires_on=NOW.date(),
    )  # fmt: skip
    called = {"key": "a" * 64, "asked": "b" * 64, "status": 201, "answer": {"woord": word}, "at": NOW}
    models.ApiCall.objects.create(organization=world.provider, api_key=key, **called)
    notices.told(filer, insurer.pk, NOW, remarks=word)
    models.Declaration.objects.create(
        provider=world.provider, insurer=insurer, number=word[:20].upper(), regime="VERZEKERDE", code="14E489",
        opened_on=NOW.date(), bsn=subtrajects.BSN, registered_by=world.user, registered_at=NOW,
    )  # fmt: skip
    asked = notices.coulance(filer, insurer.pk, notices.claim(word[:20]), now=NOW)
    write(models.CoulanceRequest.objects.filter(pk=asked.pk), explanation=word)
    treat(world, word)
    contracted(world, word)
    log(world, filer, advisor, word)
    return world


def look_again(world: World, word: str) -> None:
    """Let a decision of this provider and insurer be looked at again."""
    decision = models.Decision.objects.filter(final_at__isnull=False).order_by("pk")[0]
    asked = models.Heroverweging.objects.create(
        authorization=decision.authorization, decision=decision, channel="portal", received_on=NOW.date(),
        due_on=NOW.date(), grounds=f"{word} klopt niet", filed_by=world.user, filed_at=NOW,
        decided_first=decision.proposed_by,
    )  # fmt: skip
    document = world.document(decision.authorization, origin="heroverweging")
    models.HeroverwegingPaper.objects.create(heroverweging=asked, document=document, role="authorisation")
    change = models.GrantChange.objects.create(
        authorization=decision.authorization, held_number="M26", kind="stopped", from_on=NOW.date(),
        why=f"{word} gestopt", filed_by=world.user, filed_at=NOW,
    )  # fmt: skip
    models.InsuredLink.objects.create(
        authorization=decision.authorization, organization=world.insurer, code_hash=sha256(word.encode()).hexdigest(),
        made_at=NOW, made_by=world.user, ends_on=NOW.date(),
    )  # fmt: skip
    signed = decision.authorization
    type(signed).objects.filter(pk=signed.pk).update(without_diagnosis=True)
    models.Privacyverklaring.objects.create(
        authorization=signed, status="given", way="online", signer="patient", signer_name=word,
        patient_signed_on=NOW.date(), provider_signed_by=world.user, provider_profession="arts",
        provider_signed_at=NOW,
    )  # fmt: skip
    models.Overleg.objects.create(
        authorization=decision.authorization, moments=[NOW + timedelta(days=1)], reach=word, offered_by=world.user,
        offered_at=NOW,
    )  # fmt: skip
    document = world.document(decision.authorization, origin="change")
    models.GrantChangePaper.objects.create(change=change, document=document)


def contracted(world: World, word: str) -> None:
    """Give this provider a contract with this insurer; what was made public of it says nothing of them."""
    period = {"starts_on": date(2026, 1, 1), "ends_on": date(2026, 12, 31)}
    contract = Contract.objects.create(
        insurer=world.insurer, provider=world.provider, year=2026, status="voorstel", status_on=NOW.date(), **period
    )
    ContractStep.objects.create(
        contract=contract, status="voorstel", on=NOW.date(), note=word, by_id=world.advisor.user_id, at=NOW
    )
    made = {"insurer": world.insurer, "made_by_id": world.advisor.user_id, "made_at": NOW}
    publication = Publication.objects.create(year=2026, published_on=NOW.date(), **made)
    asked = Questionnaire.objects.create(
        insurer=world.insurer, provider=world.provider, kind="zbc", is_existing=True, status="ingediend", for_year=2027,
        made_by=world.user, made_at=NOW, submitted_by=world.user, submitted_at=NOW, designated=False,
    )  # fmt: skip
    ConditionReply.objects.bulk_create(
        ConditionReply(questionnaire=asked, condition=one.code, explanation=word) for one in CONDITIONS
    )
    file = papers.file(NOW, name=f"{word}.pdf", owner_id=world.provider.pk)
    QuestionnairePaper.objects.create(
        questionnaire=asked, condition="wtzi", file=file, added_by=world.user, added_at=NOW
    )
    days = {deadline.value: on for deadline, on in usual_days(2027).items()}
    season = Season.objects.create(
        insurer=world.insurer, year=2027, policy=word, contact_name=word, contact_email="inkoop@voorbeeld.nl",
        changed_by_id=world.advisor.user_id, changed_at=NOW, **days,
    )  # fmt: skip
    letter = papers.letter(NOW, owner_id=world.insurer.pk)
    StartLetter.objects.create(season=season, insurer=world.insurer, year=2027, provider=world.provider, letter=letter)
    budget = GgzBudget.objects.create(
        insurer=world.insurer, provider=world.provider, year=2026, region=word, noted_by_id=world.advisor.user_id,
        noted_at=NOW,
    )  # fmt: skip
    BudgetDelegate.objects.create(budget=budget, provider=world.provider)
    Desk.objects.create(insurer=world.insurer, kind="zbc", email="loket@voorbeeld.nl")
    PublishedProvider.objects.create(publication=publication, name="Openbaar", agb_code="22991777", **period)


def treat(world: World, word: str) -> None:
    """Give this provider a zorgtraject with everything that hangs on it."""
    traject = subtrajects.traject(world.provider, world.insurer, world.user, diagnosis=word)
    models.TrajectInsured.objects.filter(zorgtraject=traject).update(surname=word)
    subtraject = subtrajects.subtraject(traject)
    models.TakenOver.objects.create(
        provider=world.provider, insurer=world.insurer, policy_version=traject.policy_version, number="X123",
        from_insurer=word, starts_on=NOW.date(), ends_on=NOW.date(), indication=traject.indication,
        evidence=evidence_rows.file(NOW, owner_id=world.provider.pk), bsn=subtrajects.BSN, surname=word,
        registered_by=world.user, registered_at=NOW,
    )  # fmt: skip
    subtrajects.activity(traject, removed_by=world.user, removed_at=NOW, removed_because=word)
    models.SubtrajectEvent.objects.create(
        zorgtraject=traject, opened_on=subtraject.opened_on, change="moved", reason=word, at=NOW
    )
    models.SubtrajectWarning.objects.create(
        subtraject=subtraject,
        organization=world.provider,
        ground="120_dagen",
        closes_on=subtraject.closes_on,
        days=14,
        at=NOW,
    )
    models.ClosingNotice.objects.create(organization=world.provider, closed_on=subtraject.closes_on, number=1)
    models.TrajectNumber.objects.create(
        zorgtraject=traject, provider=world.provider, old_number=traject.number, new_number=f"N{traject.number}",
        reason="softwarewissel", changed_on=NOW.date(), registered_by=world.user, registered_at=NOW,
    )  # fmt: skip
    ggz = subtrajects.traject(world.provider, world.insurer, world.user, diagnosis=word, indication="psychic")
    models.TrajectInsured.objects.filter(zorgtraject=ggz).update(surname=word)
    models.Dbc.objects.create(
        zorgtraject=ggz, kind="initieel", zorgtype="155", opened_on=NOW.date(), registered_by=world.user,
        registered_at=NOW,
    )  # fmt: skip
    earlier = subtrajects.traject(world.provider, world.insurer, world.user, diagnosis=word)
    models.TrajectInsured.objects.filter(zorgtraject=earlier).update(surname=word)
    subtrajects.subtraject(earlier)
    models.NumberSignal.objects.create(zorgtraject=traject, earlier=earlier, raised_at=NOW)
    bring(world, traject, word)
    check(world, word)


def bring(world: World, traject: models.Zorgtraject, word: str) -> None:
    """Give this provider a file of activities, half read."""
    of = {"organization": world.provider, "made_by": world.user, "made_at": NOW, "stage_began_at": NOW}
    imported = models.TrajectImport.objects.create(file_name=f"{word}.csv", **of)
    models.TrajectFile.objects.create(
        organization=world.provider, kind="nummers", made_by=world.user, made_at=NOW, file_name=f"{word}.csv",
        lines=[[2, [word], "wrong", [["oud_nummer", word]]]], counts={"wrong": 1},
    )  # fmt: skip
    models.TrajectImportPart.objects.create(imported=imported, first_line=3, content=word)
    wrong = {"cells": [word], "faults": [["zorgactiviteit", word, "Zes cijfers."]]}
    models.TrajectImportRow.objects.create(imported=imported, line=2, state="wrong", fault="code", wrong=wrong)
    models.TrajectImportEffect.objects.create(
        imported=imported, zorgtraject=traject, number=1, words=[["moved", word]], stamp="-"
    )


def check(world: World, word: str) -> None:
    """Give this provider a file that goes through a check, half done."""
    run = models.CheckRun.objects.create(
        organization=world.provider, made_by=world.user, made_at=NOW, toets="weging", file_name=f"{word}.csv",
        delimiter=";", columns=[word], mapping={}, source=uuid4(), size=100, scanned_at=NOW, status="controleert",
        status_at=NOW, read_to=50, lines=2, rows=1, started_at=NOW,
    )  # fmt: skip
    models.CheckMapping.objects.create(organization=world.provider, toets="weging", names={"verpleegdagen": word})
    models.CheckRunPart.objects.create(run=run, read_from=10, read_to=50, rows=1, place=uuid4())


def write(rows: QuerySet[Any], **changes: Any) -> None:
    """Change these rows one by one: what is sealed, is sealed for its own row."""
    for row in rows:
        type(row).objects.filter(pk=row.pk).update(**row.sealed(**changes))


def log(world: World, filer: Actor, advisor: Actor, word: str) -> None:
    """Let the log know of this provider and this insurer, and seal and sign it."""
    [subject] = audited_about.subjects(references=[world.case.reference])
    for actor in (filer, advisor):
        who = audited_about.person(user_id=actor.user_id)
        recording.record(Event(Kind.READ, who, Where(), Purpose.REQUESTING, subjects=(subject,), detail={"deel": word}))
    sealing.seal()
    LogReview.objects.create(
        organization_id=advisor.organization_id, month=date(2026, 10, 1), by_id=advisor.user_id, by_name=word, at=NOW,
        counts={},
    )  # fmt: skip
