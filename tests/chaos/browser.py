"""As much of a browser as a machine needs: cookies, forms as they stand on the page, and no patience with redirects."""

import re
import time
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.client import HTTPConnection, HTTPException
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urlsplit

from accounts.domain import codes
from portal.world import codes as demo

LOG_IN = "/inloggen/"
SECOND_STEP = "/inloggen/code/"
TOKEN = "csrfmiddlewaretoken"


class Lost(Exception):
    """No answer came: nobody can tell whether what was sent has happened."""


@dataclass
class Form:
    """A form of a page with what stands in it."""

    action: str
    fields: dict[str, str] = field(default_factory=dict)
    choices: dict[str, list[str]] = field(default_factory=dict)


@dataclass
class Page:
    """An answer of the portal."""

    status: int
    location: str
    body: bytes

    @property
    def text(self) -> str:
        """What it says."""
        return self.body.decode(errors="replace")

    def forms(self) -> list[Form]:
        """Return every form on the page."""
        reader = Reader()
        reader.feed(self.text)
        return reader.forms

    def complaints(self) -> str:
        """Return what it says to be wrong."""
        return " ".join(re.sub("<[^>]*>", " ", " ".join(re.findall(r"Fout: .{0,300}", self.text))).split())[:500]

    def form(self, action: str) -> Form | None:
        """Return the form that goes to this address, if it is there."""
        return next((form for form in self.forms() if re.search(action, form.action)), None)


class Reader(HTMLParser):
    """Collect forms: fields, text areas, what is ticked and what is chosen."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.form: Form | None = None
        self.area, self.select = "", ""

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attributes}
        if tag == "form":
            self.form = Form(given.get("action", ""))
            self.forms.append(self.form)
        if self.form is None:
            return
        name = given.get("name", "")
        if tag == "textarea":
            self.area = name
            self.form.fields[name] = ""
        elif tag == "select":
            self.select = name
        elif tag == "option" and "selected" in given:
            self.form.fields[self.select] = given.get("value", "")
        elif tag == "input" and name and given.get("type") not in ("submit", "file", "button"):
            self._input(self.form, name, given)

    def _input(self, form: Form, name: str, given: dict[str, str]) -> None:
        if given.get("type") not in ("radio", "checkbox"):
            form.fields[name] = given.get("value", "")
            return
        form.choices.setdefault(name, []).append(given.get("value", "on"))
        if "checked" in given:
            form.fields[name] = given.get("value", "on")

    def handle_data(self, data: str) -> None:
        if self.form and self.area:
            self.form.fields[self.area] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.form = None
        elif tag == "textarea":
            self.area = ""
        elif tag == "select":
            self.select = ""


class Browser:
    """One person at one computer. Every request has a connection of its own: a server that dies takes only that."""

    def __init__(self, address: str, email: str, password: str, *, patience: float = 30) -> None:
        self.host = urlsplit(address).netloc
        self.email, self.password, self.patience = email, password, patience
        self.cookies: dict[str, str] = {}

    def get(self, path: str) -> Page:
        """:raises Lost: when no answer comes"""
        return self._ask("GET", path)

    def post(self, path: str, fields: Mapping[str, str], files: Mapping[str, tuple[str, bytes]] | None = None) -> Page:
        """:raises Lost: when no answer comes"""
        fields = {**fields, TOKEN: self.cookies.get("csrf", "")}
        if files is None:
            return self._ask("POST", path, urlencode(fields).encode(), "application/x-www-form-urlencoded")
        return self._ask("POST", path, *multipart(fields, files))

    def log_in(self) -> None:
        """:raises Lost: when no answer comes"""
        self.get(LOG_IN)
        page = self.post(LOG_IN, {"login": self.email, "password": self.password})
        assert page.status == 302, f"{self.email} kan niet inloggen: {page.status} {page.complaints()}"
        self._second_step()

    def _second_step(self) -> None:
        """Type the code of the app; one that was used already is waited out, as people do."""
        for _ in range(4):
            now = time.time()
            code = codes.code_at(demo.secret_of(self.email), int(now // 30))
            page = self.post(SECOND_STEP, {"code": code})
            if page.status == 302:
                return
            time.sleep(30 - now % 30)
        raise AssertionError(f"{self.email} komt niet door de tweede stap: {page.status} {page.complaints()}")

    def _ask(self, method: str, path: str, body: bytes | None = None, content_type: str = "") -> Page:
        connection = HTTPConnection(self.host, timeout=self.patience)
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if body is not None:
            headers["Content-Type"] = content_type
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            page = Page(answer.status, answer.getheader("Location", ""), answer.read())
        except (OSError, HTTPException) as error:
            raise Lost(f"{method} {path}: {type(error).__name__}") from None
        finally:
            connection.close()
        for header in answer.headers.get_all("Set-Cookie", []):
            for name, morsel in SimpleCookie(header).items():
                self.cookies[name] = morsel.value
        return page


def multipart(fields: Mapping[str, str], files: Mapping[str, tuple[str, bytes]]) -> tuple[bytes, str]:
    """Return the body of a form with files, and its content type."""
    mark = uuid.uuid4().hex
    parts = []
    for name, value in fields.items():
        parts.append(f'--{mark}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode())
    for name, (filename, content) in files.items():
        head = f'--{mark}\r\nContent-Disposition: form-data; name="{name}"; filename="{filename}"\r\n'
        parts += [f"{head}Content-Type: application/octet-stream\r\n\r\n".encode(), content, b"\r\n"]
    return b"".join([*parts, f"--{mark}--\r\n".encode()]), f"multipart/form-data; boundary={mark}"
