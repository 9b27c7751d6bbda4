"""Which group a request lies with, and by when somebody should take it."""

from datetime import date

import pytest

from authorizations.domain.routing import Because, Facts, Route, route, take_by
from authorizations.domain.terms import Indication, Kind

FACTS = Facts(Kind.MSR_FIRST, Indication.CHRONIC_PAIN, urgent=False, provider_id=7)


@pytest.mark.parametrize(
    ("routes", "team", "because"),
    [
        ([], None, None),
        ([Route(1)], 1, (Because.REST,)),
        ([Route(1, urgent=True), Route(2, kind=Kind.MSR_FIRST)], 2, (Because.KIND,)),
        (
            [Route(1, indication=Indication.OTHER), Route(2, indication=Indication.CHRONIC_PAIN)],
            2,
            (Because.INDICATION,),
        ),
        # the first that fits, also when a later one fits better
        ([Route(1), Route(2, provider_id=7)], 1, (Because.REST,)),
        ([Route(1, provider_id=7, kind=Kind.MSR_FIRST)], 1, (Because.KIND, Because.PROVIDER)),
        # every rule must fit
        ([Route(1, provider_id=7, kind=Kind.MSR_FOLLOW_UP)], None, None),
        ([Route(1, provider_id=8)], None, None),
    ],
)
def test_the_first_group_of_which_every_rule_fits(routes, team, because):
    found = route(FACTS, routes)
    assert (found and found[0].team_id, found and found[1]) == (team, because)


def test_urgent_fits_only_what_is_urgent():
    urgent = Facts(Kind.MSR_FIRST, Indication.CHRONIC_PAIN, urgent=True, provider_id=7)
    assert route(urgent, [Route(1, urgent=True)])[1] == (Because.URGENT,)
    # a group that asks for nothing takes urgent ones too
    assert route(urgent, [Route(1)])[1] == (Because.REST,)


@pytest.mark.parametrize(
    ("within", "day"), [(None, None), (1, date(2026, 11, 30)), (5, date(2026, 12, 4)), (20, date(2026, 12, 28))]
)
def test_the_term_to_take_it_counts_werkdagen(within, day):
    # received on a Friday; Christmas is two days off, of which one is a Saturday
    assert take_by(date(2026, 11, 27), within) == day
