"""
The tables of codes that are known by their columns: what stands where, and what becomes of a row.

Bron: codes.md sections 2 and 3.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from ggz_codes.domain import release_cells as cells
from ggz_codes.domain.release_cells import BadCell
from ggz_codes.domain.release_rows import MSZ, CodeRow, Fault, Found, LinkRow, Mended, Place
from ggz_codes.domain.release_terms import Layout, LinkKind, RowKind

DOMAINS = ("MSR", "GGZ", "MSZ", "ZPM")


@dataclass(frozen=True)
class Link:
    """A column that names another code."""

    column: str
    kind: LinkKind
    to: RowKind


@dataclass(frozen=True)
class Table:
    """
    A table: which columns it is known by, and which of them hold what.

    Without `kind` a column `soort` says it; `domain` is a fixed word or, with `:` in front, a column.
    """

    name: str
    layout: Layout
    needed: frozenset[str]
    code: str
    kind: RowKind | None
    description: str
    domain: str = MSZ
    valid_from: str = ""
    valid_until: str = ""
    exclusive: bool = False
    encoding: str = "utf-8"
    consumer: str = ""
    group: str = ""
    minutes: tuple[str, str] = ("", "")
    cents: str = ""
    tariff_kind: tuple[str, ...] = ()
    facts: Mapping[str, str] = field(default_factory=dict)
    links: tuple[Link, ...] = ()

    @property
    def columns(self) -> frozenset[str]:
        """Return every column that is looked at; what else there is, is left."""
        domain = {self.domain.removeprefix(":")} if self.domain.startswith(":") else set()
        other = {self.consumer, self.group, self.cents, *self.minutes, *self.tariff_kind, *self.facts.values()}
        return frozenset(self.needed | other | domain | {one.column for one in self.links}) - {""}


CANONICAL_COLUMNS = (
    *("soort", "domein", "code", "omschrijving", "omschrijving_consument", "groep", "geldig_vanaf", "geldig_tot"),
    *("minuten_van", "minuten_tot", "tarief_eurocent", "tariefsoort", "relatie_soort", "relatie_code", "bron_regel"),
)
CANONICAL = Table(
    name="canonieke tabel",
    layout=Layout.CANONICAL,
    needed=frozenset(CANONICAL_COLUMNS),
    code="code",
    kind=None,
    description="omschrijving",
    domain=":domein",
    valid_from="geldig_vanaf",
    valid_until="geldig_tot",
    consumer="omschrijving_consument",
    group="groep",
    minutes=("minuten_van", "minuten_tot"),
    cents="tarief_eurocent",
    tariff_kind=("tariefsoort",),
    facts={"bron_regel": "bron_regel"},
)
NZA = {"layout": Layout.NZA_MSZ_CSV, "encoding": "latin-1", "valid_from": "ingangsdatum", "valid_until": "einddatum"}
PRODUCTS = Table(
    name="Zorgproducten Tabel",
    needed=frozenset({"zorgproductcode", "zorgproductomschrijving", "ingangsdatum", "einddatum"}),
    code="zorgproductcode",
    kind=RowKind.ZORGPRODUCT,
    description="zorgproductomschrijving",
    consumer="zorgproduct_consumentenomschrijving",
    group="zorgproductgroep_code",
    facts={"wbmv": "zorgproduct_wbmv_code"},
    links=(
        Link("declaratiecode_verzekerde_zorg", LinkKind.DECLARED_AS, RowKind.DECLARATIECODE),
        Link("declaratiecode_onverzekerde_zorg", LinkKind.DECLARED_UNINSURED, RowKind.DECLARATIECODE),
    ),
    **NZA,  # type: ignore[arg-type]
)
TARIFFS = Table(
    name="Tarieven Tabel",
    needed=frozenset({"declaratiecode", "tarief", "ingangsdatum", "einddatum", "omschrijving_declaratiecode"}),
    code="declaratiecode",
    kind=RowKind.TARIEF,
    description="omschrijving_declaratiecode",
    domain=":agb_specialisme",
    group="productgroepcode",
    cents="tarief",
    tariff_kind=("agb_uitvoerder", "kostensoort", "soort_tarief", "soort_honorarium"),
    facts={"tarieftype": "tarieftype", "eenheid": "declaratie_eenheid", "segment": "segment_aanduiding"},
    **NZA,  # type: ignore[arg-type]
)
ACTIVITIES = Table(
    name="Zorgactiviteiten Tabel",
    needed=frozenset({"zorgactiviteit_code", "omschrijving", "zpk_code", "ingangsdatum", "einddatum"}),
    code="zorgactiviteit_code",
    kind=RowKind.ZORGACTIVITEIT,
    description="omschrijving",
    consumer="consumenten_omschrijving",
    facts={
        "zpk": "zpk_code",
        "wbmv": "wbmv_code",
        "aanspraak": "aanspraak_code",
        "eenheid": "eenheid",
        "op_nota": "op_nota",
    },
    **NZA,  # type: ignore[arg-type]
)
GROUPS = Table(
    name="Zorgproductgroepen Tabel",
    needed=frozenset({"zorgproductgroep_code", "zorgproductgroep_omschrijving", "ingangsdatum", "einddatum"}),
    code="zorgproductgroep_code",
    kind=RowKind.PRODUCTGROEP,
    description="zorgproductgroep_omschrijving",
    **NZA,  # type: ignore[arg-type]
)
VEKTIS = Table(
    name="Vektis-codelijst",
    layout=Layout.VEKTIS,
    needed=frozenset({"code", "betekenis", "datum_ingang", "datum_expiratie"}),
    code="code",
    kind=RowKind.CODELIJST,
    description="betekenis",
    domain="",
    valid_from="datum_ingang",
    valid_until="datum_expiratie",
    exclusive=True,
    facts={"toelichting": "toelichting"},
)


def _list(name: str, kind: RowKind, *, code: str = "code", description: str = "beschrijving", **more: Any) -> Table:
    """Return a sheet of NZa's workbook of the GGZ, whose columns all begin with the name of the list."""

    def column(field_: str) -> str:
        return f"{name}_{field_}"

    return Table(
        name=name,
        layout=Layout.WORKBOOK,
        needed=frozenset(column(one) for one in (code, "begindatum", "einddatum")),
        code=column(code),
        kind=kind,
        description=column(description) if description else "",
        domain="GGZ",
        valid_from=column("begindatum"),
        valid_until=column("einddatum"),
        group=column("groepcode") if description else column("productgroep_code"),
        **more,
    )


