"""What is read in a document is proposed, and a person decides."""

from datetime import date

import pytest

from authorizations.domain.application import Application, Care, Referral
from authorizations.domain.lifecycle import Status
from authorizations.domain.terms import DocumentKind, Feature, FeatureAnswer
from authorizations.models import Document, DocumentReading, ReadingAnswer
from authorizations.services import readings
from papers.models import File, PageImage
from tests.factories import desk
from tests.factories import documents as make

NOW = make.NOW
LETTER = "Rotterdam, 3 november 2026\nBIG-nummer 89012345601\nMet vriendelijke groet,\nDr. R. de Wit\nrevalidatiearts"


def read(document: Document, text: str = LETTER) -> None:
    """Let this be the text of a document, and look through it."""
    PageImage.objects.create(file_id=document.file_id, number=1, width=9, height=9, path="pages/a/1.webp", text=text)
    File.objects.filter(pk=document.file_id).update(pages_made_at=NOW, read_at=NOW)
    assert readings.catch_up(now=NOW) == 1


@pytest.fixture
def own(indiener, insurer):
    return make.added(make.draft(indiener, insurer), indiener, DocumentKind.VERWIJSBRIEF)


def said(document, by):
    return [(one.found.feature, one.words, one.answer) for one in readings.proposals([document], by=by)[document.pk]]


def answer(document, by, feature=Feature.DATED, is_right=True):
    readings.answer(document_id=document.pk, feature=feature, is_right=is_right, by=by, now=NOW)
    document.refresh_from_db()


def test_nothing_is_filled_in_by_itself(own, indiener):
    read(own)
    assert readings.catch_up(now=NOW) == 0, "once"
    own.refresh_from_db()
    assert (own.dated_on, own.features) == (None, {})
    assert said(own, indiener) == [
        (Feature.BIG_NUMBER, "89012345601", None),
        (Feature.DATED, "3 november 2026", None),
        (Feature.PROFESSION, "revalidatiearts", None),
        (Feature.SIGNED, "Dr. R. de Wit, revalidatiearts", None),
    ]


def test_who_says_that_it_is_right_has_filled_it_in(own, indiener):
    read(own)
    answer(own, indiener)
    answer(own, indiener, Feature.BIG_NUMBER)
    answer(own, indiener, Feature.PROFESSION, is_right=False)
    assert own.dated_on == date(2026, 11, 3)
    assert own.feature_answers == {Feature.DATED: FeatureAnswer.YES, Feature.BIG_NUMBER: FeatureAnswer.YES}
    assert [answered for _, _, answered in said(own, indiener)] == [True, True, False, None]


def test_each_side_answers_for_itself(indiener, insurer, noor, ravi, lezer):
    taken = desk.filed(indiener, insurer, Status.IN_REVIEW, advisor=noor)
    document = make.added(taken, indiener, DocumentKind.VERWIJSBRIEF)
    read(document)
    answer(document, noor)
    assert document.dated_on is None, "what an advisor checked doesn't change what the provider said"
    assert said(document, noor)[1][2] is True
    assert said(document, indiener)[1][2] is None
    with pytest.raises(readings.NotAllowed, match="Alleen een indiener"):
        answer(document, lezer)
    with pytest.raises(readings.NotAllowed, match="niet in het document gelezen"):
        answer(document, noor, Feature.LETTERHEAD)
    assert ReadingAnswer.objects.get().side == "insurer"


def test_after_filing_a_provider_answers_no_more(indiener, insurer):
    filed = desk.filed(indiener, insurer)
    document = make.added(filed, indiener, DocumentKind.VERWIJSBRIEF)
    Document.objects.update(origin="filing")
    read(document)
    with pytest.raises(readings.NotAllowed, match="niet meer wijzigen"):
        answer(document, indiener)


def test_what_was_filled_in_otherwise_is_said_until_it_is_called_wrong(own, indiener):
    own.dated_on, own.features = date(2026, 11, 4), {"signed": "no"}
    own.save()
    read(own)

    def told():
        shown = readings.proposals([own], by=indiener)[own.pk]
        application = Application(care=Care(revalidatiearts_big="89012345611"))
        return readings.contradictions(own, shown, application)

    assert told() == [
        "BIG-nummer: wij lezen op pagina 1 89012345601. In de aanvraag staat 89012345611. Dat scheelt 1 of 2 cijfers.",
        "Datum: ingevuld is 4 november 2026, maar wij lezen op pagina 1: 3 november 2026.",
        "Ondertekening: ingevuld is “nee”, maar wij lezen op pagina 1: Dr. R. de Wit, revalidatiearts.",
    ]
    answer(own, indiener, is_right=False)
    assert len(told()) == 2


@pytest.mark.parametrize(("referred_on", "differs"), [(date(2026, 11, 13), True), (date(2026, 11, 3), False)])
def test_the_day_of_a_verwijsbrief_is_held_against_the_request(own, indiener, referred_on, differs):
    read(own)
    found = readings.proposals([own], by=indiener)[own.pk]
    wrong = readings.contradictions(own, found, Application(referral=Referral(referred_on=referred_on)))
    expected = "Datum: ingevuld is 13 november 2026, maar wij lezen op pagina 1: 3 november 2026."
    assert wrong == ([expected] if differs else [])


def test_a_document_without_anything_to_propose_is_looked_through_once(own):
    read(own, "Niets bijzonders")
    assert DocumentReading.objects.get().proposals == []


def test_a_document_that_is_still_being_read_waits(own):
    assert not File.objects.get(pk=own.file_id).read_at
    assert readings.catch_up(now=NOW) == 0


def test_what_a_long_letter_says_stands_first_and_last(indiener, insurer):
    own = make.added(make.draft(indiener, insurer), indiener, content=make.pdf(40))
    for number in range(1, 41):
        text = {1: "Datum: 3-11-2026", 20: "x", 40: "BIG 89012345601"}.get(number, "")
        image = {"width": 9, "height": 9, "path": f"pages/a/{number}.webp"}
        PageImage.objects.create(file_id=own.file_id, number=number, text=text, **image)
    File.objects.filter(pk=own.file_id).update(pages_made_at=NOW, read_at=NOW)
    readings.catch_up(now=NOW)
    assert [(one.feature, one.page) for one in DocumentReading.objects.get().proposals] == [
        (Feature.BIG_NUMBER, 40),
        (Feature.DATED, 1),
    ]
