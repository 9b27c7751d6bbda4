"""A coulanceverzoek: the claims that were late, the evidence, and what was decided."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from authorizations.domain.coulance import (
    COULANCE_DECIDED,
    NUMBER_LENGTH,
    CareKind,
    CoulanceGround,
    CoulanceStatus,
)
from authorizations.models.requests import values
from kit.encrypted import EncryptedTextField, WithSecrets, all_sealed

DRAFT, SUBMITTED = CoulanceStatus.DRAFT.value, CoulanceStatus.SUBMITTED.value
IN_REVIEW, WITHDRAWN = CoulanceStatus.IN_REVIEW.value, CoulanceStatus.WITHDRAWN.value
DECIDED = values(*COULANCE_DECIDED)


class CoulanceRequest(WithSecrets):
    """One request for coulance of a provider to an insurer. It holds nothing of any insured."""

    reference = models.CharField("kenmerk", max_length=12, unique=True)
    creation_key = models.UUIDField("sleutel van het begin", unique=True, default=uuid.uuid4)
    provider = models.ForeignKey(
        "accounts.Organization", verbose_name="zorgaanbieder", on_delete=models.PROTECT, related_name="+"
    )
    insurer = models.ForeignKey(
        "accounts.Organization", verbose_name="verzekeraar", on_delete=models.PROTECT, related_name="+"
    )
    status = models.CharField("status", max_length=16, choices=CoulanceStatus.choices(), default=DRAFT)
    ground = models.CharField("reden", max_length=10, choices=CoulanceGround.choices(), default="", blank=True)
    explanation = EncryptedTextField("wat er is gebeurd", default="", blank=True)
    begun_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="begonnen door", on_delete=models.PROTECT, related_name="+"
    )
    begun_at = models.DateTimeField("begonnen op")
    edited_at = models.DateTimeField("laatst gewijzigd op", null=True)
    filed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="ingediend door", null=True, on_delete=models.PROTECT, related_name="+"
    )
    filed_at = models.DateTimeField("ingediend op", null=True)
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="opgepakt door", null=True, on_delete=models.PROTECT, related_name="+"
    )
    taken_at = models.DateTimeField("opgepakt op", null=True)
    motivation = EncryptedTextField("motivering", default="", blank=True)
    next_step = EncryptedTextField("wat de zorgaanbieder nu kan doen", default="", blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="afgerond door", null=True, on_delete=models.PROTECT, related_name="+"
    )
    closed_at = models.DateTimeField("afgerond op", null=True)
    letter = models.OneToOneField(
        "papers.Letter", verbose_name="brief", null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = "coulanceverzoek"
        verbose_name_plural = "coulanceverzoeken"
        ordering = ["begun_at", "id"]
        constraints = [
            models.CheckConstraint(
                name="coulance_status_known",
                condition=Q(status__in=values(*CoulanceStatus)),
                violation_error_message="Deze status bestaat niet.",
            ),
            models.CheckConstraint(
                name="coulance_filed_whole",
                condition=Q(status=DRAFT, filed_by=None, filed_at=None)
                | (
                    ~Q(status=DRAFT)
                    & Q(filed_by__isnull=False, filed_at__isnull=False, ground__in=values(*CoulanceGround))
                    & ~Q(explanation="")
                ),
                violation_error_message="Een ingediend verzoek heeft een reden (overmacht of calamiteit) en uitleg.",
            ),
            models.CheckConstraint(
                name="coulance_taken_pair",
                condition=Q(taken_by=None, taken_at=None) | Q(taken_by__isnull=False, taken_at__isnull=False),
                violation_error_message="Wie het verzoek oppakte en wanneer horen bij elkaar.",
            ),
            models.CheckConstraint(
                name="coulance_taken_by_somebody",
                condition=Q(status__in=[DRAFT, SUBMITTED], taken_by=None)
                | Q(status__in=[IN_REVIEW, *DECIDED], taken_by__isnull=False)
                | Q(status=WITHDRAWN),
                violation_error_message="Een verzoek in behandeling is van iemand.",
            ),
            # Nothing decides by itself: whoever decided is named, with the reason and the letter.
            models.CheckConstraint(
                name="coulance_decided_by_a_person",
                condition=(Q(status__in=DECIDED, closed_by__isnull=False, letter__isnull=False) & ~Q(motivation=""))
                | (~Q(status__in=DECIDED) & Q(motivation="", next_step="", letter=None)),
                violation_error_message="Een besluit is van iemand, met een motivering en een brief.",
            ),
            models.CheckConstraint(
                name="coulance_denied_with_a_way_on",
                condition=~Q(status__in=values(CoulanceStatus.PARTLY_GRANTED, CoulanceStatus.DENIED))
                | ~Q(next_step=""),
                violation_error_message="Schrijf wat de zorgaanbieder nu kan doen.",
            ),
            models.CheckConstraint(
                name="coulance_closed_pair",
                condition=Q(status__in=[WITHDRAWN, *DECIDED], closed_by__isnull=False, closed_at__isnull=False)
                | (~Q(status__in=[WITHDRAWN, *DECIDED]) & Q(closed_by=None, closed_at=None)),
                violation_error_message="Wie het verzoek afrondde en wanneer horen bij elkaar.",
            ),
            models.CheckConstraint(
                name="coulance_texts_are_sealed",
                condition=all_sealed("explanation", "motivation", "next_step"),
                violation_error_message="Deze teksten worden versleuteld bewaard.",
            ),
        ]
        indexes = [
            models.Index(fields=["insurer", "status", "filed_at"], name="coulance_of_insurer"),
            models.Index(fields=["provider", "begun_at"], name="coulance_of_provider"),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def is_draft(self) -> bool:
        """Whether it can still be changed."""
        return self.status == DRAFT

    @property
    def is_decided(self) -> bool:
        """Whether somebody decided on it."""
        return self.status in DECIDED


class CoulanceClaim(models.Model):
    """A claim that is concerned. `granted` stays empty until somebody decided."""

    coulance = models.ForeignKey(
        CoulanceRequest, verbose_name="coulanceverzoek", on_delete=models.CASCADE, related_name="claims"
    )
    number = models.CharField("declaratienummer", max_length=NUMBER_LENGTH)
    care = models.CharField("soort zorg", max_length=5, choices=CareKind.choices())
    opened_on = models.DateField("geopend op")
    closed_on = models.DateField("gesloten op")
    handed_in_on = models.DateField("ingediend op", null=True)
    amount = models.DecimalField("bedrag", max_digits=10, decimal_places=2)
    code = models.CharField("code her-declaratie", max_length=2)
    granted = models.BooleanField("coulance gegeven", null=True)

    class Meta:
        verbose_name = "declaratie bij een coulanceverzoek"
        verbose_name_plural = "declaraties bij een coulanceverzoek"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["coulance", "number"],
                name="coulance_claim_once",
                violation_error_message="Deze declaratie staat al in dit verzoek.",
            ),
            models.CheckConstraint(
                name="coulance_claim_in_order",
                condition=Q(closed_on__gte=F("opened_on"))
                & (Q(handed_in_on=None) | Q(handed_in_on__gte=F("closed_on"))),
                violation_error_message="Openen, sluiten en indienen gaan in die volgorde.",
            ),
            models.CheckConstraint(
                name="coulance_claim_possible",
                condition=Q(amount__gt=0, code__regex=r"^[0-9]{2}$") & ~Q(number=""),
                violation_error_message="Dit bedrag, dit nummer of deze code kan niet.",
            ),
        ]
        indexes = [models.Index(fields=["number"], name="coulance_claim_number", condition=Q(granted=True))]

    def __str__(self) -> str:
        return f"{self.coulance_id}: {self.number}"


class CoulancePaper(models.Model):
    """A document that shows what happened."""

    coulance = models.ForeignKey(
        CoulanceRequest, verbose_name="coulanceverzoek", on_delete=models.CASCADE, related_name="papers"
    )
    file = models.OneToOneField("papers.File", verbose_name="bestand", on_delete=models.PROTECT, related_name="+")
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="toegevoegd door", on_delete=models.PROTECT, related_name="+"
    )
    added_at = models.DateTimeField("toegevoegd op")

    class Meta:
        verbose_name = "stuk bij een coulanceverzoek"
        verbose_name_plural = "stukken bij een coulanceverzoek"
        ordering = ["id"]

    def __str__(self) -> str:
        return f"stuk {self.pk} bij coulanceverzoek {self.coulance_id}"
