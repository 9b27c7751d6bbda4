"""Files of codes of each form: what they give, and what is refused with the place where it stands."""

import io
import zipfile
from collections import Counter
from datetime import date

import pytest

from ggz_codes.delivery.release_files import Read
from ggz_codes.domain.release_rows import CodeRow, Fault, LinkRow, Mended, Skipped, TreeRow, WrongFile
from ggz_codes.domain.release_terms import Layout, LinkKind, RowKind
from tests import shared
from tests.factories.release_files import ENVELOPE, canonical, grouper, product, workbook, zipped

MSZ_PRODUCTS = (
    "Zorgproductcode;Zorgproductomschrijving;Zorgproduct latijnse omschrijving;Zorgproduct consumentenomschrijving;"
    "Declaratiecode verzekerde zorg;Declaratiecode onverzekerde zorg;Zorgproduct WBMV code;Zorgproductgroep Code;"
    "Ingangsdatum;Einddatum;Mutatie\r\n"
    "990027198;Consultair;;Consult bij reïntegratie;14E489;;;990027;20140101;;\r\n"
    "990027199;Beperkt behandelen;;;14E490;16E490;;990027;20140101;20191231;\r\n"
)
MSZ_TARIFFS = (
    "AGB Specialisme;AGB Uitvoerder;Declaratiecode;Productgroepcode;Tarief;Kostensoort;Ingangsdatum;Einddatum;"
    "Omschrijving declaratiecode;Tarieftype;Declaratie eenheid;Soort Tarief;Segment aanduiding;Soort Honorarium\n"
    "327;;14E489;990027;137334;K;20140101;20141231;Consultair;01;DBC;M;A;\n"
    "0327;;14E489;990027;2000;H;20140101;;Consultair;01;DBC;M;A;\n"
)
MSZ_ACTIVITIES = (
    "zorgactiviteit_code;omschrijving;op_nota;consumenten_omschrijving;zpk_code;zpk_omschrijving;wbmv_code;eenheid;"
    "aantal_eenheden;aanspraak_code;ingangsdatum;einddatum;mutatie\n"
    "10905;Reiskosten;J;;99;Overig;;;1;;20160101;;\n"
)
VEKTIS = (
    "Code;Betekenis;Toelichting;Datum ingang;Datum expiratie\n"
    "0586;Declaratie is te laat ingediend;;01-01-2013;\n"
    "0587;Oud;;01-01-2013;01-01-2020\n"
)
ZORGTYPES = ("cl_zorgtype_code", "cl_zorgtype_beschrijving", "cl_zorgtype_groepcode", "cl_zorgtype_begindatum",
             "cl_zorgtype_einddatum")  # fmt: skip
ENTITIES = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd"><!ENTITY y "&x;&x;">]>'


def reading(content, name="codes", package="COD954"):
    return Read(io.BytesIO(content), name, package, len(content))


def rows(content, **more):
    read = reading(content, **more)
    return list(read.found()), read.layout


def only(found, kind):
    return [one for one in found if isinstance(one, kind)]


def told(fault):
    return f"{fault.place} {fault.column} {fault.message}"


def refused(content):
    with pytest.raises(WrongFile) as refusal:
        list(reading(content).found())
    return str(refusal.value)


def test_canonical():
    content = canonical(
        {"relatie_soort": "declaratiecode", "relatie_code": "14E489", "soort": "zorgproduct", "code": "990027198",
         "domein": "MSZ", "tarief_eurocent": "137334",
         "tariefsoort": "maximum", "minuten_van": "0", "minuten_tot": "240"},
        {"code": "14e489", "geldig_vanaf": "", "geldig_tot": "31-12-2019", "omschrijving": '"Consult; kort"'},
    )  # fmt: skip
    found, layout = rows(content)
    first, link, second = found
    assert layout == Layout.CANONICAL
    assert (first.kind, first.code, first.cents, first.tariff_kind) == (
        RowKind.ZORGPRODUCT,
        "990027198",
        137334,
        "maximum",
    )
    assert (first.minutes_from, first.minutes_until, first.place.row) == (0, 240, 2)
    assert (link.kind, link.from_code, link.to_code) == (LinkKind.DECLARED_AS, "990027198", "14E489")
    assert (second.code, second.description) == ("14E489", "Consult; kort")
    assert (second.period.valid_from, second.period.valid_until) == (None, date(2019, 12, 31))


def test_a_bom_is_left_off_im24():
    assert rows(b"\xef\xbb\xbf" + canonical({}))[0] == rows(canonical({}))[0]
    assert only(rows(grouper(product("990027198", "14E489", "2014-01-01")))[0], CodeRow)


