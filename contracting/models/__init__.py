"""What is remembered about contracts."""

from contracting.models.register import Contract, ContractStep, Publication, PublishedProvider

__all__ = ["Contract", "ContractStep", "Publication", "PublishedProvider"]
