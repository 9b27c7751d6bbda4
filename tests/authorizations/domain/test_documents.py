from dataclasses import replace

import pytest

from authorizations.domain import documents
from authorizations.domain import policy as policies
from authorizations.domain.documents import Answer, ItemState
from authorizations.domain.policy_privacy import PrivacyRule
from authorizations.domain.terms import DocumentKind, Feature, FeatureAnswer, Indication, Kind, Setting
from tests.factories.authorizations import shipped

K = DocumentKind
ZK, ASR = shipped()["zilveren-kruis-msr"], shipped()["asr-revalidatie-2020"]
FIRST, PAIN, OUT = Kind.MSR_FIRST, Indication.CHRONIC_PAIN, Setting.OUTPATIENT
NEVER_ABSENT = {K.VERWIJSBRIEF, K.BEHANDELPLAN, K.VRA_INDICATIE}
FIRST_LINE = {K.HUISARTSENJOURNAAL, K.BEHANDELVERSLAG_LICHAMELIJK, K.BRIEVEN_EERSTE_LIJN}


@pytest.mark.parametrize(
    ("policy", "kind", "indication", "setting", "required"),
    [
        (
            *(ZK, FIRST, PAIN, OUT),
            {K.VERWIJSBRIEF, K.BEHANDELPLAN, K.BEHANDELVERSLAG_PSYCHOSOCIAAL} | FIRST_LINE,
        ),
        (ZK, FIRST, Indication.OTHER, OUT, {K.VERWIJSBRIEF, K.BEHANDELPLAN} | FIRST_LINE),
        (
            *(ZK, FIRST, Indication.OTHER, Setting.INPATIENT),
            NEVER_ABSENT | FIRST_LINE,
        ),
        (ZK, FIRST, Indication.OTHER, Setting.DAY_TREATMENT, {K.VERWIJSBRIEF, K.BEHANDELPLAN} | FIRST_LINE),
        (ZK, Kind.MSR_FOLLOW_UP, PAIN, OUT, {K.VERWIJSBRIEF, K.BEHANDELPLAN}),
        (ASR, FIRST, PAIN, OUT, {K.VERWIJSBRIEF, K.BEHANDELPLAN}),
        (ASR, FIRST, PAIN, Setting.INPATIENT, NEVER_ABSENT),
    ],
)
def test_what_a_request_asks_for(policy, kind, indication, setting, required):
    items = documents.checklist(policy, kind, indication, setting)
    assert {item.kind for item in items if item.required} == required
    for item in items:
        if item.required:
            assert item.may_be_absent is (item.kind not in NEVER_ABSENT)


def test_the_first_line_letters_say_what_must_be_in_them():
    (item,) = (item for item in documents.checklist(ZK, FIRST, PAIN, OUT) if item.kind is K.BRIEVEN_EERSTE_LIJN)
    assert item.contains == ("de indicatie", "het aantal behandelingen", "de resultaten daarvan")
    assert Feature.DATED in item.features


def test_a_date_is_asked_of_reports_only():
    items = {item.kind: item for item in documents.checklist(ZK, FIRST, PAIN, OUT)}
    assert Feature.DATED not in items[K.VERWIJSBRIEF].features
    assert Feature.DATED in items[K.BEHANDELVERSLAG_LICHAMELIJK].features


@pytest.fixture
def item():
    found = {item.kind: item for item in documents.checklist(ZK, FIRST, PAIN, OUT)}
    return lambda kind: found[kind]


@pytest.mark.parametrize(
    ("kind", "answer", "state"),
    [
        (K.VERWIJSBRIEF, None, ItemState.TO_ADD),
        (K.VERWIJSBRIEF, Answer(K.VERWIJSBRIEF), ItemState.TO_ADD),
        (K.VERWIJSBRIEF, Answer(K.VERWIJSBRIEF, files=1), ItemState.COMPLETE),
        (K.VERWIJSBRIEF, Answer(K.VERWIJSBRIEF, files=1, refused=1), ItemState.COMPLETE),
        (K.VERWIJSBRIEF, Answer(K.VERWIJSBRIEF, refused=1), ItemState.FAILED),
        (K.VERWIJSBRIEF, Answer(K.VERWIJSBRIEF, files=1, uploading=1), ItemState.UPLOADING),
        (K.VERWIJSBRIEF, Answer(K.VERWIJSBRIEF, checking=1), ItemState.CHECKING),
        (K.VERWIJSBRIEF, Answer(K.VERWIJSBRIEF, checking=1, files=1), ItemState.CHECKING),
        (K.VERWIJSBRIEF, Answer(K.VERWIJSBRIEF, checking=1, refused=1), ItemState.CHECKING),
        (K.VERWIJSBRIEF, Answer(K.VERWIJSBRIEF, checking=1, uploading=1), ItemState.UPLOADING),
        (K.HUISARTSENJOURNAAL, Answer(K.HUISARTSENJOURNAAL, checking=1, absent_because="kwijt"), ItemState.CHECKING),
        (K.VERWIJSBRIEF, Answer(K.VERWIJSBRIEF, absent_because="kwijt"), ItemState.TO_ADD),
        (K.HUISARTSENJOURNAAL, Answer(K.HUISARTSENJOURNAAL, absent_because="kwijt"), ItemState.ABSENT),
        (K.HUISARTSENJOURNAAL, Answer(K.HUISARTSENJOURNAAL, absent_because=" \n"), ItemState.TO_ADD),
        (K.HUISARTSENJOURNAAL, Answer(K.HUISARTSENJOURNAAL, files=1, absent_because="kwijt"), ItemState.COMPLETE),
        (K.HUISARTSENJOURNAAL, Answer(K.HUISARTSENJOURNAAL, refused=1, absent_because="kwijt"), ItemState.FAILED),
        (K.HUISARTSENJOURNAAL, Answer(K.HUISARTSENJOURNAAL, statement_signed=True), ItemState.TO_ADD),
    ],
)
def test_how_an_item_stands(item, kind, answer, state):
    assert documents.state(item(kind), answer) is state


