"""The next version of a policy, in the making."""

from django.utils import timezone

from accounts import queries
from accounts.domain.roles import Role
from accounts.models import Organization
from authorizations.models import PolicyDraft, PolicyVersion
from authorizations.services import policy_drafts
from tests.factories.accounts import person


def begun(insurer: Organization) -> PolicyDraft:
    """Let a beheerder of this insurer begin the next version of its policy."""
    keeper = queries.actor_of(person(Role.BEHEERDER, organization=insurer), insurer.pk)
    version = PolicyVersion.objects.filter(insurer=insurer).earliest("pk")
    assert keeper
    return policy_drafts.begin(version_id=version.pk, by=keeper, now=timezone.now())
