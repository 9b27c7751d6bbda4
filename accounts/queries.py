"""What you can ask about people and their organisations."""

from collections.abc import Iterable
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db.models import F, Prefetch, QuerySet

from accounts.domain.actors import Actor
from accounts.domain.roles import OrganizationKind, Role
from accounts.models import (
    AccessRequest,
    ApiKey,
    ExternalIdentity,
    Invitation,
    Location,
    Membership,
    Organization,
    User,
)


def organization(organization_id: int) -> Organization:
    """:raises Organization.DoesNotExist: when there is none"""
    return Organization.objects.get(pk=organization_id)


def insurers() -> QuerySet[Organization]:
    """Return the zorgverzekeraars, by name."""
    return Organization.objects.filter(kind=OrganizationKind.INSURER)


def providers() -> QuerySet[Organization]:
    """Return the zorgaanbieders, by name."""
    return Organization.objects.filter(kind=OrganizationKind.PROVIDER)


def locations(organization_id: int) -> QuerySet[Location]:
    """Return the locations in use, by name."""
    return Location.objects.filter(organization_id=organization_id, stopped_at=None)


def user(user_id: int) -> User:
    """:raises User.DoesNotExist: when there is none"""
    return User.objects.get(pk=user_id)


def users_by_id(user_ids: Iterable[int]) -> QuerySet[User]:
    """Return these people, by name."""
    return User.objects.filter(pk__in=user_ids).order_by("full_name", "pk")


def user_by_email(email: str) -> User | None:
    """Find someone by e-mail address, however it is typed."""
    return User.objects.filter(email=email.strip().lower()).first()


def factors_of(user_id: int) -> QuerySet[Authenticator]:
    """Return the second steps of this person, the oldest first; the recovery codes too."""
    return Authenticator.objects.filter(user_id=user_id).order_by("pk")


def is_known_elsewhere(user_id: int) -> bool:
    """Say whether this person logs in with an identity provider too."""
    return ExternalIdentity.objects.filter(user_id=user_id).exists()


def sessions_of(user_id: int) -> list[UserSession]:
    """Return where this person is logged in now, the newest first; what has ended is taken off the list."""
    found = UserSession.objects.filter(user_id=user_id).order_by("-created_at")
    return [one for one in found if not one.purge()]


def active_memberships() -> QuerySet[Membership]:
    """Return the roles that people hold now, at all organisations."""
    return Membership.objects.filter(ended_at=None, user__is_active=True)


def colleagues(organization_id: int) -> QuerySet[User]:
    """Return everybody with a role here now, by name; `colleague.roles_here` holds those memberships."""
    here = active_memberships().filter(organization_id=organization_id)
    return (
        User.objects.filter(pk__in=here.values("user_id"))
        .prefetch_related(Prefetch("memberships", queryset=here.order_by("pk"), to_attr="roles_here"))
        .order_by("full_name", "pk")
    )


def people_with(organization_id: int, *roles: Role) -> QuerySet[User]:
    """Return who holds one of these roles here now, by name."""
    here = active_memberships().filter(organization_id=organization_id, role__in=roles)
    return User.objects.filter(pk__in=here.values("user_id")).order_by("full_name", "pk")


def people_ever_at(organization_id: int) -> QuerySet[User]:
    """Return everybody who works or once worked here, by name."""
    here = Membership.objects.filter(organization_id=organization_id)
    return User.objects.filter(pk__in=here.values("user_id")).order_by("full_name", "pk")


def names_at(organization_id: int, user_ids: Iterable[int]) -> dict[int, str]:
    """Return what these people are called, by number; only who works or once worked here."""
    return _named(people_ever_at(organization_id), "full_name", user_ids)


def names_invited_by(organization_id: int, invitation_ids: Iterable[int]) -> dict[int, str]:
    """Return who was invited with these invitations of this organisation, by number."""
    return _named(Invitation.objects.filter(organization_id=organization_id), "full_name", invitation_ids)


def names_asking(insurer_id: int, request_ids: Iterable[int]) -> dict[int, str]:
    """Return which organisations asked this insurer with these questions to be let in, by number."""
    return _named(access_requests(insurer_id), "organization_name", request_ids)


def _named(rows: QuerySet[Any], field: str, numbers: Iterable[int]) -> dict[int, str]:
    wanted = set(numbers)
    return dict(rows.order_by().filter(pk__in=wanted).values_list("pk", field)) if wanted else {}


def emails_of(organization_id: int, *roles: Role) -> list[str]:
    """Return the addresses of who holds one of these roles here now."""
    return list(people_with(organization_id, *roles).values_list("email", flat=True))


def organizations_of(user_id: int) -> QuerySet[Organization]:
    """Return where this person works now, by name."""
    return Organization.objects.filter(pk__in=active_memberships().filter(user_id=user_id).values("organization_id"))


