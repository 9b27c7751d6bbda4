"""What differs between two versions of a step, and what becomes of a choice."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from authorizations.domain.application import Application
from authorizations.domain.policy import TimeUnit
from authorizations.models import AuthorizationRequest
from authorizations.web import conflict
from authorizations.web.conflict import MINE, THEIRS, Difference
from authorizations.web.forms.intake import FORMS, Context
from authorizations.web.forms.intake.hours import TimeField
from tests.factories import applications
from tests.factories.authorizations import shipped


def form(step: str, application: Application | None = None) -> Any:
    policy = shipped()["zilveren-kruis-msr"]
    expected_on = applications.EXPECTED_ON
    context = Context(
        AuthorizationRequest(), policy, application or applications.application(), applications.TODAY, expected_on
    )
    return FORMS[step](context=context)


@pytest.mark.parametrize(
    ("step", "mine", "theirs", "expected"),
    [
        ("patient", {"surname": ["A"]}, {"surname": ["A"], "city": [""]}, []),
        ("patient", {"surname": ["A"]}, {}, [Difference("surname", "Achternaam", "A", "")]),
        (
            "patient",
            {"birth_date_0": ["2"], "birth_date_1": ["4"], "birth_date_2": ["1981"]},
            {"birth_date_0": ["3"], "birth_date_1": ["4"], "birth_date_2": ["1981"]},
            [Difference("birth_date", "Geboortedatum", "2 4 1981", "3 4 1981")],
        ),
        (
            "aanvraag",
            {"indication": ["other"]},
            {"indication": ["chronic_pain"]},
            [Difference("indication", "Voor welke indicatie vraagt u aan?", "Overige indicatie", "Chronische pijn")],
        ),
        (
            "voortraject",
            {"treatments-0-discipline": ["Fysio"], "treatments-0-result": ["Niets"]},
            {"treatments-0-discipline": ["Ergo"]},
            [Difference("treatments", "Alle regels: behandeling", "Fysio, Niets", "Ergo")],
        ),
    ],
)
def test_differences(
    step: str, mine: dict[str, list[str]], theirs: dict[str, list[str]], expected: list[Difference]
) -> None:
    assert conflict.differences(form(step), mine, theirs) == expected


def test_merging_takes_whole_answers() -> None:
    mine = {"birth_date_0": ["2"], "birth_date_1": ["4"], "surname": ["A"], "treatments-3-result": ["x"]}
    theirs = {"birth_date_0": ["3"], "surname": ["B"], "treatments-0-result": ["y"]}

    merged = conflict.merge(mine, theirs, {"birth_date": THEIRS, "surname": MINE, "treatments": THEIRS})

    assert merged == {"birth_date_0": ["3"], "surname": ["A"], "treatments-0-result": ["y"]}


@pytest.mark.parametrize(
    ("unit", "typed", "minutes"),
    [
        (TimeUnit.HOURS, "12,5", 750),
        (TimeUnit.HOURS, "12.5", 750),
        (TimeUnit.HOURS, "90 min", 90),
        (TimeUnit.HOURS, "90 minuten", 90),
        (TimeUnit.HOURS, "1 uur", 60),
        (TimeUnit.HOURS, "1.204", 72240),
        (TimeUnit.MINUTES, "1.440", 1440),
        (TimeUnit.MINUTES, "1,5 u", 90),
        (TimeUnit.MINUTES, "750", 750),
        (TimeUnit.HOURS, "0", 0),
        (TimeUnit.HOURS, "  ", None),
    ],
)
def test_time_as_people_type_it(unit: TimeUnit, typed: str, minutes: int | None) -> None:
    assert TimeField(unit=unit, required=False).clean(typed) == minutes


@pytest.mark.parametrize("typed", ["twaalf", "-3", "1e9", "12,5,1", "min", "١٢", "99999999", "12 weken", "1/2"])
def test_what_is_no_time(typed: str) -> None:
    with pytest.raises(ValidationError, match=r"als getal, bijvoorbeeld 12 of 12,5\.|Controleer het getal\."):
        TimeField(required=False, what="fysiotherapie").clean(typed)


@pytest.mark.parametrize(("unit", "shown"), [(TimeUnit.HOURS, "12,5"), (TimeUnit.MINUTES, "750")])
def test_kept_minutes_are_shown_in_the_unit_of_the_policy(unit: TimeUnit, shown: str) -> None:
    assert TimeField(unit=unit).prepare_value(750) == shown
