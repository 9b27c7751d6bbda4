from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import Case, F, Q, SmallIntegerField, Value, When

from accounts.domain.roles import LOGBEHEERDER_ALONE, ROLES_OF, OrganizationKind, Role

ROLE_FITS_KIND = Q()
for _kind, _roles in ROLES_OF.items():
    ROLE_FITS_KIND |= Q(organization_kind=_kind.value, role__in=[role.value for role in _roles])
WATCHES = Case(When(role=Role.LOGBEHEERDER.value, then=Value(1)), default=Value(0), output_field=SmallIntegerField())


class Membership(models.Model):
    """
    One role of one person in one organisation, from a moment until a moment.

    `organization_kind` repeats the kind of the organisation, so that the database itself can hold a role to it;
    the foreign key `membership_kind_of_organization` (organization, kind) keeps the repetition true.
    """

    user = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, related_name="memberships", verbose_name="persoon"
    )
    organization = models.ForeignKey(
        "accounts.Organization", on_delete=models.PROTECT, related_name="memberships", verbose_name="organisatie"
    )
    organization_kind = models.CharField("soort organisatie", max_length=10, choices=OrganizationKind.choices())
    role = models.CharField("rol", max_length=24, choices=Role.choices())
    started_at = models.DateTimeField("begonnen op")
    started_by = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, related_name="+", verbose_name="gegeven door"
    )
    ended_at = models.DateTimeField("geëindigd op", null=True, blank=True)
    ended_by = models.ForeignKey(
        "accounts.User",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="beëindigd door",
    )

    class Meta:
        verbose_name = "rol van een persoon"
        verbose_name_plural = "rollen van personen"
        constraints = [
            models.CheckConstraint(
                name="membership_role_fits_kind",
                condition=ROLE_FITS_KIND,
                violation_error_message="Deze rol past niet bij dit soort organisatie.",
            ),
            models.UniqueConstraint(
                name="membership_once_active",
                fields=["user", "organization", "role"],
                condition=Q(ended_at=None),
                violation_error_message="Deze persoon heeft deze rol al.",
            ),
            ExclusionConstraint(
                name="membership_logbeheerder_alone",
                expressions=[
                    ("organization", RangeOperators.EQUAL),
                    ("user", RangeOperators.EQUAL),
                    (WATCHES, RangeOperators.NOT_EQUAL),
                ],
                condition=Q(ended_at=None),
                violation_error_message=LOGBEHEERDER_ALONE,
            ),
            models.CheckConstraint(
                name="membership_ended_pair",
                condition=Q(ended_at=None, ended_by=None) | Q(ended_at__isnull=False, ended_by__isnull=False),
                violation_error_message="Wie de rol beëindigde en wanneer horen bij elkaar.",
            ),
            models.CheckConstraint(
                name="membership_ends_after_start",
                condition=Q(ended_at=None) | Q(ended_at__gte=F("started_at")),
                violation_error_message="Een rol eindigt niet voordat hij begint.",
            ),
        ]

    def __str__(self) -> str:
        return f"{Role(self.role).label} bij {self.organization_id}"
