"""What is different in a newer version of a policy, in sentences for whoever has a draft under the older one."""

from collections.abc import Iterator
from dataclasses import fields

from authorizations.domain.policy import ChecklistRow, Policy

ASKS = {
    "prior_treatment": "de behandelingen tot nu toe",
    "complaints": "de aard en de duur van de klachten",
    "why_second_line": "de onderbouwing van de tweede lijn",
    "minimum_domains": "de domeinen met problemen",
    "practitioners": "de behandelaren",
    "activities": "de activiteiten en verrichtingen",
    "second_code": "de zorgproductcode",
    "time_unit": "de tijd per discipline",
    "revalidatiearts_must_sign": "de handtekening van de revalidatiearts",
}


def between(old: Policy, new: Policy) -> list[str]:
    """
    Return what a provider should know before filing under the newer version.

    Bron: R-01; feature 19 (an old draft is told what changed before it can be sent).
    """
    found = [*_documents(old, new), *_asks(old, new), *_criteria(old, new), *_terms(old, new), *_contacts(old, new)]
    return found or ["De tekst van het beleid is aangepast. Voor uw aanvraag verandert er niets."]


def _documents(old: Policy, new: Policy) -> Iterator[str]:
    before, after = _by_key(old), _by_key(new)
    for key, row in after.items():
        name = row.label or row.document.label
        if key not in before:
            yield f"Nieuw in de documentenlijst: {name}."
        elif before[key].required != row.required:
            yield f"{name}: dit document is nu {'verplicht' if row.required else 'niet meer verplicht'}."
        elif before[key].may_be_absent != row.may_be_absent:
            how = "mag nu ontbreken als u uitlegt waarom" if row.may_be_absent else "mag niet meer ontbreken"
            yield f"{name}: dit document {how}."
    for key, row in before.items():
        if key not in after:
            yield f"Niet meer in de documentenlijst: {row.label or row.document.label}."


def _asks(old: Policy, new: Policy) -> Iterator[str]:
    for question in fields(new.asks):
        was, now = getattr(old.asks, question.name), getattr(new.asks, question.name)
        if was != now and question.name in ASKS:
            if not now:
                yield f"Wij vragen niet meer naar {ASKS[question.name]}."
            elif not was:
                yield f"Wij vragen nu ook naar {ASKS[question.name]}."
            else:
                yield f"De vraag over {ASKS[question.name]} is gewijzigd."


def _criteria(old: Policy, new: Policy) -> Iterator[str]:
    before = {criterion.code: criterion for criterion in old.criteria}
    for criterion in new.criteria:
        if criterion.code not in before:
            yield f"Nieuw criterium: {criterion.title}."
        elif before[criterion.code].text != criterion.text:
            yield f"De tekst van dit criterium is gewijzigd: {criterion.title}."
    kept = {criterion.code for criterion in new.criteria}
    for code, criterion in before.items():
        if code not in kept:
            yield f"Dit criterium geldt niet meer: {criterion.title}."


def _terms(old: Policy, new: Policy) -> Iterator[str]:
    if old.terms.decision_workdays != new.terms.decision_workdays:
        yield f"Wij besluiten binnen {new.terms.decision_workdays} werkdagen. Dat was {old.terms.decision_workdays}."
    if old.terms.urgent_workdays != new.terms.urgent_workdays:
        yield f"Bij spoed besluiten wij binnen {new.terms.urgent_workdays} werkdagen."
    if old.limits.plan_days != new.limits.plan_days:
        yield f"Een behandeling duurt nu hoogstens {new.limits.plan_days} dagen."


def _contacts(old: Policy, new: Policy) -> Iterator[str]:
    before = {contact.topic: contact.line for contact in old.contacts}
    after = {contact.topic: contact.line for contact in new.contacts}
    for topic, line in after.items():
        if before.get(topic) != line:
            yield f"{'Contact is gewijzigd' if topic in before else 'Nieuw bij contact'}: {topic}, {line}."
    for topic in before:
        if topic not in after:
            yield f"Niet meer bij contact: {topic}."


def _by_key(policy: Policy) -> dict[object, ChecklistRow]:
    return {(row.document, row.kinds, row.indications, row.settings): row for row in policy.checklist}
