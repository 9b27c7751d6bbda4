"""What a stranger could send in the place of what a form asks. All of it is drawn from one seeded source of chance."""

import json
from dataclasses import dataclass, field
from random import Random
from typing import Any
from urllib.parse import quote, urlencode

from tests.security.forms import Form

BOUNDARY = "grens"
VALUES = (
    *("", " ", "\t\n\r", "0", "-1", "1e400", "NaN", "Infinity", "-0", "1,5", "1.000,00", "٣", "²", "½", "0x10"),
    *(
        "99999999999999999999999",
        "-9223372036854775809",
        "2147483648",
        "007",
        "1_000",
        "true",
        "null",
        "None",
        "[]",
        "{}",
    ),
    *(
        "\x00",
        "a\x00b",
        "\x1b[31m",
        "\x7f",
        "\x85",
        "\ufffe",
        "\uffff",
        "\u202eetxt",
        "\u2066x\u2069",
        "\u200b",
        "\ufeff",
    ),
    *("😀", "👩‍👩‍👧‍👦", "e\u0301" * 50, "Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢", "İıſK", "ＡＢＣ", "ﬀ", "ß", "\U0010ffff", "א" * 20),
    *("<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{ 7*7 }}", "{% debug %}", "{% include 'x' %}"),
    *("' OR 1=1 --", "'; DROP TABLE accounts_user; --", "%", "_", "\\", "%s%s%n", "${7*7}", "$(id)", "`id`", "|id"),
    *(
        "../../../etc/passwd",
        "..\\..\\x",
        "file:///etc/passwd",
        "http://127.0.0.1:1/",
        "//elders.example",
        "javascript:1",
    ),
    *("\r\nSet-Cookie: a=b", "%0d%0aX: y", "%00", "%ff", "&amp;", "=1+1", "@SUM(A1)", "+31", "a;b", "a&b=c", "?x=1#y"),
    *("31-02-2026", "2026-13-45", "0000-00-00", "9999-12-31", "10000-01-01", "0001-01-01", "29-02-2025", "١-١-٢٠٢٦"),
    *(
        "MA-00000000P",
        "ma-ÀÀÀÀÀÀÀÀÀ",
        "999996708",
        "000000000",
        "123456782x",
        "M79.7",
        "14D838",
        "a@b",
        "a@" + "b" * 300,
    ),
    *("a" * 256, "a" * 5_000, "é" * 40_000, "\n" * 3_000, "9" * 5_000, "(" * 3_000, "a," * 3_000, " " * 10_000),
)
NAMES = (
    *("status", "id", "pk", "organization", "organization_id", "provider", "insurer_id", "is_staff", "is_superuser"),
    *(
        "roles",
        "decision",
        "due_on",
        "__proto__",
        "csrfmiddlewaretoken",
        "next",
        "",
        "a[b]",
        "form-TOTAL_FORMS",
        "\x00",
    ),
)
QUERIES = (
    "page",
    "pagina",
    "zoek",
    "q",
    "tab",
    "document",
    "zoom",
    "sorteer",
    "status",
    "next",
    "volgende",
    "kind",
    "x",
)
TYPES = (
    *("application/json", "text/plain", "application/x-www-form-urlencoded; charset=utf-7", "multipart/form-data"),
    *("multipart/form-data; boundary=", f"multipart/form-data; boundary={'b' * 300}", "", "x", "application/xml"),
    *("application/x-www-form-urlencoded; charset=bestaat-niet", "multipart/form-data; boundary=é", "*/*"),
    *(f"multipart/form-data; boundary={BOUNDARY}; charset=utf-16", "application/x-www-form-urlencoded; charset=utf-16"),
)
BODIES = (
    *(b"", b"\x00", b"\xff\xfe\xfd", b"&&&===", b"a=%zz&b=%ff&c=%u0041", b"[" * 5_000, b'{"csp-report": 1}', b"null"),
    *(b"--grens", b"--grens\r\n\r\n--grens--", b"--grens\r\nContent-Disposition: form-data\r\n\r\nx\r\n--grens--\r\n"),
    b'--grens\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n'
    b"Content-Transfer-Encoding: base64\r\n\r\n!\r\n--grens--",
    b'--grens\r\nContent-Disposition: form-data; name="file"; filename="../../x\\\x00.pdf"\r\n\r\n'
    b"%PDF-1.7\r\n--grens--\r\n",
    b"--grens\r\nContent-Disposition: form-data; name*=utf-8''%ff; filename*=x''%00\r\n\r\nx\r\n--grens--\r\n",
    b"&".join(b"f%d=x" % number for number in range(3_100)),
)
FILES = (
    *(("a.pdf", b""), ("a.pdf", b"%PDF-1.7"), ("a.pdf", b"%PDF-1.7\n%%EOF" + b"\x00" * 2_000), ("é\x00.pdf", b"x")),
    *(
        ("../../etc/passwd", b"root"),
        ("a" * 400 + ".png", b"\x89PNG\r\n\x1a\n" + b"\x00" * 40),
        ("CON", b"\xff\xd8\xff\xe0"),
    ),
    *(
        ("\u202efdp.exe", b"MZ"),
        (".pdf", b"PK\x03\x04" + b"\x00" * 60),
        ("a.jpg", b"GIF89a" + b"\xff" * 90),
        ("", b"x"),
    ),
)
HEADERS: tuple[dict[str, str], ...] = (
    *({"X-Requested-With": "fetch"}, {"Accept-Language": "xx;q=é,,*;q=9"}, {"Referer": "http://elders.example/"}),
    *({"Referer": "http://[::"}, {"X-Forwarded-For": "x, 1.2.3.4"}, {"X-Real-IP": "é"}, {"Range": "bytes=9-1,0-"}),
    *({"If-Modified-Since": "gisteren"}, {"If-None-Match": "\"" * 99}, {"Accept": "x/y;;;"}, {"Origin": "null"}),
    *({"Host": "elders.example"}, {"Host": "localhost:99999"}),
    *({"Authorization": "Basic !!!"}, {"Cookie": "sessie=\xff; csrf"}),
    *({"Cookie": "sessie=" + "a" * 4_000}, {"Cookie": "laatst=x:y:z; csrf=1"}),
    *({"Content-Length": "-1"}, {"Content-Length": "x"}),
    *({"Transfer-Encoding": "chunked"}, {"Expect": "iets"}, {"Sec-Fetch-Site": "cross-site"}, {"Accept-Encoding": "é"}),
)  # fmt: skip
METHODS = ("GET", "HEAD", "POST", "POST", "PUT", "OPTIONS", "TRACE", "BREW", "get")


