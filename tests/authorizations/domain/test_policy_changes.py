"""What a draft is told of a newer policy, change by change."""

from dataclasses import replace
from typing import Any

import pytest

from authorizations.domain import policy_changes
from authorizations.domain.policy import Policy
from authorizations.domain.terms import DocumentKind
from tests.factories.authorizations import shipped

OLD = shipped()["zilveren-kruis-msr"]


def with_rows(**changes: dict[str, Any]) -> Policy:
    rows = tuple(
        replace(row, **changes[row.document.value]) if row.document.value in changes else row for row in OLD.checklist
    )
    return replace(OLD, checklist=rows)


@pytest.mark.parametrize(
    ("new", "sentence"),
    [
        (
            replace(OLD, checklist=OLD.checklist[1:]),
            "Niet meer in de documentenlijst: Verwijsbrief van een arts.",
        ),
        (
            with_rows(vra_indicatie={"required": False}),
            "Klinische opname-indicatie volgens de VRA: dit document is nu niet meer verplicht.",
        ),
        (with_rows(behandelplan={"may_be_absent": True}), "Behandelplan: dit document mag nu ontbreken"),
        (replace(OLD, asks=replace(OLD.asks, practitioners=True)), "Wij vragen nu ook naar de behandelaren."),
        (
            replace(OLD, contacts=(replace(OLD.contacts[0], phone="071 751 00 98"), *OLD.contacts[1:])),
            "Contact is gewijzigd: Vraag over uw aanvraag, 071 751 00 98, Maandag t/m vrijdag 8.30 - 17.00 uur.",
        ),
        (replace(OLD, contacts=OLD.contacts[:1]), "Niet meer bij contact: Vraag over uw overeenkomst."),
        (
            replace(OLD, asks=replace(OLD.asks, complaints=False)),
            "Wij vragen niet meer naar de aard en de duur van de klachten.",
        ),
        (
            replace(OLD, asks=replace(OLD.asks, minimum_domains=3)),
            "De vraag over de domeinen met problemen is gewijzigd.",
        ),
        (replace(OLD, criteria=OLD.criteria[1:]), f"Dit criterium geldt niet meer: {OLD.criteria[0].title}."),
        (
            replace(OLD, criteria=(replace(OLD.criteria[0], text="Anders."), *OLD.criteria[1:])),
            f"De tekst van dit criterium is gewijzigd: {OLD.criteria[0].title}.",
        ),
        (
            replace(OLD, terms=replace(OLD.terms, decision_workdays=8)),
            "Wij besluiten binnen 8 werkdagen. Dat was 10.",
        ),
        (replace(OLD, terms=replace(OLD.terms, urgent_workdays=1)), "Bij spoed besluiten wij binnen 1 werkdagen."),
        (replace(OLD, limits=replace(OLD.limits, plan_days=90)), "Een behandeling duurt nu hoogstens 90 dagen."),
        (replace(OLD, summary="Anders"), "De tekst van het beleid is aangepast. Voor uw aanvraag verandert er niets."),
    ],
)
def test_between(new: Policy, sentence: str) -> None:
    found = policy_changes.between(OLD, new)

    assert len(found) == 1
    assert found[0].startswith(sentence)


def test_a_new_document_and_a_new_criterion() -> None:
    fewer = replace(OLD, checklist=OLD.checklist[1:], criteria=OLD.criteria[1:])

    assert policy_changes.between(fewer, OLD) == [
        f"Nieuw in de documentenlijst: {DocumentKind.VERWIJSBRIEF.label}.",
        f"Nieuw criterium: {OLD.criteria[0].title}.",
    ]
