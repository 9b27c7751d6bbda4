"""A request for a machtiging, the insured it is for, and what happened to it."""

import uuid
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Upper

from authorizations.domain.lifecycle import CLOSED, DECIDED, OPEN, Status
from authorizations.domain.paper import AskedBy
from authorizations.domain.terms import Indication, Kind, Setting
from authorizations.models.privacyverklaring import NO_DIAGNOSIS, WithoutDiagnosis
from authorizations.models.spellings import NearSpellings
from kit.encrypted import EncryptedJSONField, EncryptedTextField, LookupField, WithSecrets, all_sealed
from kit.terms import values as values

if TYPE_CHECKING:
    from authorizations.models.grants import Grant


class AuthorizationRequest(WithoutDiagnosis, WithSecrets):
    """
    A request from first draft to decision.

    While it is a draft, `answers` holds each step exactly as typed: `{step: {field: [value, …]}}`; nothing typed is
    ever refused or lost. `reading` is what we make of it: `{part: {field: value}}`; `step_notes` says per step who
    saved it when and what could not be read; `prefilled` says what we filled in ourselves, and from where.
    On filing, `application` keeps the checked content; from then on neither changes (a database trigger sees to it).
    All of these are secret (kit/encrypted.py): the columns beside them repeat what lists sort, filter and search by.
    """

    reference = models.CharField("kenmerk", max_length=12, unique=True)
    creation_key = models.UUIDField("sleutel van het begin", unique=True, default=uuid.uuid4)
    provider = models.ForeignKey(
        "accounts.Organization", verbose_name="zorgaanbieder", on_delete=models.PROTECT, related_name="+"
    )
    insurer = models.ForeignKey(
        "accounts.Organization", verbose_name="verzekeraar", on_delete=models.PROTECT, related_name="+"
    )
    policy_version = models.ForeignKey(
        "PolicyVersion", verbose_name="beleidsversie", on_delete=models.PROTECT, related_name="+"
    )
    kind = models.CharField("soort aanvraag", max_length=20, choices=Kind.choices())
    previous = models.ForeignKey(
        "self", verbose_name="eerdere aanvraag", null=True, on_delete=models.PROTECT, related_name="follow_ups"
    )
    amends = models.ForeignKey(
        "self", verbose_name="vervangt", null=True, on_delete=models.PROTECT, related_name="amendments"
    )
    status = models.CharField("status", max_length=24, choices=Status.choices(), default=Status.DRAFT.value)
    version = models.PositiveIntegerField("versie", default=1)

    answers = EncryptedJSONField("antwoorden zoals getypt", default=dict)
    reading = EncryptedJSONField("antwoorden zoals gelezen", default=dict)
    step_notes = EncryptedJSONField("stand per stap", default=dict)
    prefilled = EncryptedJSONField("vooraf ingevuld", default=dict)
    draft_version = models.PositiveIntegerField("versie van het concept", default=1)
    last_step = models.CharField("laatste stap", max_length=30, default="")
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="laatst gewijzigd door", on_delete=models.PROTECT, related_name="+"
    )
    edited_at = models.DateTimeField("laatst gewijzigd op")
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="begonnen door", on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField("begonnen op")

    received_on_paper = models.DateField("op papier ontvangen op", null=True)
    on_paper_by = models.CharField(
        "op papier gevraagd door", max_length=10, choices=AskedBy.choices(), default="", blank=True
    )
    on_paper_for = models.ForeignKey(
        "accounts.Organization",
        verbose_name="zorgaanbieder op papier",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    application = EncryptedJSONField("gecontroleerde inhoud", null=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="ingediend door", null=True, on_delete=models.PROTECT, related_name="+"
    )
    submitted_at = models.DateTimeField("ingediend op", null=True)

    indication = models.CharField("indicatie", max_length=20, choices=Indication.choices(), default="", blank=True)
    setting = models.CharField("setting", max_length=20, choices=Setting.choices(), default="", blank=True)
    planned_start_on = models.DateField("begin van de behandeling", null=True)
    planned_end_on = models.DateField("einde van de behandeling", null=True)
    urgent = models.BooleanField("spoed", default=False)
    documents_complete = models.BooleanField("alle documenten aanwezig", default=False)

    due_on = models.DateField("uiterste besluitdatum", null=True)
    team = models.ForeignKey(
        "Team", verbose_name="werkgroep", null=True, on_delete=models.SET_NULL, related_name="requests"
    )
    team_because = ArrayField(models.CharField(max_length=12), verbose_name="bij deze werkgroep door", default=list)
    take_by = models.DateField("uiterlijk oppakken", null=True)
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="beoordelaar",
        null=True,
        on_delete=models.PROTECT,
        related_name="assigned_requests",
    )
    assigned_at = models.DateTimeField("opgepakt op", null=True)
    closed_at = models.DateTimeField("afgerond op", null=True)
    withdrawn_reason = EncryptedTextField("reden van intrekken", default="", blank=True)

    class Meta:
        verbose_name = "aanvraag"
        verbose_name_plural = "aanvragen"
        constraints = [
            models.CheckConstraint(
                name="request_status_known",
                condition=Q(status__in=values(*Status)),
                violation_error_message="Deze status bestaat niet.",
            ),
            models.CheckConstraint(
                name="request_filed_whole",
                condition=Q(
                    status=Status.DRAFT.value, application=None, submitted_at=None, submitted_by=None, due_on=None
                )
                | (
                    ~Q(status=Status.DRAFT.value)
                    & Q(
                        application__isnull=False,
                        submitted_at__isnull=False,
                        submitted_by__isnull=False,
                        planned_start_on__isnull=False,
                        indication__in=values(*Indication),
                        setting__in=values(*Setting),
                    )
                ),
                violation_error_message="Een ingediende aanvraag is volledig, een concept is nog niet ingediend.",
            ),
            models.CheckConstraint(
                name="request_assigned_pair",
                condition=Q(assigned_to=None, assigned_at=None)
                | Q(assigned_to__isnull=False, assigned_at__isnull=False),
                violation_error_message="Wie de aanvraag oppakte en wanneer horen bij elkaar.",
            ),
            models.CheckConstraint(
                name="request_in_review_has_reviewer",
                condition=~Q(status=Status.IN_REVIEW.value) | Q(assigned_to__isnull=False),
                violation_error_message="Een aanvraag in beoordeling heeft een beoordelaar.",
            ),
            models.CheckConstraint(
                name="request_closed_pair",
                condition=Q(status__in=values(*CLOSED), closed_at__isnull=False)
                | (~Q(status__in=values(*CLOSED)) & Q(closed_at=None)),
                violation_error_message="Een afgeronde aanvraag heeft een datum van afronding.",
            ),
            models.CheckConstraint(
                name="request_period_in_order",
                condition=Q(planned_start_on=None)
                | Q(planned_end_on=None)
                | Q(planned_end_on__gte=F("planned_start_on")),
                violation_error_message="De behandeling eindigt voordat zij begint.",
            ),
            models.CheckConstraint(
                name="request_withdrawn_with_reason",
                condition=~Q(status=Status.WITHDRAWN.value) | ~Q(withdrawn_reason=""),
                violation_error_message="Noem waarom de aanvraag is ingetrokken.",
            ),
            # While it is typed over, a paper request is the insurer's own; filed, it is the zorgaanbieder's.
            models.CheckConstraint(
                name="request_on_paper_whole",
                condition=Q(received_on_paper=None, on_paper_by="", on_paper_for=None)
                | (
                    Q(received_on_paper__isnull=False, on_paper_by__in=values(*AskedBy))
                    & (Q(status=Status.DRAFT.value, provider=F("insurer")) | Q(provider=F("on_paper_for")))
                ),
                violation_error_message="Bij een papieren aanvraag horen de dag, wie vraagt en de zorgaanbieder.",
            ),
            models.CheckConstraint(
                name="request_content_is_sealed",
                condition=all_sealed(
                    "answers", "reading", "step_notes", "prefilled", "application", "withdrawn_reason"
                ),
                violation_error_message="De inhoud van een aanvraag wordt versleuteld bewaard.",
            ),
            NO_DIAGNOSIS,
        ]
        # Row-level security looks at provider, insurer and status of every row: with all three in the index, a count
        # never has to fetch the row itself.
        indexes = [
            models.Index(
                fields=["insurer", "due_on", "id"],
                name="request_queue",
                condition=Q(status__in=values(*OPEN)),
                # All that the queue counts: with a million requests the rows themselves lie too far apart to visit.
                include=["provider", "status", "assigned_to", "policy_version", "team"],
            ),
            models.Index(
                fields=["assigned_to", "due_on", "id"], name="request_queue_own", condition=Q(status__in=values(*OPEN))
            ),
            models.Index(
                fields=["provider", "status", "-edited_at", "-id"], name="request_of_provider", include=["insurer"]
            ),
            models.Index(
                fields=["provider", "-closed_at", "-id"],
                name="request_decided",
                condition=Q(status__in=values(*CLOSED)),
                include=["insurer", "status"],
            ),
            models.Index(
                fields=["insurer", "-closed_at", "-id"],
                name="request_closed",
                condition=Q(status__in=values(*CLOSED)),
                include=["provider", "status"],
            ),
            models.Index(fields=["due_on", "id"], name="request_due", condition=Q(status__in=values(*OPEN))),
            models.Index(fields=["submitted_at"], name="request_submitted", condition=Q(submitted_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def is_draft(self) -> bool:
        """Whether it can still be changed."""
        return self.status == Status.DRAFT

    @property
    def is_open(self) -> bool:
        """Whether it was filed and awaits its decision."""
        return self.status in OPEN

    @property
    def granted(self) -> "Grant | None":
        """The machtiging that it led to: the newest, when a later one took the place of the first."""
        return max(self.grants.all(), key=lambda grant: grant.pk, default=None)

    @property
    def is_decided(self) -> bool:
        """Whether a decision was taken on it."""
        return self.status in DECIDED


class Person(WithSecrets):
    """The insured as a provider names him or her: who it is, and by which fingerprint the BSN is found."""

    bsn = EncryptedTextField("BSN", default="", blank=True)
    bsn_hash = LookupField("vingerafdruk van het BSN", of="bsn", db_index=True)
    initials = models.CharField("voorletters", max_length=20, default="", blank=True)
    surname = models.CharField("achternaam", max_length=120, default="", blank=True)
    birth_date = models.DateField("geboortedatum", null=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(class)s_bsn_is_sealed",
                condition=Q(bsn="", bsn_hash="") | Q(bsn__sealed=True, bsn_hash__regex=r"^[0-9a-f]{64}$"),
                violation_error_message="Een BSN wordt versleuteld bewaard, met de vingerafdruk om het op te zoeken.",
            ),
        ]

    def __str__(self) -> str:
        return self.short_name

    @property
    def short_name(self) -> str:
        """Initials and year of birth: what lists may show."""
        letters = "".join(part[0] + "." for part in self.surname.split()[-1:] if part)
        initials = f"{self.initials} {letters}".strip()
        year = f" ({self.birth_date.year})" if self.birth_date else ""
        return f"{initials or 'Naam nog niet ingevuld'}{year}"

    @property
    def full_name(self) -> str:
        """Initials and surname, for pages and letters about this one person."""
        return f"{self.initials} {self.surname}".strip()


class Insured(Person):
    """The insured, as the provider named him or her in this one request. Empty texts only in a draft."""

    authorization = models.OneToOneField(
        AuthorizationRequest, verbose_name="aanvraag", on_delete=models.CASCADE, related_name="insured"
    )
    insured_number = models.CharField("verzekerdennummer", max_length=20, default="", blank=True)
    street = models.CharField("straat en huisnummer", max_length=120, default="", blank=True)
    postcode = models.CharField("postcode", max_length=7, default="", blank=True)
    city = models.CharField("plaats", max_length=80, default="", blank=True)
    # Kept by the database (migration 0044), so that a search among what is open visits nothing else.
    is_open = models.BooleanField("aanvraag is open", default=False, editable=False)

    class Meta(Person.Meta):
        verbose_name = "verzekerde"
        verbose_name_plural = "verzekerden"
        indexes = [
            GinIndex(OpClass(Upper("surname"), name="gin_trgm_ops"), name="insured_surname_search"),
            GinIndex(NearSpellings("surname"), condition=Q(is_open=True), name="insured_surname_alike"),
        ]


class StatusEvent(WithSecrets):
    """One step in the life of a request: written once, never changed."""

    authorization = models.ForeignKey(
        AuthorizationRequest, verbose_name="aanvraag", on_delete=models.CASCADE, related_name="events"
    )
    move = models.CharField("stap", max_length=20)
    status = models.CharField("status", max_length=24, choices=Status.choices())
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="door", null=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField("op")
    note = EncryptedTextField("toelichting", default="", blank=True)
    internal = models.BooleanField("alleen voor de verzekeraar", default=False)

    class Meta:
        verbose_name = "gebeurtenis"
        verbose_name_plural = "gebeurtenissen"
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(
                name="event_note_is_sealed",
                condition=all_sealed("note"),
                violation_error_message="De toelichting wordt versleuteld bewaard.",
            )
        ]
        indexes = [models.Index(fields=["authorization", "at"], name="events_of_request")]

    def __str__(self) -> str:
        return f"{self.authorization_id}: {self.move}"


class TermPause(models.Model):
    """An interval in which the decision term rests, because the provider has a question to answer (R-18)."""

    authorization = models.ForeignKey(
        AuthorizationRequest, verbose_name="aanvraag", on_delete=models.CASCADE, related_name="pauses"
    )
    started_at = models.DateTimeField("begonnen op")
    ended_at = models.DateTimeField("geëindigd op", null=True)

    class Meta:
        verbose_name = "rust van de termijn"
        verbose_name_plural = "rusten van de termijn"
        ordering = ["started_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["authorization"],
                condition=Q(ended_at=None),
                name="one_open_pause",
                violation_error_message="De termijn rust al.",
            ),
            models.CheckConstraint(
                name="pause_in_order",
                condition=Q(ended_at=None) | Q(ended_at__gte=F("started_at")),
                violation_error_message="De rust eindigt voordat zij begint.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.authorization_id}: {self.started_at}"


class TermWarning(models.Model):
    """A warning that the decision term is near or over: once per request, due date, level and addressee."""

    authorization = models.ForeignKey(
        AuthorizationRequest, verbose_name="aanvraag", on_delete=models.CASCADE, related_name="warnings"
    )
    due_on = models.DateField("uiterste besluitdatum")
    level = models.CharField("niveau", max_length=10, choices=[("soon", "Bijna voorbij"), ("overdue", "Voorbij")])
    audience = models.CharField(
        "voor",
        max_length=12,
        choices=[("advisor", "Medisch adviseur"), ("coordinator", "Coördinator"), ("provider", "Zorgaanbieder")],
    )
    at = models.DateTimeField("op")

    class Meta:
        verbose_name = "waarschuwing"
        verbose_name_plural = "waarschuwingen"
        constraints = [
            models.UniqueConstraint(
                fields=["authorization", "due_on", "level", "audience"],
                name="term_warning_once",
                violation_error_message="Deze waarschuwing is al gegeven.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.authorization_id}: {self.level}"