LISTS = (
    _list("cl_zorgtype", RowKind.ZORGTYPE),
    _list("cl_productgroep_ggz", RowKind.PRODUCTGROEP),
    _list("cl_diagnose", RowKind.DIAGNOSE),
    _list("cl_circuit", RowKind.CODELIJST),
    _list("cl_redensluiten", RowKind.AFSLUITREDEN),
    _list(
        "cl_prestatiecode_ggz",
        RowKind.PRESTATIECODE,
        code="dbc_prestatiecode",
        description="",
        links=(Link("cl_prestatiecode_ggz_declaratiecode", LinkKind.DECLARED_AS, RowKind.DECLARATIECODE),),
    ),
)
TABLES = (CANONICAL, PRODUCTS, TARIFFS, ACTIVITIES, GROUPS, VEKTIS, *LISTS)


def heading(text: str) -> str:
    """Return the name of a column as it is looked up: small letters, words joined."""
    return "_".join(cells.clean(text).lower().replace("-", "_").split())


def table_of(header: Sequence[str]) -> Table | None:
    """Return the table that has these columns: the one of which most are there."""
    names = {heading(one) for one in header}
    known = [one for one in TABLES if one.needed <= names]
    return max(known, key=lambda one: len(one.needed)) if known else None


class Reader:
    """Reads the rows of one table. `package` names the list where the file itself doesn't (Vektis)."""

    def __init__(self, table: Table, header: Sequence[str], *, name: str, package: str) -> None:
        self.table, self.name = table, name
        self.domain = table.domain or package.upper()[:20]
        self.columns = [heading(one) for one in header]

    def read(self, row: Sequence[str], number: int) -> Iterator[Found]:
        """Yield what a row gives: codes and links, or everything that is wrong with it."""
        place = Place(self.name, number)
        if not any(cells.clean(one) for one in row):
            return
        if len(row) != len(self.columns):
            told = f"Deze regel heeft {len(row)} kolommen. De eerste regel heeft er {len(self.columns)}."
            yield Fault(place, "", " | ".join(row)[:100], told)
            return
        yield from _Row(self, dict(zip(self.columns, row, strict=True)), place).found()


