"""Every address of the portal that names something, with what it names: a new address is covered by itself."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from allauth.mfa.models import Authenticator
from django.db.models import Q
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from accounts.models import AccessRequest, ApiKey, Invitation, Location, Membership
from authorizations.models import (
    AuthorizationRequest,
    CeilingNotice,
    CheckRun,
    CoulancePaper,
    CounterQuestion,
    Declaration,
    Document,
    EvidencePin,
    InformationItem,
    NumberSignal,
    PolicyDraft,
    PolicyVersion,
    RequestLetter,
    Subtraject,
    TakenOver,
    TrajectFile,
    TrajectImport,
    TrajectNumber,
    Zorgtraject,
)
from contracting.models import Contract, Questionnaire, QuestionnairePaper, Season, StartLetter
from papers.models import PrintBatch, PrintItem

# Anybody may read a policy and ask for a check; the others are opened by a secret that only one person has.
PUBLIC = {
    *(
        "authorizations:information-policy",
        "authorizations:needed-statement",
        "authorizations:check",
        "authorizations:check-file",
        "checks-api:judge",
    ),
    *("codes:code", "checks-api:code"),
    *("contracting:publication", "contracting:publication-file"),
    *("accounts:invitation", "account_reset_password_from_key", "authorizations:insured-status"),
}
# Nobody's in particular: every organisation has its own months of the log, and all insurers the same releases of codes.
EVERYBODYS = {
    "logbook:month",
    # Named by a subject only, which is the same for every institution.
    *("authorizations:traject-files", "authorizations:traject-file-example"),
    *(f"releases:release{part}" for part in ("", "-progress", "-difference", "-activate", "-cancel")),
}
# There a browser is nobody: tests/authorizations/api asks as programs do.
FOR_PROGRAMS = {"activities-api:traject", "claims-api:claim"}
NOBODYS = "MA-00000000P"
NO_DBC = 2000000000


@dataclass(frozen=True)
class Address:
    """An address by its name, with the names of what it takes."""

    name: str
    takes: frozenset[str]

    def path(self, ids: Mapping[str, object]) -> str:
        """Return the path; what it takes and nobody knows is a mistake of the test."""
        return reverse(self.name, kwargs={name: ids[name] for name in self.takes})


def addresses() -> list[Address]:
    """Return every address that takes something of somebody."""
    return [one for one in every_address() if one.takes and one.name not in PUBLIC | EVERYBODYS | FOR_PROGRAMS]


def every_address() -> list[Address]:
    """Return every address that there is."""
    return list(_walk(get_resolver().url_patterns, ""))


def _walk(patterns: list[URLPattern | URLResolver], space: str) -> Iterator[Address]:
    for one in patterns:
        if isinstance(one, URLResolver):
            yield from _walk(one.url_patterns, f"{space}{one.namespace}:" if one.namespace else space)
        elif one.name:
            parts = frozenset(one.pattern.converters) | frozenset(one.pattern.regex.groupindex)
            yield Address(f"{space}{one.name}", parts)


def names_in(authorization: AuthorizationRequest) -> dict[str, object]:
    """Return everything that can be named of a request, as addresses call it."""
    item = InformationItem.objects.filter(information_request__authorization=authorization).first()
    counter = CounterQuestion.objects.filter(item__information_request__authorization=authorization).first()
    letter = RequestLetter.objects.filter(authorization=authorization).last()
    printed = PrintItem.objects.filter(letter__in=authorization.letters.values("letter")).first()
    document = Document.objects.filter(authorization=authorization).first()
    pin = EvidencePin.objects.filter(document__authorization=authorization).first()
    under = Subtraject.objects.filter(granted__authorization=authorization).first()
    found = {
        "reference": authorization.reference,
        "document_id": document and document.pk,
        "pin_id": pin and pin.pk,
        "item_id": item and item.pk,
        "counter_id": counter and counter.pk,
        "letter": letter and letter.letter.reference,
        "item": printed and printed.pk,
        **(names_of(under.zorgtraject) if under else {}),
        "step": "patient",
        "code": "c1",
        "form": "besluit",
        "number": 1,
    }
    return {name: value for name, value in found.items() if value is not None}


def names_of(traject: Zorgtraject) -> dict[str, object]:
    """Return what can be named of a zorgtraject: itself, its last subtraject and an activity of it."""
    activity = traject.activities.first()
    found = {"traject_id": traject.pk, "subtraject_id": traject.subtrajects.latest("opened_on").pk}
    # Rehabilitation has no dbc's: there is nothing to find at their addresses.
    found["dbc_id"] = NO_DBC
    return found | ({"activity_id": activity.pk} if activity else {})


def names_at(organization_id: int) -> dict[str, object]:
    """Return what can be named of an organisation."""
    told = CoulancePaper.objects.filter(
        Q(coulance__provider=organization_id) | Q(coulance__insurer=organization_id)
    ).first()
    found = {
        "location_id": Location.objects.filter(organization=organization_id).first(),
        "invitation_id": Invitation.objects.filter(organization=organization_id).first(),
        "key_id": ApiKey.objects.filter(organization=organization_id).first(),
        "batch": PrintBatch.objects.filter(sender=organization_id).first(),
        "draft_id": PolicyDraft.objects.filter(insurer=organization_id).first(),
        "version_id": PolicyVersion.objects.filter(insurer=organization_id).first(),
        "contract_id": Contract.objects.filter(Q(insurer=organization_id) | Q(provider=organization_id)).first(),
        "notice_id": CeilingNotice.objects.filter(Q(provider=organization_id) | Q(insurer=organization_id)).first(),
        "questionnaire_id": _questionnaire_of(organization_id),
        "evidence_id": QuestionnairePaper.objects.filter(questionnaire=_questionnaire_of(organization_id)).first(),
        "season_id": Season.objects.filter(insurer=organization_id).first(),
        "start_id": StartLetter.objects.filter(Q(insurer=organization_id) | Q(provider=organization_id)).first(),
        "coulance_id": told and told.coulance,
        "paper_id": told,
        "run_id": CheckRun.objects.filter(organization=organization_id).first(),
        "declaration_id": Declaration.objects.filter(provider=organization_id).first(),
        "import_id": TrajectImport.objects.filter(organization=organization_id).first(),
        "file_id": TrajectFile.objects.filter(organization=organization_id).first(),
        "changed_id": TrajectNumber.objects.filter(provider=organization_id).first(),
        "signal_id": NumberSignal.objects.filter(zorgtraject__provider=organization_id).first(),
        "title_id": TakenOver.objects.filter(Q(provider=organization_id) | Q(insurer=organization_id)).first(),
    }
    colleague = Membership.objects.filter(organization=organization_id).earliest("pk")
    found["factor_id"] = Authenticator.objects.filter(user=colleague.user_id).first()
    found["request_id"] = AccessRequest.objects.filter(insurer=organization_id).first()
    named = {"user_id": colleague.user_id} | {name: one.pk for name, one in found.items() if one}
    return named | ({"part": "criterium", "number": 1} if found["draft_id"] else {})


def _questionnaire_of(organization_id: int) -> Questionnaire | None:
    sides = Q(insurer=organization_id) | Q(provider=organization_id)
    return Questionnaire.objects.filter(sides).first()


def visit(client: Client, path: str, reference: str) -> tuple[int, str, int]:
    """Return what comes of looking, where that leads, and what comes of sending something."""
    looked, sent = client.get(path), client.post(path, {"x": "1"})
    # Who opens the address of a button comes to the page with that button, whether it is there or not.
    return looked.status_code, looked.get("Location", "").replace(reference, "…"), sent.status_code


def read(client: Client, path: str) -> str:
    """Return what somebody gets to read there."""
    return said(client.get(path))


def said(answer: HttpResponseBase) -> str:
    """Return what was answered; what comes in parts is read to its end, which closes its file."""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return content.decode(errors="replace")


def page_of(answer: HttpResponseBase) -> str:
    """Return the HTML of a page; nothing when it is a file, or no page that this person may see."""
    words = said(answer)
    return words if answer.status_code == 200 and "html" in answer["Content-Type"] else ""
