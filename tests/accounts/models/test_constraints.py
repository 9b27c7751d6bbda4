"""Each rule of integrity is the database's own."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from accounts.domain.roles import Role
from accounts.models import Membership, Organization, User
from tests.factories.accounts import (
    STARTED_AT,
    InvitationFactory,
    LocationFactory,
    MembershipFactory,
    OrganizationFactory,
    UserFactory,
    insurer,
)

pytestmark = pytest.mark.django_db


def test_an_address_is_one_person_whatever_the_capitals():
    UserFactory(email="Noor@Voorbeeld.nl")
    with pytest.raises(IntegrityError, match="email"):
        UserFactory(email="noor@voorbeeld.NL")


def test_an_address_is_kept_in_small_letters():
    user = UserFactory()
    with pytest.raises(IntegrityError, match="user_email_in_small_letters"):
        User.objects.filter(pk=user.pk).update(email="Noor@voorbeeld.nl")


@pytest.mark.parametrize(
    ("values", "constraint"),
    [
        ({"full_name": "  "}, "user_has_a_name"),
        ({"big_number": "1901234567"}, "user_big_number_11_digits"),
        ({"big_number": "1901234567x"}, "user_big_number_11_digits"),
        ({"agb_code": "123"}, "user_agb_code_8_digits"),
    ],
)
def test_people(values, constraint):
    with pytest.raises(IntegrityError, match=constraint):
        UserFactory(**values)


@pytest.mark.parametrize(
    ("values", "constraint"),
    [
        ({"kind": "anders"}, "organization_kind_known"),
        ({"name": ""}, "organization_has_a_name"),
        ({"agb_code": "2299"}, "organization_agb_code_8_digits"),
        ({"agb_code": ""}, "provider_has_agb_code"),
        ({"kvk_number": "123"}, "organization_kvk_number_8_digits"),
        ({"uzovi": "33111"[:3]}, "organization_uzovi_4_digits"),
        ({"postcode": "1234AB"}, "organization_postcode_form"),
        ({"postcode": "0234 AB"}, "organization_postcode_form"),
    ],
)
def test_organizations(values, constraint):
    with pytest.raises(IntegrityError, match=constraint):
        OrganizationFactory(**values)


def test_an_insurer_needs_no_agb_code():
    assert insurer(agb_code="").pk


def test_two_organizations_never_share_a_code():
    OrganizationFactory(agb_code="22990001")
    with pytest.raises(IntegrityError, match="organization_agb_code_once"), transaction.atomic():
        OrganizationFactory(agb_code="22990001")
    insurer(uzovi="9999")
    with pytest.raises(IntegrityError, match="organization_uzovi_once"):
        insurer(uzovi="9999")


@pytest.mark.parametrize(
    ("values", "constraint"),
    [
        ({"name": " "}, "location_has_a_name"),
        ({"agb_code": "1"}, "location_agb_code_8_digits"),
        ({"postcode": "x"}, "location_postcode_form"),
        ({"stopped_at": STARTED_AT}, "location_stopped_pair"),
    ],
)
def test_locations(values, constraint):
    with pytest.raises(IntegrityError, match=constraint):
        LocationFactory(**values)


def test_a_name_of_a_location_is_used_once_at_a_time():
    first = LocationFactory(name="Noord")
    with pytest.raises(IntegrityError, match="location_name_once"), transaction.atomic():
        LocationFactory(name="Noord", organization=first.organization)
    first.stopped_at, first.stopped_by = STARTED_AT, UserFactory()
    first.save()
    assert not first.active
    assert LocationFactory(name="Noord", organization=first.organization).active


@pytest.mark.parametrize("role", [Role.MEDISCH_ADVISEUR, Role.BEHEERDER])
def test_a_provider_has_no_roles_of_an_insurer(role):
    with pytest.raises(IntegrityError, match="membership_role_fits_kind"):
        MembershipFactory(role=role.value)


def test_an_insurer_has_no_roles_of_a_provider():
    with pytest.raises(IntegrityError, match="membership_role_fits_kind"):
        MembershipFactory(organization=insurer(), role=Role.INDIENER.value)


def test_a_membership_can_not_lie_about_the_kind_of_its_organization():
    with pytest.raises(IntegrityError, match="membership_kind_of_organization"), transaction.atomic():
        MembershipFactory(organization_kind="insurer", role=Role.MEDISCH_ADVISEUR.value)
        connection.check_constraints()


def test_an_organization_with_people_keeps_its_kind():
    place = MembershipFactory().organization
    with pytest.raises(IntegrityError, match="membership_kind_of_organization"):
        Organization.objects.filter(pk=place.pk).update(kind="insurer")


def test_a_role_is_held_once_at_a_time():
    held = MembershipFactory()
    again = {"user": held.user, "organization": held.organization, "role": held.role}
    with pytest.raises(IntegrityError, match="membership_once_active"), transaction.atomic():
        MembershipFactory(**again)
    Membership.objects.filter(pk=held.pk).update(ended_at=STARTED_AT, ended_by=held.user)
    assert MembershipFactory(**again).pk


@pytest.mark.parametrize("values", [{"ended_at": STARTED_AT}, {"ended_by": True}])
def test_who_and_when_a_role_ended_come_in_pairs(values):
    if "ended_by" in values:
        values = {"ended_by": UserFactory()}
    with pytest.raises(IntegrityError, match="membership_ended_pair"):
        MembershipFactory(**values)


def test_a_role_does_not_end_before_it_begins():
    with pytest.raises(IntegrityError, match="membership_ends_after_start"):
        MembershipFactory(ended_at=STARTED_AT.replace(year=2025), ended_by=UserFactory())


@pytest.mark.parametrize(
    ("values", "constraint"),
    [
        ({"email": "Noor@voorbeeld.nl"}, "invitation_email_in_small_letters"),
        ({"roles": []}, "invitation_has_roles"),
        ({"roles": ["koning"]}, "invitation_has_roles"),
        ({"expires_at": STARTED_AT}, "invitation_expires_later"),
        ({"accepted_at": STARTED_AT}, "invitation_accepted_pair"),
        ({"withdrawn_at": STARTED_AT}, "invitation_withdrawn_pair"),
    ],
)
def test_invitations(values, constraint):
    with pytest.raises(IntegrityError, match=constraint):
        InvitationFactory(**values)


def test_an_invitation_is_not_both_accepted_and_withdrawn():
    someone = UserFactory()
    both = {"accepted_at": STARTED_AT, "accepted_by": someone, "withdrawn_at": STARTED_AT, "withdrawn_by": someone}
    with pytest.raises(IntegrityError, match="invitation_not_accepted_and_withdrawn"):
        InvitationFactory(**both)


def test_one_open_invitation_per_person_and_organization():
    first = InvitationFactory()
    with pytest.raises(IntegrityError, match="invitation_once_open"):
        InvitationFactory(organization=first.organization, email=first.email)


@pytest.mark.parametrize("first", [Role.LOGBEHEERDER, Role.LEZER])
def test_a_logbeheerder_has_no_other_role_at_the_same_organisation(first):
    held = MembershipFactory(role=first.value)
    second = Role.LEZER if first == Role.LOGBEHEERDER else Role.LOGBEHEERDER
    again = {"user": held.user, "organization": held.organization, "role": second.value}
    with pytest.raises(IntegrityError, match="membership_logbeheerder_alone"), transaction.atomic():
        MembershipFactory(**again)
    assert MembershipFactory(user=held.user, role=second.value).pk, "elsewhere is another matter"
    Membership.objects.filter(pk=held.pk).update(ended_at=STARTED_AT, ended_by=held.user)
    assert MembershipFactory(**again).pk, "one after the other"


def test_the_rule_of_the_logbeheerder_is_told_in_dutch():
    held = MembershipFactory(role=Role.LEZER.value)
    wanted = MembershipFactory.build(
        user=held.user, organization=held.organization, role=Role.LOGBEHEERDER.value, started_by=held.user
    )
    with pytest.raises(ValidationError, match="geen andere rol"):
        wanted.full_clean()


def test_nobody_is_invited_as_logbeheerder_and_something_else():
    assert InvitationFactory(roles=["logbeheerder"]).pk
    with pytest.raises(IntegrityError, match="invitation_logbeheerder_alone"):
        InvitationFactory(roles=["logbeheerder", "lezer"])