class _Row:
    """One row while it is being read: each cell that is wrong becomes a fault, and the others are read all the same."""

    def __init__(self, reader: Reader, row: Mapping[str, str], place: Place) -> None:
        self.reader, self.table, self.row, self.place = reader, reader.table, row, place
        self.faults: list[Fault] = []
        self.mended: list[Mended] = []

    def found(self) -> Iterator[Found]:
        table = self.table
        kind = table.kind or self._term("soort", RowKind)
        domain = self._domain()
        code = self._code(table.code, kind, domain) if kind else ""
        description = self._read(table.description, cells.wording, "")[:500]
        if table.description and not description and not self.faults:
            self._fault(table.description, "Hier moet een omschrijving staan.")
        begin: date | None = self._read(table.valid_from, cells.day, None)
        end: date | None = self._read(table.valid_until, cells.before if table.exclusive else cells.last_day, None)
        period = self._attempt(table.valid_until, lambda: cells.period(begin, end))
        minutes = [self._read(one, cells.whole, None) for one in table.minutes]
        if None not in minutes and minutes[1] < minutes[0]:
            self._fault(table.minutes[1], "De minuten staan in de verkeerde volgorde.")
        price = self._read(table.cents, cells.cents, None)
        if table.kind == RowKind.TARIEF and price is None and not self.faults:
            self._fault(table.cents, "Hier moet een bedrag staan.")
        kinds = [self._read(one, cells.wording, "") for one in table.tariff_kind]
        facts = {name: self._read(one, cells.wording, "") for name, one in table.facts.items()}
        consumer = self._read(table.consumer, cells.wording, "")[:500]
        group = self._read(table.group, cells.wording, "")[:80]
        links = list(self._links(kind, domain, code, period)) if kind else []
        if self.faults or kind is None or period is None:
            yield from self.faults
            return
        yield from self.mended
        yield CodeRow(
            kind=kind,
            domain=domain,
            code=code,
            description=description,
            place=self.place,
            period=period,
            consumer=consumer,
            group=group,
            minutes_from=minutes[0],
            minutes_until=minutes[1],
            cents=price,
            tariff_kind=" / ".join(one for one in kinds if one)[:80],
            facts={name: one for name, one in facts.items() if one},
        )
        yield from links

    def _links(self, kind: RowKind, domain: str, code: str, period: Any) -> Iterator[LinkRow]:
        wanted = [(one.column, one.kind, one.to) for one in self.table.links if self._said(one.column)]
        if self.table is CANONICAL and (self._said("relatie_soort") or self._said("relatie_code")):
            link = self._term("relatie_soort", LinkKind)
            if link:
                wanted.append(("relatie_code", link, to_of(link, kind)))
        for column, link, to in wanted:
            other = self._code(column, to, domain)
            if period:
                yield LinkRow(link, kind, domain, code, to, other, self.place, period)

    def _domain(self) -> str:
        if not self.reader.domain.startswith(":"):
            return self.reader.domain
        column = self.reader.domain[1:]
        said = self._said(column).upper()
        if self.table is CANONICAL:
            if said not in DOMAINS and not (len(said) == 4 and said.isdigit()):
                self._fault(column, f"Dit domein kennen wij niet. Kies {', '.join(DOMAINS)} of een specialisme.")
            return said
        # The table of tariffs leaves it empty for what holds for every specialism.
        return self._code(column, RowKind.SPECIALISME, "") if said else MSZ

    def _code(self, column: str, kind: RowKind, domain: str) -> str:
        read = self._attempt(column, lambda: cells.code(self.row.get(column, ""), kind, domain))
        if read and read.warning:
            self.mended.append(Mended(self.place, column, read.warning))
        return read.value if read else ""

    def _term(self, column: str, term: type[Any]) -> Any:
        said = self._said(column).lower()
        known = [one.value for one in term]
        if said in known:
            return term(said)
        self._fault(column, f"Dit kennen wij niet. Kies uit: {', '.join(known)}.")
        return None

    def _read(self, column: str, how: Callable[[str], Any], otherwise: Any) -> Any:
        if not column or column not in self.row:
            return otherwise
        read = self._attempt(column, lambda: how(self.row[column]))
        return otherwise if read is None else read

    def _attempt(self, column: str, how: Callable[[], Any]) -> Any:
        try:
            return how()
        except BadCell as bad:
            self._fault(column, str(bad))
            return None

    def _said(self, column: str) -> str:
        return cells.clean(self.row.get(column, ""))

    def _fault(self, column: str, message: str) -> None:
        self.faults.append(Fault(self.place, column, self._said(column)[:100], message))


def to_of(link: LinkKind, kind: RowKind) -> RowKind:
    """Return what kind of code a link leads to: of the same kind, unless the link says otherwise."""
    if link in (LinkKind.DECLARED_AS, LinkKind.DECLARED_UNINSURED):
        return RowKind.DECLARATIECODE
    return {LinkKind.LIMITED: RowKind.ZORGACTIVITEIT, LinkKind.BELONGS_TO: RowKind.ZORGTYPE}.get(link, kind)