def test_nza_tables_in_one_zip():
    members = {"producten.csv": MSZ_PRODUCTS, "tarieven.csv": MSZ_TARIFFS, "zorgactiviteiten.csv": MSZ_ACTIVITIES}
    found, layout = rows(zipped({name: text.encode("latin-1") for name, text in members.items()}))
    codes, links = only(found, CodeRow), only(found, LinkRow)
    assert layout == Layout.NZA_MSZ_CSV and not only(found, Fault)
    assert codes[0].consumer == "Consult bij reïntegratie"
    assert codes[1].period.valid_until == date(2019, 12, 31)
    assert [(one.from_code, one.kind, one.to_code) for one in links] == [
        ("990027198", LinkKind.DECLARED_AS, "14E489"),
        ("990027199", LinkKind.DECLARED_AS, "14E490"),
        ("990027199", LinkKind.DECLARED_UNINSURED, "16E490"),
    ]
    assert [(one.domain, one.cents, one.tariff_kind) for one in codes[2:4]] == [
        ("0327", 137334, "K / M"),
        ("0327", 2000, "H / M"),
    ]
    assert codes[4].code == "010905"
    mended = only(found, Mended)
    assert [(str(one.place), one.column) for one in mended] == [
        ("tarieven.csv, regel 2", "agb_specialisme"),
        ("zorgactiviteiten.csv, regel 2", "zorgactiviteit_code"),
    ]


def test_vektis_ends_the_day_before():
    found, layout = rows(VEKTIS.encode())
    assert layout == Layout.VEKTIS
    assert [(one.domain, one.code, one.period.valid_until) for one in found] == [
        ("COD954", "0586", None),
        ("COD954", "0587", date(2019, 12, 31)),
    ]


@pytest.mark.parametrize("together", [True, False])
def test_workbook(together):
    sheet = [
        ZORGTYPES,
        ("110", "Basis", "1", "2000-01-01", "2019-12-31"),
        ("155", "Zorgmachtiging", "1", "2020-01-01", ""),
    ]
    found, layout = rows(workbook({"uitleg": [("Lees mij",)], "cl_zorgtype": sheet}, shared=together))
    assert layout == Layout.WORKBOOK
    assert [(one.kind, one.domain, one.code) for one in only(found, CodeRow)] == [
        (RowKind.ZORGTYPE, "GGZ", "110"),
        (RowKind.ZORGTYPE, "GGZ", "155"),
    ]
    assert only(found, Skipped) == [Skipped("blad uitleg", 0)]


def test_workbook_with_a_number():
    content = workbook({"cl_zorgtype": [ZORGTYPES, ("110", "Basis", "1", "43831", "")]}, numbers=["A2", "D2"])
    first, second = only(rows(content)[0], Fault)
    assert "blad cl_zorgtype, regel 2 cl_zorgtype_code Cel A2 is een getal" in told(first)
    assert "cl_zorgtype_begindatum Cel D2 is een getal" in told(second)
    assert (first.value, second.value) == ("110", "43831")


def test_grouper_with_a_fault_says_where():
    content = grouper(
        product("990027198", "1,5E+131", "2014-01-01"), product("99002719", "14E489", "2015-01-01", "2014-12-31")
    )
    first, second = only(rows(content)[0], Fault)
    assert "Product, regel 1 DeclaratieCodeVerzekerdeZorg “1,5E+131” is een getal" in told(first)
    assert "Product, regel 2 EindDatum Het einde (2014-12-31) ligt voor het begin" in told(second)


@pytest.mark.parametrize(
    ("row", "column", "message"),
    [
        ({"code": "1.5E+131"}, "code", "spreadsheet"),
        ({"code": "25BO95"}, "code", "letter O"),
        ({"geldig_vanaf": "01/02/2020"}, "geldig_vanaf", "schuine strepen"),
        ({"geldig_vanaf": "2015-01-01", "geldig_tot": "2014-12-31"}, "geldig_tot", "ligt voor het begin"),
        ({"tarief_eurocent": "1.373,34"}, "tarief_eurocent", "hele eurocenten"),
        ({"omschrijving": "ReÃ¯ntegratie"}, "omschrijving", "verminkte letters"),
        ({"soort": "iets"}, "soort", "Kies uit"),
        ({"domein": "XYZ"}, "domein", "domein kennen wij niet"),
        ({"omschrijving": ""}, "omschrijving", "moet een omschrijving staan"),
        ({"minuten_van": "9", "minuten_tot": "8"}, "minuten_tot", "verkeerde volgorde"),
        ({"relatie_soort": "declaratiecode", "relatie_code": ""}, "relatie_code", "moet een code staan"),
    ],
)
def test_a_fault_has_its_row_and_column(row, column, message):
    (fault,) = only(rows(canonical({}, row))[0], Fault)
    assert (fault.place.row, fault.column) == (3, column)
    assert message in fault.message


