"""What is remembered of who looked at what."""

from audit.models.events import AccessEvent
from audit.models.reviews import LogReview
from audit.models.seals import Erasure, Seal

__all__ = ["AccessEvent", "Erasure", "LogReview", "Seal"]
