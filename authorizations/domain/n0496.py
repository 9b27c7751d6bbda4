"""
Norm N0496: what another institution did on request (onderlinge dienstverlening) may not hang on a subtraject here.

Bron: N-01 to N-13 (ValueCare, norm N0496); R-28; domain.md section 7; codes.md section 4.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from kit.terms import Term

NORM = "ValueCare, norm N0496 “Onderlinge dienstverlening gekoppeld aan subtraject”"
ZORGPRODUCT = "ZP"
OUTSIDE_OF_PROFILES = "13"
# First treatment, consult and vervolg: the subtrajects that are derived to a zorgproduct.
ZORGTYPES = frozenset({"11", "13", "21"})
NO_ARTICLE = "geen artikel bekend"
# As the norm writes them: what forbids it, after the definition of that year.
ARTICLES: Mapping[int, str] = {
    2013: "BR/CU-2104 art. 8.21, NR/CU-228 art. 15.3 en Lijst Verboden/toegelaten (juni 2013)",
    2014: "BR/CU-2130 art. 8.20 en NR/CU-257 art. 14.4 en 16.3",
    2015: "BR/CU-2134 art. 8.20 en NR/CU-260 art. 15.5",
    2016: "BR/CU-266, artikel 3y, artikel 31",
    2017: "NR/REG-1732 art. 3 lid y en NR/REG-1732 art. 32 lid 1 t/m 3",
    2018: "NR/REG-1816 art. 1 lid y en NR/REG-1816 art. 32 lid 1 t/m 3",
    2019: "NR/REG-1907a art. 1 lid z en NR/REG-1907a art. 32 lid 1 t/m 3",
    2020: "NR/REG-2001a art. 1 lid z en NR/REG-2001a art. 32 lid 1 t/m 3",
    2021: "NR/REG-2103a art. 1 lid z en NR/REG-2103a art. 32 lid 1 t/m 3",
}
_BETWEEN_TWO = (
    "zorg tussen 2 instellingen, of tussen een medisch specialist en een andere instelling, waarvan 1 de "
    "hoofdbehandelaar is"
)
_AT_REQUEST = "zorg als (onderdeel van een) dbc-zorgproduct, op verzoek van de hoofdbehandelaar geleverd door 1 of meer"
# What it is, by year; the norm gives no definition for 2016.
DEFINITIONS: Mapping[int, str] = {
    **dict.fromkeys((2013, 2014, 2015), _BETWEEN_TWO),
    **dict.fromkeys((2017, 2018, 2019), f"{_AT_REQUEST} instellingen of medisch specialisten"),
    **dict.fromkeys((2020, 2021), f"{_AT_REQUEST} zorgaanbieders"),
}


class N0496Reason(Term):
    """Why an activity is a signal, or the first reason why it is none. Bron: checks.md, `n0496`; R-28."""

    SIGNAL = "signaal", "Deze activiteit hoort niet op dit subtraject"
    STEP_1 = "stap_1", "Geen verrichting die als onderlinge dienstverlening is gefactureerd, of WBMV-zorg"
    STEP_2 = "stap_2", "Niet uitgevoerd of gesloten in een van de jaren van de controle"
    STEP_3 = "stap_3", "Niet gekoppeld aan een subtraject met zorgtype 11, 13 of 21"
    EXCEPTION_4 = "uitzondering_4", "Een overige verrichting (tarieftype 13) staat altijd buiten een subtraject"
    EXCEPTION_3 = "uitzondering_3", "Een add-on geneesmiddel hoort aan een dbc te hangen"
    EXCEPTION_2 = "uitzondering_2", "Een heel zorgproduct (ZP) wordt niet gesignaleerd"
    EXCEPTION_1 = "uitzondering_1", "Fysiotherapie buiten een klinische opname wordt los gefactureerd"


class Branch(Term):
    """By which half of step 2 it counts. Bron: R-28; domain.md section 7 (C2a, C2b)."""

    PERFORMED = "2a", "los te factureren, en uitgevoerd in een jaar van de controle"
    CLOSED = "2b", "gekoppeld aan een subtraject dat is gesloten in een jaar van de controle"


class Unknown(ValueError):
    """Something that the answer depends on isn't known; `field` of Performed, or `years`."""

    def __init__(self, field: str) -> None:
        self.field = field
        super().__init__(field)


@dataclass(frozen=True)
class Performed:
    """One zorgactiviteit, as the norm asks for it; None is unknown; without a zorgtype it hangs on nothing."""

    is_verrichting: bool | None
    wbmv: bool | None
    invoiced_between_providers: bool | None
    unit: str | None
    billed_apart: bool | None
    performed_on: date | None
    zorgtype: str
    closed_on: date | None
    addon_medicine: bool | None
    tariff_type: str
    physiotherapy: bool | None
    admitted: bool | None
    # Those of the control and of the Handreiking together.
    years: frozenset[int] | None

    def sure(self, field: str) -> Any:
        """
        Return what is known of this field.

        :raises Unknown: naming the field
        """
        value = getattr(self, field)
        if value is None:
            raise Unknown(field)
        return value


@dataclass(frozen=True)
class Found:
    """The outcome for one activity; the year and its article only with a signal."""

    reason: N0496Reason
    branch: Branch | None = None
    year: int | None = None

    @property
    def signals(self) -> bool:
        """Return whether it must be uncoupled."""
        return self.reason is N0496Reason.SIGNAL

    @property
    def article(self) -> str:
        """Return the article of the year, as the norm writes it."""
        return ARTICLES.get(self.year or 0, NO_ARTICLE) if self.signals else ""


def judge(one: Performed) -> Found:
    """
    Return whether this activity hangs on a subtraject where it may not, and else the first reason why it doesn't.

    :raises Unknown: naming what the answer depends on and isn't known

    Bron: N-02, N-05, N-09 to N-13; R-28.
    """
    if not one.sure("is_verrichting") or one.sure("wbmv") or not one.sure("invoiced_between_providers"):
        return Found(N0496Reason.STEP_1)
    branch, year = _branch(one)
    if branch is None:
        return Found(N0496Reason.STEP_2)
    for reason, holds in _REASONS.items():
        if holds(one):
            return Found(reason, branch)
    return Found(N0496Reason.SIGNAL, branch, year)


def _branch(one: Performed) -> tuple[Branch | None, int]:
    years = one.sure("years")
    if one.sure("billed_apart") and (year := one.sure("performed_on").year) in years:
        return Branch.PERFORMED, year
    closed = one.closed_on.year if one.closed_on else 0
    return (Branch.CLOSED if closed in years else None), closed


# In the order in which they are told: after step 3 the exceptions, from the last to the first.
_REASONS: Mapping[N0496Reason, Callable[[Performed], bool]] = {
    N0496Reason.STEP_3: lambda one: one.zorgtype not in ZORGTYPES,
    N0496Reason.EXCEPTION_4: lambda one: one.tariff_type == OUTSIDE_OF_PROFILES,
    N0496Reason.EXCEPTION_3: lambda one: one.sure("addon_medicine"),
    N0496Reason.EXCEPTION_2: lambda one: one.sure("unit") == ZORGPRODUCT,
    N0496Reason.EXCEPTION_1: lambda one: one.sure("physiotherapy") and not one.sure("admitted"),
}