def test_every_fault_of_a_row_is_told():
    faults = only(rows(canonical({"code": "", "geldig_vanaf": "x", "tarief_eurocent": "-1"}))[0], Fault)
    assert [one.column for one in faults] == ["code", "geldig_vanaf", "tarief_eurocent"]


def test_a_row_with_too_few_columns():
    (fault,) = only(rows(canonical({}) + b"zorgproduct;MSZ\n")[0], Fault)
    assert "2 kolommen" in fault.message and fault.value == "zorgproduct | MSZ"


def test_latin_1_where_utf_8_belongs():
    content = canonical({"omschrijving": "Reïntegratie"}).decode().encode("latin-1")
    (fault,) = rows(content)[0]
    assert fault.place.row == 2 and "UTF-8" in fault.message and "Reïntegratie" in fault.value


def test_utf_8_where_latin_1_belongs():
    (fault,) = only(rows(MSZ_PRODUCTS.encode())[0], Fault)
    assert fault.column == "zorgproduct_consumentenomschrijving" and "verminkte letters" in fault.message


def test_a_quote_that_never_closes():
    found = rows(canonical({"omschrijving": '"Consult'}, {}))[0]
    assert "aanhalingstekens" in only(found, Fault)[0].message


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "leeg"),
        (b" \n ", "leeg"),
        (b"%PDF-1.7 iets", "kolommen kennen wij niet"),
        (b"\xff\xfec\x00o\x00", "UTF-16"),
        (b"naam;bsn\njan;999996708\n", "kolommen kennen wij niet"),
        (b"a" * 30_000, "te lang"),
        (b"<html><body>404</body></html>", "geen bestand met codes"),
        (b"<html><body>404", "geen geldige XML"),
        (b"MZ\x00\x00\n", "geen tekst"),
        (zipped({"codes.zip": zipped({"x.csv": canonical({})})}), "geen bestand met codes"),
        (zipped({"a.xml": grouper(), "b.csv": canonical({})}), "geen bestand met codes"),
        (zipped({}), "leeg"),
        (zipped({"codes.csv": canonical({})}, zipfile.ZIP_LZMA), "manier die wij niet lezen"),
        (zipped({f"{one}.csv": b"x" for one in range(61)}), "meer dan 60"),
        (workbook({"uitleg": [("Lees mij",)]}), "geen blad"),
    ],
)
def test_another_file_altogether(content, message):
    assert message in refused(content)


def test_a_truncated_zip():
    whole = zipped({"codes.xml": grouper(*[product("990027198", "14E489", "2014-01-01")] * 50)}, zipfile.ZIP_STORED)
    assert "beschadigd" in refused(whole[: len(whole) // 2])
    # The directory at the end is there, a piece of the middle is another.
    assert "beschadigd" in refused(whole[:400] + b"zzzzzzzz" + whole[408:])


def test_a_zip_bomb():
    assert "veel te groot" in refused(zipped({"codes.csv": b"0" * 40_000_000}))


def test_a_zip_that_lies_about_its_size():
    whole = bytearray(zipped({"codes.csv": canonical(*[{}] * 5000)}))
    entry = whole.rindex(b"PK\x01\x02")
    whole[entry + 24 : entry + 28] = (500).to_bytes(4, "little")
    assert refused(bytes(whole))


@pytest.mark.parametrize("inside", [grouper(product("990027198", "14E489", "2014-01-01")).removeprefix(b"\xef\xbb\xbf"),
                                    b"<a>&y;</a>"])  # fmt: skip
def test_entities_are_never_followed(inside):
    assert "DTD" in refused(ENTITIES.encode() + inside)
    assert "DTD" in refused(zipped({"codes.xml": ENTITIES.encode() + inside}))


def test_a_billion_laughs():
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    content = f'<!DOCTYPE a [<!ENTITY l0 "ha">{laughs}]>' + ENVELOPE.format(
        "<Product><ProductCode>&l9;</ProductCode></Product>"
    )
    assert refused(content.encode())


def test_the_real_release_of_2017():
    path = shared.path(shared.GROUPER)
    with path.open("rb") as file:
        read = Read(file, path.name, "grouper", path.stat().st_size)
        found = list(read.found())
    assert not only(found, Fault)
    kinds = Counter(one.kind for one in only(found, CodeRow))
    assert (kinds[RowKind.ZORGACTIVITEIT], kinds[RowKind.ZORGPRODUCT], kinds[RowKind.DIAGNOSE]) == (16526, 16182, 4737)
    assert (kinds[RowKind.ZORGTYPE], kinds[RowKind.AFSLUITREDEN]) == (336, 74)
    assert {one.group for one in only(found, TreeRow)} == {"990027"}
    assert only(found, Skipped)[0].number == 148190
    last = [one for one in only(found, CodeRow) if one.code == "990027199"][-1]
    assert "maximaal 9 gewogen behandeluren" in last.description
    assert read.progress == read.total == 125_927_827
