"""Numbers of requests in an address, however they were typed."""

from authorizations.domain import references


class Reference:
    """`MA-` and nine characters; so that no other page of /aanvragen/ is ever taken for a request."""

    regex = "[Mm][Aa]-[0-9A-Za-z]{9}"

    def to_python(self, value: str) -> str:
        return references.normalise(value)

    def to_url(self, value: str) -> str:
        return value
