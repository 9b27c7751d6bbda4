"""Files of codes, made in a test: small ones of each form, and bad ones."""

import io
import zipfile
from collections.abc import Mapping, Sequence

from ggz_codes.domain.release_layouts import CANONICAL_COLUMNS

ENVELOPE = '<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body>{}</e:Body></e:Envelope>'
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def canonical(*rows: Mapping[str, str]) -> bytes:
    """Return a canonical CSV with these rows; what a row leaves out is of 14E490."""
    usual = {"soort": "declaratiecode", "domein": "MSR", "code": "14E490", "omschrijving": "Beperkt behandelen",
             "geldig_vanaf": "2014-01-01"}  # fmt: skip
    lines = [";".join((usual | dict(row)).get(name, "") for name in CANONICAL_COLUMNS) for row in rows]
    return "\n".join([";".join(CANONICAL_COLUMNS), *lines, ""]).encode()


def zipped(members: Mapping[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return a zip of these files."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", compression) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return packed.getvalue()


def grouper(*records: str) -> bytes:
    """Return a grouper XML with these records."""
    return b"\xef\xbb\xbf" + ENVELOPE.format(f"<Referenties>{''.join(records)}</Referenties>").encode()


def product(code: str, declared: str, begin: str, end: str = "", words: str = "Revalidatie") -> str:
    """Return a record of a zorgproduct."""
    ended = f"<EindDatum>{end}</EindDatum>" if end else ""
    return (
        f"<Product><ProductCode>{code}</ProductCode><ProductOmschrijving>{words}</ProductOmschrijving>"
        f"<DeclaratieCodeVerzekerdeZorg>{declared}</DeclaratieCodeVerzekerdeZorg>"
        f"<BeginDatum>{begin}</BeginDatum>{ended}<VersieDatum>2016-10-04</VersieDatum></Product>"
    )


def specialism(code: str, words: str) -> str:
    """Return a record of a specialism."""
    return (
        f"<Specialisme><SpecialismeCode>{code}</SpecialismeCode><SpecialismeOmschrijving>{words}"
        "</SpecialismeOmschrijving><BeginDatum>2012-01-01</BeginDatum><VersieDatum>2016-10-04</VersieDatum></Specialisme>"
    )


def zorgtype(domain: str, words: str, longest: int, begin: str, end: str = "") -> str:
    """Return a record of zorgtype 12 of a specialism."""
    return (
        f"<ZorgType><SpecialismeCode>{domain}</SpecialismeCode><ZorgTypeCode>12</ZorgTypeCode>"
        f"<ZorgTypeOmschrijving>{words}</ZorgTypeOmschrijving><MaximaleLooptijd>{longest}</MaximaleLooptijd>"
        f"<BeginDatum>{begin}</BeginDatum><EindDatum>{end}</EindDatum><VersieDatum>2016-10-04</VersieDatum></ZorgType>"
    )


def workbook(
    sheets: Mapping[str, Sequence[Sequence[str]]], *, numbers: Sequence[str] = (), shared: bool = True
) -> bytes:
    """Return an XLSX of these sheets; the cells named in `numbers` hold a number."""
    texts: list[str] = []
    members: dict[str, bytes] = {}
    names, links = "", ""
    for place, (name, rows) in enumerate(sheets.items(), 1):
        lines = ""
        for row, cells in enumerate(rows, 1):
            made = ""
            for column, value in enumerate(cells):
                where = f"{chr(65 + column)}{row}"
                if where in numbers:
                    made += f'<c r="{where}"><v>{value}</v></c>'
                elif shared:
                    texts.append(value)
                    made += f'<c r="{where}" t="s"><v>{len(texts) - 1}</v></c>'
                else:
                    made += f'<c r="{where}" t="inlineStr"><is><t>{value}</t></is></c>'
            lines += f'<row r="{row}">{made}</row>'
        sheet = f'<worksheet xmlns="{MAIN}"><sheetData>{lines}</sheetData></worksheet>'
        members[f"xl/worksheets/sheet{place}.xml"] = sheet.encode()
        names += f'<sheet name="{name}" sheetId="{place}" r:id="rId{place}"/>'
        links += f'<Relationship Id="rId{place}" Type="{OFFICE}/worksheet" Target="worksheets/sheet{place}.xml"/>'
    book = f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{names}</sheets></workbook>'
    relations = "http://schemas.openxmlformats.org/package/2006/relationships"
    members["xl/workbook.xml"] = book.encode()
    members["xl/_rels/workbook.xml.rels"] = f'<Relationships xmlns="{relations}">{links}</Relationships>'.encode()
    strings = "".join(f"<si><t>{text}</t></si>" for text in texts)
    members["xl/sharedStrings.xml"] = f'<sst xmlns="{MAIN}">{strings}</sst>'.encode()
    return zipped(members)