def actor_of(user: User, organization_id: int | None = None) -> Actor | None:
    """
    Return this person at work for that organisation, or for the first by name when it isn't (or no longer) theirs.

    None when the person has no role anywhere. One query.
    """
    return _at_work(active_memberships().filter(user_id=user.pk), organization_id)


def actor_by_email(email: str) -> Actor | None:
    """
    Return at work who has this address, however it is typed, for the first organisation by name.

    None when nobody has it, or who has it works nowhere. One query in each of those cases: nobody reads from the time
    that it takes whether there is such an account. Bron: ASVS 6.3.8.
    """
    return _at_work(active_memberships().filter(user__email=email.strip().lower()))


def _at_work(roles: QuerySet[Membership], organization_id: int | None = None) -> Actor | None:
    held: dict[int, list[Membership]] = {}
    sorted_roles = roles.select_related("organization", "user").order_by("organization__name", "organization_id", "pk")
    for membership in sorted_roles:
        held.setdefault(membership.organization_id, []).append(membership)
    if not held:
        return None
    here = held.get(organization_id or 0) or next(iter(held.values()))
    place, user = here[0].organization, here[0].user
    return Actor(
        user_id=user.pk,
        name=user.full_name,
        email=user.email,
        organization_id=place.pk,
        organization_name=place.name,
        organization_kind=OrganizationKind(place.kind),
        roles=frozenset(Role(membership.role) for membership in here),
        works_for=frozenset(held),
        big_number=user.big_number,
        profession=user.profession,
        shortcuts_on=user.shortcuts_on,
    )


def open_invitations(organization_id: int) -> QuerySet[Invitation]:
    """Return the invitations that nobody has accepted yet, the newest first; the expired ones too."""
    return (
        Invitation.objects.filter(organization_id=organization_id, accepted_at=None, withdrawn_at=None)
        .select_related("invited_by")
        .order_by("-invited_at", "-pk")
    )


def invitation_with(token_hash: str) -> Invitation | None:
    """Find an invitation by the hash of its secret, in whatever state."""
    return Invitation.objects.filter(token_hash=token_hash).select_related("organization", "invited_by").first()


def access_requests(insurer_id: int) -> QuerySet[AccessRequest]:
    """Return the questions to be let in that this insurer got, the oldest first."""
    return AccessRequest.objects.filter(insurer_id=insurer_id).select_related("decided_by")


def access_request_to_change(insurer_id: int, request_id: int) -> AccessRequest | None:
    """Return one of those, locked until the transaction ends."""
    mine = AccessRequest.objects.filter(insurer_id=insurer_id)
    return mine.select_for_update().filter(pk=request_id).first()


def api_keys(organization_id: int) -> QuerySet[ApiKey]:
    """Return the keys of this organisation: first those that may still work, the newest first."""
    found = ApiKey.objects.filter(organization_id=organization_id).select_related("acts_for", "made_by", "revoked_by")
    return found.order_by(F("revoked_at").desc(nulls_first=True), "-made_at", "-pk")


def api_key_to_change(organization_id: int, key_id: int) -> ApiKey | None:
    """Return one of those, locked until the transaction ends."""
    return ApiKey.objects.select_for_update().filter(organization_id=organization_id, pk=key_id).first()


def api_key_beginning(prefix: str) -> ApiKey | None:
    """Find a key by what may be seen of it, in whatever state."""
    return ApiKey.objects.filter(prefix=prefix).select_related("acts_for", "organization").first()


def names_of_keys(organization_id: int, key_ids: Iterable[int]) -> dict[int, str]:
    """Return what these keys of this organisation are called, by number."""
    return _named(ApiKey.objects.filter(organization_id=organization_id), "name", key_ids)


def words_about(user: User, organizations: Iterable[Organization] = ()) -> list[str]:
    """Return the names that a password of this person may not be made of."""
    places = [*organizations, *(organizations_of(user.pk) if user.pk else ())]
    return [user.full_name, user.email, *(place.name for place in places), *(place.city for place in places)]


def organization_to_change(organization_id: int) -> Organization:
    """Return the organisation, locked until the transaction ends."""
    return Organization.objects.select_for_update().get(pk=organization_id)


def location_to_change(organization_id: int, location_id: int) -> Location:
    """
    Return a location in use of this organisation, locked until the transaction ends.

    :raises Location.DoesNotExist: when it is somebody else's, or no longer in use
    """
    return locations(organization_id).select_for_update().get(pk=location_id)


def user_to_change(user_id: int) -> User:
    """Return the person, locked until the transaction ends."""
    return User.objects.select_for_update().get(pk=user_id)


def invitation_to_change(token_hash: str) -> Invitation | None:
    """Return the invitation, locked until the transaction ends."""
    return Invitation.objects.select_for_update().filter(token_hash=token_hash).first()
