"""Codes to choose from at a form, of our own list and the releases in use together. Bron: docs/adr/0009-releases.md."""

from django.db.models import Q, QuerySet

from ggz_codes.domain import weights
from ggz_codes.domain.choices import Choice, combined
from ggz_codes.domain.release_terms import LinkKind, RowKind, RowState
from ggz_codes.domain.validity import Period
from ggz_codes.models import CodeDomain, Prestatie, ReleasedCode, Zorgtype
from ggz_codes.models.validity import code_among
from ggz_codes.queries import releases

MSR_GROUP = "990027"
"""The product group of rehabilitation: the begin of its zorgproducten. Bron: codes.md section 2."""
MSR_CLASS = "14"
"""The zorgprofielklasse of rehabilitation, as releases write it. Bron: R-07."""


def msr() -> list[Choice]:
    """Return the declaratiecodes of MSR: also what a zorgproduct of rehabilitation is declared as."""
    rows = Prestatie.objects.filter(domain=CodeDomain.MSR).order_by("-zorgproduct_code")
    own = [Choice(row.code, row.description, row.period) for row in rows]
    told = _told(RowKind.DECLARATIECODE, Q(domain=CodeDomain.MSR) | Q(code_among(one.code for one in own)))
    known = {one.code for one in told}
    products = ReleasedCode.objects.filter(
        state=RowState.IN_FORCE, kind=RowKind.ZORGPRODUCT, code__startswith=MSR_GROUP
    )
    what = dict(products.order_by("code").values_list("code", "description"))
    declared = releases.links(LinkKind.DECLARED_AS).filter(from_code__in=what)
    told += [Choice(one.to_code, what[one.from_code], one.period) for one in declared if one.to_code not in known]
    return combined(own, told)


def ggz() -> list[Choice]:
    """Return the prestaties of the GGZ. Bron: G-17 to G-31."""
    rows = Prestatie.objects.filter(domain=CodeDomain.GGZ).order_by("code")
    own = [Choice(row.code, row.description, row.period) for row in rows]
    return combined(
        own, _told(RowKind.DECLARATIECODE, Q(domain=CodeDomain.GGZ) | Q(code_among(one.code for one in own)))
    )


def zorgtypes() -> list[Choice]:
    """Return the zorgtypes of the GGZ. Bron: G-16 to G-32."""
    own = [Choice(row.code, row.description, row.period) for row in Zorgtype.objects.order_by("code")]
    return combined(own, _told(RowKind.ZORGTYPE, Q(domain=CodeDomain.GGZ)))


def activities() -> list[Choice]:
    """Return the zorgactiviteiten of rehabilitation: those of the list of weights, and of this class in a release."""
    listed = weights.of_2017()
    own = [Choice(code, one.description, Period(one.valid_from)) for code, one in listed.items()]
    return combined(own, _told(RowKind.ZORGACTIVITEIT, Q(code_among(listed)) | Q(facts__zpk=MSR_CLASS)))


def _told(kind: RowKind, which: Q) -> list[Choice]:
    rows: QuerySet[ReleasedCode] = ReleasedCode.objects.filter(which, state=RowState.IN_FORCE, kind=kind)
    return [Choice(row.code, row.description, row.period) for row in rows.order_by("code", "valid_from")]
