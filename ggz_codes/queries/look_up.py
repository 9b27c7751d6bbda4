"""
Look a code up, whichever list knows it: the catalogue that ships with the portal, and the releases in use.

Codes are public: everybody may ask. A code is found by itself or by words; the key is always the kind with the code:
two codes may have the same description (G-22).
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db import connection, transaction

from ggz_codes.domain import release_words, shipped, shipped_words, validity
from ggz_codes.domain.release_terms import DiffKind, LinkKind, RowKind
from ggz_codes.domain.validity import Period, Standing, Successor, Validity, standing
from ggz_codes.models import Prestatie, ReleasedCode, ReleasedLink, Zorgtype
from ggz_codes.queries import releases
from kit.postgres.plans import whole_tables

GGZ = "GGZ"
OF_S2 = (RowKind.DECLARATIECODE, RowKind.ZORGTYPE)
"""Kinds of code of which S2 tells what came after, and what belongs to what."""
DOMAINS = {
    "GGZ": "Geestelijke gezondheidszorg",
    "MSR": "Medisch-specialistische revalidatie",
    "MSZ": "Medisch-specialistische zorg",
    "ZPM": "Zorgprestatiemodel",
}
# Of a code that a release names, our own list tells only of the days before (domain/validity.before).
# Of each code the wording that holds on the day, or else the last; the codes that begin with what was typed come first.
FIND = """
SELECT kind, domain, code, description, "group", valid_from, valid_until, count(*) OVER ()
FROM (
    SELECT DISTINCT ON (code, kind, only_in) kind, domain, code, description, "group", valid_from, valid_until
    FROM (
        SELECT 'declaratiecode' AS kind, domain, code, description, "group", valid_from,
            LEAST(valid_until, told.last_day) AS valid_until
        FROM ggz_codes_prestatie LEFT JOIN LATERAL (
            SELECT min(coalesce(released.valid_from, '-infinity')) - 1 AS last_day
            FROM ggz_codes_releasedcode AS released
            WHERE released.state = 'in_force' AND released.kind = 'declaratiecode'
                AND released.code = ggz_codes_prestatie.code
        ) AS told ON true
        WHERE (told.last_day IS NULL OR told.last_day >= coalesce(valid_from, '0001-01-01'))
            AND (code LIKE %(begin)s OR zorgproduct_code LIKE %(begin)s OR {said})
        UNION ALL
        SELECT 'zorgtype', 'GGZ', code, description, "group", valid_from, LEAST(valid_until, told.last_day)
        FROM ggz_codes_zorgtype LEFT JOIN LATERAL (
            SELECT min(coalesce(released.valid_from, '-infinity')) - 1 AS last_day
            FROM ggz_codes_releasedcode AS released
            WHERE released.state = 'in_force' AND released.kind = 'zorgtype'
                AND released.code = ggz_codes_zorgtype.code
        ) AS told ON true
        WHERE (told.last_day IS NULL OR told.last_day >= coalesce(valid_from, '0001-01-01'))
            AND (code LIKE %(begin)s OR {said})
        UNION ALL
        SELECT kind, domain, code, description, "group", valid_from, valid_until
        FROM ggz_codes_releasedcode WHERE state = 'in_force' AND code LIKE %(begin)s {said_in_releases}
    ) AS known
    -- A declaratiecode is one code, in whichever list; a diagnose or zorgtype is of its specialism.
    CROSS JOIN LATERAL (SELECT CASE WHEN kind = 'declaratiecode' THEN '' ELSE domain END AS only_in) AS own
    WHERE (%(kind)s = '' OR kind = %(kind)s)
      AND (NOT %(valid)s OR daterange(valid_from, valid_until, '[]') @> %(day)s::date)
    ORDER BY code, kind, only_in, daterange(valid_from, valid_until, '[]') @> %(day)s::date DESC,
             valid_from DESC NULLS LAST
) AS found
ORDER BY code LIKE %(begin)s DESC, code, kind, domain LIMIT %(limit)s OFFSET %(offset)s
"""
# The longest word apart: an index finds what has one word, not what has all of a list (released_words_search).
HAS_WORDS = """((description || ' ' || "group") ILIKE %(longest)s
    AND (description || ' ' || "group") ILIKE ALL (%(words)s::text[]))"""
IN_RELEASES = """
        UNION ALL
        SELECT kind, domain, code, description, "group", valid_from, valid_until
        FROM ggz_codes_releasedwords
        JOIN ggz_codes_releasedcode ON (description || ' ' || "group") = words AND state = 'in_force'
        WHERE words ILIKE %(longest)s AND words ILIKE ALL (%(words)s::text[])
