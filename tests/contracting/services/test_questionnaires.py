"""From a draft that lacks everything to an outcome with a letter."""

from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO

import pytest

from accounts.domain.roles import Role
from contracting.domain.conditions import CONDITIONS, Proof, ProviderKind
from contracting.domain.questionnaire import ContractingOutcome, Judgement
from contracting.domain.register import ContractStatus
from contracting.models import QuestionnairePaper
from contracting.queries import questionnaires as asked
from contracting.services import desks, judging, questionnaires
from contracting.services.questionnaires import Paper, Said
from contracting.services.refusals import Incomplete, NotAllowed
from kit import tenancy
from papers.models import File, Letter, Mail
from tests.factories import accounts as people
from tests.factories import contracting as make
from tests.factories import documents

pytestmark = pytest.mark.django_db
IN_TIME, LATE = datetime(2026, 9, 1, 21, 59, tzinfo=UTC), datetime(2026, 9, 1, 22, 0, tzinfo=UTC)
SAID = Said(
    designated=False, kvk_number="90001234", specialists=3, fte=Decimal("2.5"), satisfaction_on=date(2026, 3, 1),
    replies={one.code: (True, "") for one in CONDITIONS},
)  # fmt: skip


def papers(*codes):
    return [Paper(code, BytesIO(content := documents.pdf()), f"{code}.pdf", len(content)) for code in codes]


NEEDED = [one.code for one in CONDITIONS if one.proof is Proof.DOCUMENT and not one.designated]


def begin(by, insurer, kind=ProviderKind.ZBC):
    return questionnaires.begin(insurer_id=insurer.pk, kind=kind, by=by, now=IN_TIME)


@pytest.fixture
def whole(organisatiebeheerder, insurer):
    made = begin(organisatiebeheerder, insurer)
    given = {"questionnaire_id": made.pk, "by": organisatiebeheerder, "now": IN_TIME}
    return questionnaires.save(said=SAID, papers=papers(*NEEDED), **given)


def test_a_draft_keeps_what_there_is_and_names_all_that_lacks(organisatiebeheerder, insurer):
    made = begin(organisatiebeheerder, insurer)
    assert begin(organisatiebeheerder, insurer) == made  # a second click goes on with the same
    with pytest.raises(Incomplete) as lacks:
        questionnaires.submit(questionnaire_id=made.pk, by=organisatiebeheerder, now=IN_TIME)
    assert len(lacks.value.obstacles) == 13
    made = questionnaires.save(
        questionnaire_id=made.pk, said=SAID, papers=papers("wtzi"), by=organisatiebeheerder, now=IN_TIME
    )
    missing = {one.field for one in questionnaires.obstacles(made, now=IN_TIME)}
    assert missing == {f"{code}_papers" for code in NEEDED if code != "wtzi"}


@pytest.mark.parametrize(("now", "year"), [(IN_TIME, 2027), (LATE, 2028)])  # midnight in Amsterdam
def test_what_comes_in_late_counts_for_the_year_after(whole, organisatiebeheerder, beheerder, insurer, now, year):
    desks.save(addresses={ProviderKind.ZBC: "ZBC@verzekeraar.example"}, by=beheerder)
    made = questionnaires.submit(questionnaire_id=whole.pk, by=organisatiebeheerder, now=now)
    assert (made.status, made.for_year) == ("ingediend", year)
    confirmed, submitted = Mail.objects.filter(key__startswith="questionnaire-").order_by("pk")
    assert confirmed.to == [organisatiebeheerder.email] and f"contractjaar {year}" in confirmed.body
    assert set(submitted.to) == {beheerder.email, "zbc@verzekeraar.example"}
    with pytest.raises(NotAllowed, match="al ingediend"):
        questionnaires.submit(questionnaire_id=whole.pk, by=organisatiebeheerder, now=now)


def test_a_file_that_is_no_good_is_named_and_none_is_kept(organisatiebeheerder, insurer):
    made = begin(organisatiebeheerder, insurer)
    wrong = [*papers("wtzi"), Paper("waarneming", BytesIO(documents.word()), "brief.docx", len(documents.word()))]
    with pytest.raises(Incomplete, match="Word-bestand") as refused:
        questionnaires.save(questionnaire_id=made.pk, said=SAID, papers=wrong, by=organisatiebeheerder, now=IN_TIME)
    assert [one.field for one in refused.value.obstacles] == ["waarneming_papers"]
    assert not QuestionnairePaper.objects.exists()


