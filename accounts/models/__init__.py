from accounts.models.access_requests import AccessRequest
from accounts.models.api_keys import ApiKey
from accounts.models.guesses import Guesses
from accounts.models.identities import ExternalIdentity
from accounts.models.invitations import Invitation
from accounts.models.memberships import Membership
from accounts.models.organizations import Location, Organization
from accounts.models.users import User

__all__ = [
    "AccessRequest",
    "ApiKey",
    "ExternalIdentity",
    "Guesses",
    "Invitation",
    "Location",
    "Membership",
    "Organization",
    "User",
]
