"""The closed lists of a release of codes: who publishes it, what its rows are, how far it is and what it changes."""

from kit.terms import Term


class Source(Term):
    """Who publishes a release."""

    NZA = "nza", "NZa"
    VEKTIS = "vektis", "Vektis"
    OTHER = "anders", "Andere bron"


class Layout(Term):
    """In which form a file came. Bron: codes.md section 3."""

    CANONICAL = "canoniek_csv", "Canonieke CSV"
    NZA_MSZ_CSV = "nza_msz_csv", "NZa-tabellen medisch-specialistische zorg (CSV)"
    NZA_GROUPER_XML = "nza_grouper_xml", "NZa-grouper (XML)"
    VEKTIS = "vektis_codelijst", "Vektis-codelijst (CSV)"
    WORKBOOK = "xlsx", "Werkmap (XLSX)"


class RowKind(Term):
    """What a code of a release stands for; the value is the column `soort` of the canonical file."""

    ZORGPRODUCT = "zorgproduct", "Zorgproduct"
    DECLARATIECODE = "declaratiecode", "Declaratiecode"
    PRESTATIECODE = "prestatiecode", "Prestatiecode"
    ZORGACTIVITEIT = "zorgactiviteit", "Zorgactiviteit"
    ZORGTYPE = "zorgtype", "Zorgtype"
    ZORGVRAAG = "zorgvraag", "Zorgvraag"
    DIAGNOSE = "diagnose", "Diagnose"
    SPECIALISME = "specialisme", "Specialisme"
    PRODUCTGROEP = "productgroep", "Zorgproductgroep"
    AFSLUITREDEN = "afsluitreden", "Afsluitreden"
    TARIEF = "tarief", "Tarief"
    CODELIJST = "codelijst", "Code uit een lijst"


class LinkKind(Term):
    """How one code hangs together with another; always many to many. Bron: codes.md section 2, import.csv IM23."""

    DECLARED_AS = "declaratiecode", "Wordt gedeclareerd als"
    DECLARED_UNINSURED = "declaratiecode_onverzekerd", "Wordt onverzekerd gedeclareerd als"
    REPLACES = "vervangt", "Vervangt"
    LIMITED = "limitatief", "Machtiging volgens de limitatieve lijst"
    BELONGS_TO = "hoort_bij", "Hoort bij"


class ReleaseStage(Term):
    """How far a release is."""

    READING = "reading", "Wordt gelezen"
    COMPARING = "comparing", "Wordt vergeleken"
    READY = "ready", "Proef klaar: wacht op u"
    ACTIVATING = "activating", "Wordt geactiveerd"
    ACTIVE = "active", "In gebruik"
    SUCCEEDED = "succeeded", "Opgevolgd"
    REFUSED = "refused", "Afgekeurd"
    CANCELLED = "cancelled", "Gestopt"


AT_WORK = (ReleaseStage.READING, ReleaseStage.COMPARING, ReleaseStage.ACTIVATING)
OVER = (ReleaseStage.ACTIVE, ReleaseStage.SUCCEEDED, ReleaseStage.REFUSED, ReleaseStage.CANCELLED)


class RowState(Term):
    """Whether a row counts: only what is in force does, and once it was, it never changes again."""

    STAGED = "staged", "In de proef"
    IN_FORCE = "in_force", "In gebruik"
    REPLACED = "replaced", "Vervangen"


class DiffKind(Term):
    """What a release changes, in the order in which it is told."""

    NEW = "new", "Nieuw"
    ENDED = "ended", "Beëindigd"
    TEXT = "text", "Andere tekst"
    PRICE = "price", "Andere prijs"
    OTHER = "other", "Anders gewijzigd"
    CUT = "cut", "Afgesloten door een nieuwe periode"
    WITHDRAWN = "withdrawn", "Periode vervalt"
    MISSING = "missing", "Ontbreekt"
    GAP = "gap", "Gat in de geldigheid"
    WARNING = "warning", "Verbeterd bij het lezen"


class NoteKind(Term):
    """What is told of a release that stands in none of its rows."""

    FAULT = "fault", "Fout"
    SKIPPED = "skipped", "Overgeslagen"
    LINK_ENDED = "link_ended", "Relatie vervalt"
    WITHDRAWN = DiffKind.WITHDRAWN.value, DiffKind.WITHDRAWN.label
    MISSING = DiffKind.MISSING.value, DiffKind.MISSING.label
    GAP = DiffKind.GAP.value, DiffKind.GAP.label
    WARNING = DiffKind.WARNING.value, DiffKind.WARNING.label


SAME = "same"
"""Stands where a row brings nothing; at activation it goes."""
NOTICES = (DiffKind.MISSING, DiffKind.GAP, DiffKind.WARNING)
"""These change nothing in the catalogue."""
