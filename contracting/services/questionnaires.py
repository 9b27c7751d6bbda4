"""Fill in the questionnaire of an insurer: begin one, keep what was typed, add papers, submit it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import BinaryIO

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts import queries as accounts
from accounts.domain.actors import Actor
from contracting.domain import questionnaire as rules
from contracting.domain.conditions import CONDITIONS, ProviderKind
from contracting.domain.questionnaire import Facts, QuestionnaireStatus, Reply
from contracting.models import ConditionReply, Questionnaire, QuestionnairePaper
from contracting.queries import questionnaires as found
from contracting.queries import seasons
from contracting.services import telling
from contracting.services.refusals import Incomplete, NotAllowed
from kit import tenancy, text
from kit.obstacles import Obstacle
from papers.services import files, forgetting

MOST_PAPERS = 40
SUBMITTED_ALREADY = "Deze vragenlijst is al ingediend. U kunt haar niet meer wijzigen."


@dataclass(frozen=True)
class Said:
    """What was filled in: the facts, and per condition whether it is met and why not."""

    designated: bool | None
    kvk_number: str
    specialists: int | None
    fte: Decimal | None
    satisfaction_on: date | None
    replies: Mapping[str, tuple[bool | None, str]]


@dataclass(frozen=True)
class Paper:
    """A file to take in, and the condition that it is for."""

    condition: str
    stream: BinaryIO
    name: str
    size: int | None


@transaction.atomic
def begin(*, insurer_id: int, kind: ProviderKind, by: Actor, now: datetime) -> Questionnaire:
    """
    Begin a questionnaire at this insurer; who has one open goes on with that.

    :raises NotAllowed: for others than an organisatiebeheerder of a provider, or when there is no such insurer

    Bron: A-10, A-25.
    """
    if not by.is_provider or not by.has(*found.FILLERS):
        raise NotAllowed("Alleen een organisatiebeheerder van de zorgaanbieder vult de vragenlijst in.")
    insurer = accounts.insurers().filter(pk=insurer_id).first()
    if insurer is None:
        raise NotAllowed("Deze verzekeraar kennen wij niet.")
    try:
        with transaction.atomic():
            made = Questionnaire.objects.create(
                insurer=insurer,
                provider_id=by.organization_id,
                kind=kind.value,
                is_existing=found.had_a_contract(by.organization_id, insurer.pk),
                kvk_number=accounts.organization(by.organization_id).kvk_number,
                made_by_id=by.user_id,
                made_at=now,
            )
    except IntegrityError as error:
        if "one_open_questionnaire" not in str(error):
            raise
        running = found.fillable_by(by).filter(insurer=insurer).exclude(status=QuestionnaireStatus.DECIDED.value)
        return running.get()
    ConditionReply.objects.bulk_create(
        ConditionReply(questionnaire=made, condition=condition.code) for condition in CONDITIONS
    )
    return made


@transaction.atomic
def save(*, questionnaire_id: int, said: Said, papers: Sequence[Paper], by: Actor, now: datetime) -> Questionnaire:
    """
    Keep what was filled in, complete or not, and take in the files that came with it.

    :raises Incomplete: naming every file that is no good; then nothing is kept
    :raises NotAllowed: when it isn't this provider's, or was submitted already
    """
    made = _own_draft(questionnaire_id, by)
    for name in ("designated", "kvk_number", "specialists", "fte", "satisfaction_on"):
        setattr(made, name, getattr(said, name))
    made.save(update_fields=["designated", "kvk_number", "specialists", "fte", "satisfaction_on"])
    replies = list(found.replies_of(made).values())
    for reply in replies:
        complies, explanation = said.replies.get(reply.condition, (None, ""))
        reply.complies, reply.explanation = complies, text.storable(explanation).strip()
    ConditionReply.objects.bulk_update(replies, ["complies", "explanation"])
    _take_in(made, papers, by=by, now=now)
    return made


@transaction.atomic
def submit(*, questionnaire_id: int, by: Actor, now: datetime) -> Questionnaire:
    """
    Hand it to the insurer. For which year it counts follows from the day on which it comes in; late is no refusal.

    :raises Incomplete: naming everything that lacks
    :raises NotAllowed: when it isn't this provider's, or was submitted already

    Bron: A-10 to A-27; R-35.
    """
    made = _own_draft(questionnaire_id, by)
    if missing := obstacles(made, now=now):
        raise Incomplete(missing)
    made.status = QuestionnaireStatus.SUBMITTED.value
    made.submitted_by_id, made.submitted_at = by.user_id, now
    made.for_year = year_now(made, now=now)
    made.save(update_fields=["status", "submitted_by", "submitted_at", "for_year"])
    telling.of_submission(made, now=now)
    return made


@transaction.atomic
def remove(*, questionnaire_id: int, paper_id: int, by: Actor) -> None:
    """
    Take a file away from a draft, for good.

    :raises NotAllowed: when it isn't this provider's, was submitted already, or the file isn't there any more
    """
    made = _own_draft(questionnaire_id, by)
    paper = found.paper_of(made, paper_id)
    if paper is None:
        raise NotAllowed("Dit bestand is al verwijderd.")
    paper.delete()
    forgetting.files([paper.file_id])


def year_now(made: Questionnaire, *, now: datetime) -> int:
    """Return for which contract year it counts when it comes in now; a season may close on another day. Bron: A-27."""
    today = timezone.localdate(now)
    # The calendar is the insurer's own: who submits doesn't see it (portal/tenancy/registry.py).
    with tenancy.as_system("routing"):
        closes = seasons.closing_day(made.insurer_id, today.year + 1)
    return rules.year_it_counts_for(today, closes=closes or rules.CLOSES)


def obstacles(made: Questionnaire, *, now: datetime) -> list[Obstacle]:
    """Return what still lacks; the page shows it and `submit` refuses with the same. Bron: A-10 to A-25."""
    return rules.obstacles_to_submit(facts_of(made), replies_of(made), today=timezone.localdate(now))


def facts_of(made: Questionnaire) -> Facts:
    """Return the numbers and dates as the rules read them."""
    return Facts(
        kind=ProviderKind(made.kind),
        designated=made.designated,
        kvk_number=made.kvk_number,
        specialists=made.specialists,
        fte=made.fte,
        satisfaction_on=made.satisfaction_on,
    )


def replies_of(made: Questionnaire) -> dict[str, Reply]:
    """Return the answers with their files counted, as the rules read them."""
    papers = found.papers_of(made)
    return {
        code: Reply(
            complies=reply.complies,
            explanation=reply.explanation,
            clean=sum(paper.file.is_clean for paper in papers if paper.condition == code),
            waiting=sum(paper.file.is_waiting for paper in papers if paper.condition == code),
            refused=sum(paper.file.is_refused for paper in papers if paper.condition == code),
        )
        for code, reply in found.replies_of(made).items()
    }


def _own_draft(questionnaire_id: int, by: Actor) -> Questionnaire:
    if not found.fillable_by(by).filter(pk=questionnaire_id).exists():
        raise NotAllowed("Deze vragenlijst is niet van uw organisatie.")
    made = found.to_change(questionnaire_id)
    if not made.is_draft:
        raise NotAllowed(SUBMITTED_ALREADY)
    return made


def _take_in(made: Questionnaire, papers: Sequence[Paper], *, by: Actor, now: datetime) -> None:
    """Keep these files. What is wrong with them is said of all at once, and then none is kept."""
    room = MOST_PAPERS - len(found.papers_of(made))
    if len(papers) > room:
        words = f"Bij een vragenlijst passen {MOST_PAPERS} bestanden. Er kunnen er nog {room} bij."
        raise Incomplete([Obstacle("too_many_files", words, field=f"{papers[0].condition}_papers")])
    refused = []
    for paper in papers:
        try:
            file = files.receive(stream=paper.stream, name=paper.name, size=paper.size, by_user_id=by.user_id, now=now)
        except files.Refused as refusal:
            refused.append(Obstacle("file_refused", str(refusal), field=f"{paper.condition}_papers"))
            continue
        QuestionnairePaper.objects.create(
            questionnaire=made, condition=paper.condition, file_id=file.pk, added_by_id=by.user_id, added_at=now
        )
    if refused:
        raise Incomplete(refused)