def test_who_had_a_contract_answers_the_same_conditions(organisatiebeheerder, provider, insurer, other_insurer):
    make.contract(insurer, provider, status=ContractStatus.MAY_DECLARE)
    old, new = begin(organisatiebeheerder, insurer), begin(organisatiebeheerder, other_insurer)
    assert (old.is_existing, new.is_existing) == (True, False)
    assert judging.conditions_of(old) == judging.conditions_of(new)


def judged(made, **changes):
    return {one.code: (Judgement.MET, "") for one in judging.conditions_of(made)} | changes


def test_an_outcome_has_a_letter_that_names_each_condition(whole, organisatiebeheerder, beheerder):
    questionnaires.submit(questionnaire_id=whole.pk, by=organisatiebeheerder, now=IN_TIME)
    given = {"questionnaire_id": whole.pk, "by": beheerder, "now": LATE, "motivation": "Het WTZi-bewijs is verlopen."}
    with pytest.raises(Incomplete) as lacks:
        judging.decide(judged=judged(whole, wtzi=(Judgement.NOT_MET, "")), outcome=None, **given)
    assert {one.code for one in lacks.value.obstacles} == {"remark_missing", "outcome_missing"}
    verdicts = judged(whole, wtzi=(Judgement.NOT_MET, "Verlopen op 1 mei."))
    judging.save(judged=verdicts, **given)
    made = judging.decide(judged=verdicts, outcome=ContractingOutcome.NO_OFFER, **given)
    letter = Letter.objects.get(pk=made.letter_id)
    assert "Wij maken geen afspraken met u voor 2027" in letter.html
    assert "WTZi-vergunning: niet voldaan." in letter.html and "Verlopen op 1 mei." in letter.html
    assert Mail.objects.filter(key=f"questionnaire-{made.pk}-decided", to=[organisatiebeheerder.email]).exists()
    with pytest.raises(NotAllowed, match="al beoordeeld"):
        judging.decide(judged=verdicts, outcome=ContractingOutcome.OFFER, **given)
    assert begin(organisatiebeheerder, made.insurer) != made  # a new one may follow


def test_the_database_shows_papers_and_letter_to_the_other_side_and_no_draft(
    whole, organisatiebeheerder, beheerder, other_organisatiebeheerder, other_insurer
):
    elsewhere = people.actor(Role.BEHEERDER, organization=other_insurer)

    def sees(actor):
        with tenancy.acting(tenancy.Context(actor.organization_id, actor.user_id)):
            papers, letters = File.objects.filter(pk__in=files).count(), Letter.objects.count()
            return asked.visible_to(actor).count(), papers, letters

    files = list(QuestionnairePaper.objects.values_list("file_id", flat=True))
    File.objects.filter(pk__in=files).update(owner_id=organisatiebeheerder.organization_id)
    assert sees(organisatiebeheerder) == (1, len(NEEDED), 0)
    assert sees(beheerder) == sees(elsewhere) == sees(other_organisatiebeheerder) == (0, 0, 0)
    questionnaires.submit(questionnaire_id=whole.pk, by=organisatiebeheerder, now=IN_TIME)
    judging.decide(
        questionnaire_id=whole.pk, judged=judged(whole), outcome=ContractingOutcome.OFFER, motivation="Goed.",
        by=beheerder, now=LATE,
    )  # fmt: skip
    Letter.objects.update(owner_id=beheerder.organization_id)
    assert sees(organisatiebeheerder) == sees(beheerder) == (1, len(NEEDED), 1)
    assert sees(elsewhere) == sees(other_organisatiebeheerder) == (0, 0, 0)


def test_only_the_own_side_does_its_part(whole, lezer, organisatiebeheerder, beheerder, coordinator):
    for somebody in (lezer, beheerder):
        with pytest.raises(NotAllowed):
            questionnaires.submit(questionnaire_id=whole.pk, by=somebody, now=IN_TIME)
    questionnaires.submit(questionnaire_id=whole.pk, by=organisatiebeheerder, now=IN_TIME)
    for somebody in (organisatiebeheerder, coordinator):
        with pytest.raises(NotAllowed):
            judging.save(questionnaire_id=whole.pk, judged={}, motivation="", by=somebody, now=LATE)
