from accounts.models.invitations import Invitation
from accounts.models.memberships import Membership
from accounts.models.organizations import Location, Organization
from accounts.models.users import User

__all__ = ["Invitation", "Location", "Membership", "Organization", "User"]