def test_a_signed_statement_replaces_a_document_where_the_policy_allows_it(item):
    allowed = replace(item(K.HUISARTSENJOURNAAL), statement_may_replace=True)
    answer = Answer(K.HUISARTSENJOURNAAL, statement_signed=True)
    assert documents.state(allowed, answer) is ItemState.COMPLETE
    assert documents.missing([allowed], {allowed.kind: answer}) == ()


@pytest.mark.parametrize(
    ("answer", "code", "words"),
    [
        (None, "document_missing", "Voeg toe: Verwijsbrief van een arts."),
        (Answer(K.VERWIJSBRIEF, uploading=1), "document_uploading", "wacht tot het uploaden klaar is"),
        (Answer(K.VERWIJSBRIEF, refused=1), "document_refused", "Kies een ander bestand"),
        (Answer(K.VERWIJSBRIEF, checking=1), "document_checking", "Wacht even en probeer het dan opnieuw"),
        (Answer(K.VERWIJSBRIEF, absent_because="kwijt"), "document_indispensable", "Zonder dit document"),
    ],
)
def test_the_obstacle_says_what_to_do(item, answer, code, words):
    answers = {answer.kind: answer} if answer else {}
    (found,) = documents.obstacles([item(K.VERWIJSBRIEF)], answers)
    assert (found.code, found.step, found.field) == (code, "documenten", "verwijsbrief")
    assert words in found.message


def test_what_may_be_absent_says_so(item):
    (found,) = documents.obstacles([item(K.HUISARTSENJOURNAAL)], {})
    assert found.message.endswith("Heeft u dit document niet? Leg dan uit waarom.")


def test_all_obstacles_come_at_once_and_optional_items_never():
    items = documents.checklist(ZK, FIRST, PAIN, OUT)
    assert len(documents.obstacles(items, {})) == 6
    given = {item.kind: Answer(item.kind, files=1) for item in items if item.required}
    assert documents.obstacles(items, given) == []
    assert documents.absent(items, given) == ()


@pytest.mark.parametrize("kind", [K.OVERIG, K.VRA_INDICATIE])
def test_what_nobody_asked_for_must_have_been_checked_too(kind):
    items = documents.checklist(ZK, FIRST, PAIN, OUT)
    given = {item.kind: Answer(item.kind, files=1) for item in items if item.required}
    (found,) = documents.obstacles(items, given | {kind: Answer(kind, checking=1)})
    assert (found.code, found.step, found.field) == ("document_checking", "documenten", kind.value)
    assert documents.obstacles(items, given | {kind: Answer(kind, refused=1)}) == []


def test_absence_with_a_reason_counts_as_complete_and_is_shown(item):
    answers = {K.HUISARTSENJOURNAAL: Answer(K.HUISARTSENJOURNAAL, absent_because="Huisarts weigert.")}
    assert documents.missing([item(K.HUISARTSENJOURNAAL)], answers) == ()
    assert documents.absent([item(K.HUISARTSENJOURNAAL)], answers) == (item(K.HUISARTSENJOURNAAL),)


def test_a_lacking_feature_is_only_a_signal(item):
    answers = {
        Feature.SIGNED: FeatureAnswer.NO,
        Feature.PROFESSION: FeatureAnswer.NOT_APPLICABLE,
        Feature.DATED: FeatureAnswer.NO,  # not asked of this document
    }
    assert documents.lacking_features(item(K.VERWIJSBRIEF), answers) == (Feature.SIGNED,)


def test_with_a_privacyverklaring_what_carries_a_diagnosis_lapses_or_a_statement_stands_for_it():
    before = {item.kind: item for item in documents.checklist(ZK, FIRST, PAIN, OUT)}
    after = {item.kind: item for item in documents.checklist(ZK, FIRST, PAIN, OUT, without_diagnosis=True)}
    assert set(before) - set(after) == {K.HUISARTSENJOURNAAL}
    stated = {kind for kind, item in after.items() if item.statement_may_replace}
    assert stated == {K.BEHANDELVERSLAG_PSYCHOSOCIAAL, K.BRIEVEN_EERSTE_LIJN}
    assert not any(item.statement_may_replace for item in before.values())
    # these never lapse.
    assert {K.VERWIJSBRIEF, K.BEHANDELPLAN} <= set(after)


def test_a_policy_that_says_nothing_of_it_reads_as_it_did_before():
    assert "privacyverklaring" not in policies.body(ZK)
    own = replace(ZK, privacyverklaring=PrivacyRule(lapses=(), source="S9"))
    assert policies.load(policies.body(own)).privacyverklaring == own.privacyverklaring
