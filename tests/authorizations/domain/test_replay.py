"""Replaying a closed request: which checks come out otherwise under another policy."""

from dataclasses import replace

import pytest

from authorizations.domain import replay
from authorizations.domain.documents import Answer
from authorizations.domain.policy import Criterion
from authorizations.domain.replay import Check, Closed, Effect
from authorizations.domain.review import Assessment
from authorizations.domain.terms import DocumentKind, Kind, Outcome, Verdict
from tests.factories import applications
from tests.factories import authorizations as make

ZK, NATIONAL = make.shipped()["zilveren-kruis-msr"], make._folder()[1]
ANSWERS = {row.document: Answer(row.document, files=1) for row in ZK.checklist if row.document != "overig"}
EVERY = tuple(Assessment(one.code, Verdict.MET) for one in (*ZK.criteria, *NATIONAL.criteria, *NATIONAL.standpunten))


def closed(outcome=Outcome.GRANTED, **verdicts):
    given = tuple(replace(one, verdict=verdicts.get(one.criterion, one.verdict)) for one in EVERY)
    application = applications.application()
    return Closed(application, applications.NOW, ANSWERS, given, outcome)


def changed(name, **changes):
    """Return the policy with these changes in the row of a document, or in a criterion."""
    rows = tuple(replace(row, **changes) if name in (row.document, "") else row for row in ZK.checklist)
    return replace(ZK, checklist=rows)


NEW = Criterion("c9", "Negende", "Tekst", "S9", "artikel 9")
FEWER = replace(ZK, criteria=tuple(one for one in ZK.criteria if one.code != "c3_omvang"))


@pytest.mark.parametrize(
    ("case", "policy", "expected"),
    [
        (closed(), ZK, []),
        (closed(), replace(ZK, terms=replace(ZK.terms, question_workdays=5)), []),
        (closed(), replace(ZK, criteria=(*ZK.criteria, NEW)), [Effect(Check(replay.NOT_JUDGED, "c9"), fails=True)]),
        (closed(None), replace(ZK, criteria=(*ZK.criteria, NEW)), []),  # withdrawn: nobody had to judge
        # The only ground of a denial goes.
        (
            closed(Outcome.DENIED, c3_omvang=Verdict.NOT_MET),
            FEWER,
            [Effect(Check(replay.WITHOUT_GROUND), fails=True)],
        ),
        (closed(Outcome.DENIED, c1=Verdict.NOT_MET, c3_omvang=Verdict.UNCLEAR), FEWER, []),
        (closed(), replace(ZK, kinds=(Kind.MSR_FOLLOW_UP,)), [Effect(Check(replay.KIND_NOT_ASKED), fails=True)]),
    ],
)
def test_what_a_change_does_to_a_closed_request(case, policy, expected):
    assert replay.effects(case, ZK, policy, NATIONAL) == expected


def test_a_document_that_is_newly_asked_is_missing_and_the_other_way_round_it_is_not():
    without = replace(closed(), answers={kind: one for kind, one in ANSWERS.items() if kind != "huisartsenjournaal"})
    easier = changed("huisartsenjournaal", required=False)
    check = Check("document_missing", DocumentKind.HUISARTSENJOURNAAL.value)
    assert replay.effects(without, easier, ZK, NATIONAL) == [Effect(check, fails=True)]
    assert replay.effects(without, ZK, easier, NATIONAL) == [Effect(check, fails=False)]


def test_a_longer_term_makes_a_start_come_too_soon():
    case = closed()
    longer = replace(ZK, terms=replace(ZK.terms, decision_workdays=60))
    found = replay.effects(case, ZK, longer, NATIONAL)
    assert {(effect.check.about, effect.fails) for effect in found} == {("behandelplan", True)}
