"""A provider and an insurer with so many of everything: for tests of how many queries, and of who sees what."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from accounts import queries as accounts
from accounts.domain.actors import Actor
from accounts.domain.roles import Role
from accounts.models import Organization
from authorizations.domain.lifecycle import Status
from authorizations.domain.terms import Addressee, DocumentKind, LetterKind, Origin, Outcome, Setting
from authorizations.models import (
    AuthorizationRequest,
    CounterQuestion,
    Decision,
    Document,
    DocumentItem,
    Grant,
    InformationItem,
    InformationRequest,
    RequestLetter,
    StatusEvent,
)
from papers.models import PageImage
from tests.factories import accounts as people
from tests.factories import authorizations as make
from tests.factories import desk
from tests.papers import rows as papers

NOW = desk.NOW


class World:
    """A provider and an insurer with so many of everything, and one request that has it all."""

    def __init__(self, filer: Actor, advisor: Actor, insurer: Organization) -> None:
        self.advisor, self.insurer = advisor, insurer
        self.user, self.provider = accounts.user(filer.user_id), accounts.organization(filer.organization_id)
        self.case = desk.filed(filer, insurer, Status.IN_REVIEW, advisor=advisor)
        self.waiting = desk.filed(filer, insurer, Status.WAITING_FOR_PROVIDER, due_on=None)
        self.draft = make.drafted(self.provider, insurer, self.user, planned_start_on=date(2026, 12, 14))
        self.round = self._round(self.waiting)

    def grow(self, number: int) -> None:
        """Add so many of everything."""
        for _ in range(number):
            self._requests()
            for authorization in (self.case, self.waiting, self.draft):
                self.document(authorization)
            self._item(self.round)
            self._item(self._round(self.case, closed_at=NOW, closed_because="Niet meer nodig."))
            StatusEvent.objects.create(
                authorization=self.case, move="note", status=self.case.status, by=self.user, at=NOW, note="Genoteerd."
            )
            people.person(Role.LEZER, organization=self.provider)
            people.person(Role.MEDISCH_ADVISEUR, organization=self.insurer)
            papers.letter(NOW, gave_up_at=NOW, attempts=12, last_error="RuntimeError")

    def _requests(self) -> None:
        """Add one in every state; each decided one has its letters, and the granted ones a machtiging."""
        make.drafted(self.provider, self.insurer, self.user)
        for status in Status:
            if status is Status.DRAFT:
                continue
            columns: dict[str, Any] = {}
            if status is Status.WAITING_FOR_PROVIDER:
                columns["due_on"] = None
            if status in (Status.ANSWERED, Status.SECOND_REVIEW):
                columns |= {"assigned_to_id": self.advisor.user_id, "assigned_at": NOW}
            authorization = make.filed(self.provider, self.insurer, self.user, status, **columns)
            if status is Status.WAITING_FOR_PROVIDER:
                self._item(self._round(authorization))
            if status in set(Outcome):
                self._decision(authorization, Outcome(status.value))

    def _decision(self, authorization: AuthorizationRequest, outcome: Outcome) -> None:
        second = {"confirmed_by": people.UserFactory(), "confirmed_at": NOW} if outcome is Outcome.DENIED else {}
        decision = Decision.objects.create(
            authorization=authorization, outcome=outcome.value, summary="Daarom.", proposed_by_id=self.advisor.user_id,
            proposed_at=NOW, final_at=NOW, **second,
        )  # fmt: skip
        if outcome is not Outcome.DENIED:
            Grant.objects.create(
                decision=decision, authorization=authorization, number=f"M26{authorization.pk:010d}",
                declaratie_code="14D838", setting=Setting.OUTPATIENT.value, starts_on=date(2026, 12, 1),
                ends_on=date(2027, 3, 1),
            )  # fmt: skip
        for addressee in Addressee:
            letter = papers.letter(NOW, issued=True)
            RequestLetter.objects.create(
                authorization=authorization, decision=decision, letter=letter, kind=LetterKind(outcome.value).value,
                addressee=addressee.value,
            )  # fmt: skip
            if addressee is Addressee.INSURED:
                papers.print_item(NOW, self.insurer, letter=letter)

    def document(self, authorization: AuthorizationRequest, **fields: Any) -> Document:
        """Add a document with a page to look at."""
        file = papers.file(NOW, pages_made_at=NOW)
        PageImage.objects.create(file=file, number=1, width=10, height=10, path="pages/1.webp")
        origin = Origin.FILING if authorization.is_draft else Origin.OWN_INITIATIVE
        values = {"origin": origin.value, "added_by": self.user, "added_at": NOW, **fields}
        document = Document.objects.create(authorization=authorization, file=file, **values)
        DocumentItem.objects.create(document=document, kind=DocumentKind.BRIEVEN_EERSTE_LIJN.value)
        return document

    def _round(self, authorization: AuthorizationRequest, **fields: Any) -> InformationRequest:
        return InformationRequest.objects.create(
            authorization=authorization, asked_by_id=self.advisor.user_id, asked_at=NOW, **fields
        )

    def _item(self, asked: InformationRequest) -> None:
        item = InformationItem.objects.create(
            information_request=asked, number=asked.items.count() + 1, criterion="c2a", what="Het verslag ontbreekt.",
            why="Daar staat het resultaat.", leads_to_consent="Een verslag.", due_on=NOW.date() + timedelta(days=9),
        )  # fmt: skip
        CounterQuestion.objects.create(item=item, text="Volstaat een brief?", asked_by=self.user, asked_at=NOW)
        self.document(asked.authorization, question=item, origin=Origin.ON_REQUEST.value)

    def pages(self, role: str) -> Iterable[str]:
        """Return the addresses of everything that this side reads."""
        case, waiting, draft = (one.reference for one in (self.case, self.waiting, self.draft))
        return {
            "behandelaar": (
                "/aanvragen/",
                *(f"/aanvragen/?lijst={name}" for name in ("wacht", "concepten", "beoordeling", "afgerond")),
                "/aanvragen/?q=Voorbeeld",
                f"/aanvragen/?q={case}",
                "/aanvragen/nieuw/",
                f"/aanvragen/{case}/",
                f"/aanvragen/{case}/documenten/extra/",
                f"/aanvragen/{waiting}/",
                f"/aanvragen/{waiting}/vragen/",
                f"/aanvragen/{draft}/documenten/",
                f"/aanvragen/{draft}/stap/patient/",
                f"/aanvragen/{draft}/controle/",
            ),
            "organisatiebeheerder": ("/aanvragen/", f"/aanvragen/{case}/", "/organisatie/collegas/"),
            "adviseur": (
                "/beoordelen/",
                *(f"/beoordelen/?weergave={view}" for view in ("mijn", "niemand", "antwoord", "wacht", "tweede")),
                "/beoordelen/?zoek=Voorbeeld",
                "/beoordelen/?soort=msr_first&indicatie=chronic_pain",
                f"/beoordelen/?aanbieder={self.provider.pk}&aanzet=insurer&status=answered",
                "/beoordelen/?termijn=gauw&aanzet=provider&beleid=zilveren-kruis-msr",
                "/beoordelen/besloten/",
                "/beoordelen/toekennen/",
                "/beoordelen/heroverwegingen/",
                "/beoordelen/machtigingen-wijzigen/",
                f"/beoordelen/{case}/",
                *(f"/beoordelen/{case}/?toon={tab}" for tab in ("formulier", "uren", "vragen", "verloop", "eerder")),
                f"/beoordelen/{case}/besluit/",
                f"/beoordelen/{case}/vragen/",
                "/beoordelen/post/",
            ),
            "coordinator": (
                "/beoordelen/",
                "/beoordelen/verdeling/",
                "/beoordelen/cijfers/",
                f"/beoordelen/verdeling/?van={self.advisor.user_id}&kies=alles",
                f"/beoordelen/{case}/",
                f"/beoordelen/{case}/toewijzen/",
            ),
            "beheerder": ("/organisatie/collegas/", "/beheer/storingen/", "/beheer/beleid/", "/beoordelen/cijfers/"),
        }[role]