@dataclass
class Sent:
    """One request as it goes out."""

    method: str
    path: str
    body: bytes = b""
    content_type: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    with_token: bool = True

    def __str__(self) -> str:
        return f"{self.method} {self.path[:200]!r} [{self.content_type[:60]}] {self.headers} {self.body[:400]!r}"


def value(chance: Random) -> str:
    """Return something nasty, now and then made of two."""
    one = chance.choice(VALUES)
    return one if chance.random() < 0.8 else one + chance.choice(VALUES)


def filled(form: Form, chance: Random, share: float) -> list[tuple[str, str]]:
    """Fill in a form as it stands, with a share of its fields nasty."""
    data = dict(form.fields)
    for name, choices in form.choices:
        if choices and chance.random() < 0.8:
            data[name] = chance.choice(choices)
    pairs = list(data.items())
    out: list[tuple[str, str]] = []
    for name, held in pairs:
        if chance.random() < share:
            out += [(name, value(chance))] * chance.choice((1, 1, 1, 2, 5))
        elif chance.random() < 0.97:
            out.append((name, held))
    if chance.random() < 0.1:
        out.append((chance.choice(NAMES), value(chance)))
    return out


def send(form: Form, chance: Random) -> Sent:
    """Return a request that this form could never have sent."""
    made = _body(form, chance) if form.method == "POST" else Sent("GET", form.path)
    if form.method == "GET":
        pairs = filled(form, chance, chance.choice((0.3, 1.0)))
        made.path = f"{form.path.partition('?')[0]}?{_encoded(pairs, chance)}"
    if chance.random() < 0.12:
        made.path = _bad_path(made.path, chance)
    if chance.random() < 0.08:
        made.path += ("&" if "?" in made.path else "?") + _encoded([(chance.choice(QUERIES), value(chance))], chance)
    if chance.random() < 0.15:
        made.headers |= chance.choice(HEADERS)
    if form.by_script and chance.random() < 0.8:
        made.headers.setdefault("X-Requested-With", "fetch")
    if chance.random() < 0.04:
        made.method = chance.choice(METHODS)
    made.with_token = chance.random() < 0.95
    return made


def _body(form: Form, chance: Random) -> Sent:
    turn = chance.random()
    if turn < 0.1:
        return Sent("POST", form.path, chance.choice(BODIES), chance.choice(TYPES))
    if turn < 0.14:
        body: Any = {name: chance.choice((held, value(chance), None, 1, [], {})) for name, held in form.fields}
        return Sent("POST", form.path, json.dumps(body).encode(), "application/json")
    pairs = filled(form, chance, chance.choice((0.0, 0.1, 0.3, 1.0)))
    if form.files or chance.random() < 0.1:
        files = [(name, *chance.choice(FILES)) for name in form.files or ("file",)]
        return Sent("POST", form.path, multipart(pairs, files), f"multipart/form-data; boundary={BOUNDARY}")
    return Sent(
        "POST", form.path, _encoded(pairs, chance).encode("latin-1", "replace"), "application/x-www-form-urlencoded"
    )


def multipart(pairs: list[tuple[str, str]], files: list[tuple[str, str, bytes]]) -> bytes:
    """Return a body with fields and files, with whatever stands in their names."""
    parts = [
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{held}\r\n'.encode(
            "utf-8", "surrogatepass"
        )
        for name, held in pairs
    ]
    for name, called, content in files:
        head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"; filename="{called}"\r\n\r\n'
        parts.append(head.encode() + content + b"\r\n")
    return b"".join(parts) + f"--{BOUNDARY}--\r\n".encode()


def _encoded(pairs: list[tuple[str, str]], chance: Random) -> str:
    if chance.random() < 0.05:
        return urlencode([(name, held.encode("utf-16")) for name, held in pairs])
    return urlencode([(name, held.encode("utf-8", "surrogatepass")) for name, held in pairs])


def _bad_path(path: str, chance: Random) -> str:
    way, _, query = path.partition("?")
    parts = way.strip("/").split("/")
    at = chance.randrange(len(parts))
    parts[at] = quote(value(chance)[:300].encode("utf-8", "surrogatepass"), safe="")
    return "/" + "/".join(parts) + ("/" if chance.random() < 0.9 else "") + (f"?{query}" if query else "")