"""
BY_CODE = FIND.replace("{said}", "false").replace("{said_in_releases}", "")
BY_CODE_OR_WORDS = FIND.replace("{said}", HAS_WORDS).replace("{said_in_releases}", IN_RELEASES)


@dataclass(frozen=True)
class Found:
    """A code, in the wording that matters on the day that was asked."""

    kind: RowKind
    domain: str
    code: str
    description: str
    group: str
    period: Period
    day: date

    @property
    def standing(self) -> Standing:
        """Return how it stands on that day."""
        return standing([self.period], self.day)

    @property
    def successors(self) -> tuple[Successor, ...]:
        """Return what came in its place, when it has ended and that is known."""
        ended = self.standing is Standing.ENDED and self.domain == GGZ
        return shipped.successors().get(self.code, ()) if ended else ()


@dataclass(frozen=True)
class Version:
    """A wording of a code with its period, and where that stands."""

    domain: str
    description: str
    group: str
    period: Period
    origin: str
    note: str = ""
    minutes: tuple[int | None, int | None] = (None, None)
    zorgproduct: str = ""
    cents: int | None = None
    tariff_kind: str = ""
    consumer: str = ""
    longest: int | None = None
    """How many days a subtraject of this zorgtype stays open at most."""
    facts: str = ""
    """Everything else that its source says of it, to see whether anything changed."""

    @property
    def source(self) -> str:
        """Return where it stands, as everybody may read it."""
        return shipped_words.source(self.origin)

    @property
    def remark(self) -> str:
        """Return what is noted with it, as everybody may read it."""
        return shipped_words.note(self.note)

    @property
    def price(self) -> str:
        """Return the tariff as people read it, from whole cents; empty without one."""
        return "" if self.cents is None else release_words.euros(self.cents)


@dataclass(frozen=True)
class InDomain:
    """A code as one domain uses it: the same figures are another code elsewhere."""

    domain: str
    name: str
    validity: Validity
    versions: tuple[Version, ...]


def search(
    typed: str, *, day: date, kind: str = "", only_valid: bool = False, limit: int = 50, offset: int = 0
) -> tuple[list[Found], int]:
    """
    Return the codes that begin with what was typed or have all its words in description or group, and how many.

    A declaratiecode is also found by the zorgproduct that it stands for. What begins with a figure, or has one or two
    signs, is the begin of a code; only when no code begins so it is looked for in the words.
    Nothing typed finds everything. `only_valid` leaves out what doesn't hold on the day.
    """
    words = typed.replace("\x00", "").split()
    begin = _literal(words[0].upper()) + "%" if len(words) == 1 else None
    values: dict[str, Any] = {
        "begin": begin,
        "words": [f"%{_literal(word)}%" for word in words] or ["%"],
        "longest": f"%{_literal(max(words, key=len, default=''))}%",
        "kind": kind,
        "valid": only_valid,
        "day": day,
        "limit": limit,
        "offset": offset,
    }
    by_code = len(words) == 1 and _is_begin_of_code(words[0])
    rows = _ask(BY_CODE, values) if by_code else _by_code_or_words(values)
    if by_code and not rows and not (offset and _ask(BY_CODE, values | {"offset": 0})):
        rows = _by_code_or_words(values)
    found = [Found(RowKind(row[0]), row[1], row[2], row[3], row[4], Period(row[5], row[6]), day) for row in rows]
    return found, rows[0][7] if rows else 0


def versions(kind: RowKind, code: str) -> list[Version]:
    """
    Return every wording of a code, the oldest first; none for a code that no list knows.

    A declaratiecode may be known only as what zorgproducten are declared under: then those are told.
    """
    told = list(_released(kind, code))
    kept = ((one, validity.before([one.period], [row.period for row in told])) for one in _shipped(kind, code))
    found = [replace(one, period=period) for one, periods in kept for period in periods] + told
    if not found and kind is RowKind.DECLARATIECODE:
        found = list(_declared(code))
    return sorted(found, key=lambda one: (one.domain, one.period.valid_from or date.min, one.description))


def validity_on(kind: RowKind, code: str, known: Sequence[Version], day: date) -> Validity:
    """Tell how a code with these wordings stands on a day, and what came in its place when it has ended. Bron: R-27."""
    after = shipped.successors().get(code, ()) if kind in OF_S2 else ()
    return validity.validity(code, [version.period for version in known], day, after)


def by_domain(kind: RowKind, code: str, known: Sequence[Version], day: date) -> list[InDomain]:
    """Tell of each domain that uses these wordings of a code how it stands there on a day."""
    domains = list(dict.fromkeys(version.domain for version in known))
    names = domain_names(domains)
    return [
        InDomain(one, names.get(one, one), validity_on(kind, code, mine, day), mine)
        for one in domains
        for mine in [tuple(version for version in known if version.domain == one)]
    ]


def domain_names(domains: Collection[str]) -> dict[str, str]:
    """Return what domains are called: a specialism as the releases in use have it, the last wording."""
    return DOMAINS | dict(releases.in_force(RowKind.SPECIALISME, domains).values_list("code", "description"))


def known(kind: RowKind, codes: Collection[str]) -> set[str]:
    """Return which of these codes the releases in use have."""
    return set(releases.in_force(kind, codes).values_list("code", flat=True))


def declared_as(zorgproduct: str) -> Sequence[tuple[str, Period]]:
    """Return under which declaratiecodes a zorgproduct is declared, with the days. Bron: codes.md section 0."""
    return [(link.to_code, link.period) for link in releases.links(LinkKind.DECLARED_AS, of=zorgproduct)]


def declares(declaratiecode: str) -> Sequence[tuple[str, Period]]:
    """Return which zorgproducten are declared under a code, with the days: many to many over the years (IM23)."""
    return [(link.from_code, link.period) for link in releases.links(LinkKind.DECLARED_AS, to=declaratiecode)]


def _shipped(kind: RowKind, code: str) -> Iterator[Version]:
    if kind is RowKind.DECLARATIECODE:
        for one in Prestatie.objects.filter(code=code).order_by("zorgproduct_code", "valid_from"):
            minutes = (one.minutes_from, one.minutes_until)
            yield Version(
                one.domain, one.description, one.group, one.period, one.source, one.note, minutes, one.zorgproduct_code
            )
    if kind is RowKind.ZORGTYPE:
        for row in Zorgtype.objects.filter(code=code).order_by("valid_from"):
            yield Version(GGZ, row.description, row.group, row.period, row.source, row.note)


def _released(kind: RowKind, code: str) -> Iterator[Version]:
    for one in releases.in_force(kind, [code]).select_related("release", "replaces__release"):
        longest = str(one.facts.get("looptijd", ""))
        yield Version(
            one.domain,
            one.description,
            one.group,
            one.period,
            _origin(one),
            minutes=(one.minutes_from, one.minutes_until),
            cents=one.cents,
            tariff_kind=one.tariff_kind,
            consumer=one.consumer,
            longest=int(longest) if longest.isdecimal() and int(longest) else None,
            facts=str(sorted((name, fact) for name, fact in one.facts.items() if name != "bron_regel")),
        )


def _declared(code: str) -> Iterator[Version]:
    """Give when zorgproducten are declared under a code, insured or not."""
    links = releases.links(LinkKind.DECLARED_AS, LinkKind.DECLARED_UNINSURED, to=code)
    for one in links.select_related("release", "replaces__release"):
        words = "Voor zorg die niet verzekerd is" if one.kind == LinkKind.DECLARED_UNINSURED else ""
        yield Version(one.from_domain, words, "", one.period, _origin(one), zorgproduct=one.from_code)


def _origin(row: ReleasedCode | ReleasedLink) -> str:
    """Return from which release the words are; when a newer one only put an end to the row, that one as well."""
    said: Any = row
    while said.diff == DiffKind.CUT and said.replaces:
        said = said.replaces
    return said.release.named if said is row else f"{said.release.named}; afgesloten door {row.release}"


def _is_begin_of_code(word: str) -> bool:
    return word[0].isdigit() or len(word) < 3


@transaction.atomic
def _by_code_or_words(values: dict[str, Any]) -> list[tuple[Any, ...]]:
    # Until PostgreSQL has counted a new release it would go through all of its codes for each of its words.
    with whole_tables():
        return _ask(BY_CODE_OR_WORDS, values)


def _ask(statement: str, values: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall()


def _literal(word: str) -> str:
    return word.replace("\\", "\\\\").replace("%", r"\%").replace("_", r"\_")
