"""What a page lets people send: its forms and the addresses that its scripts use, read as a browser would."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

# What a script sends there goes along with the fields of the form around it.
SCRIPTED = ("data-autosave-url", "data-draft-url", "data-upload-url", "data-session-url")


@dataclass(frozen=True)
class Form:
    """Something to send: where, how, and the fields with what they hold."""

    path: str
    method: str
    fields: tuple[tuple[str, str], ...] = ()
    choices: tuple[tuple[str, tuple[str, ...]], ...] = ()
    files: tuple[str, ...] = ()
    by_script: bool = field(default=False)

    @property
    def kind(self) -> tuple[object, ...]:
        """Return what makes two forms the same to us: the names, not what is filled in."""
        names = tuple(sorted({name for name, _ in self.fields} | set(self.files)))
        return (self.path, self.method, names, self.by_script)


class Reader(HTMLParser):
    """Reads the forms of one page."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.page = page
        self.found: list[Form] = []
        self._open: dict[str, object] | None = None
        self._select: str | None = None
        self._area: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        had = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._open = {"action": had.get("action", ""), "method": had.get("method", "get").upper(), "had": had}
            self._fields: list[tuple[str, str]] = []
            self._choices: dict[str, list[str]] = {}
            self._files: list[str] = []
        for name in SCRIPTED:
            if had.get(name) and tag != "form":
                upload = "upload" in name
                fields = (("item", had.get("data-upload-item", "")),) if upload else ()
                self._add(Form(self._where(had[name]), "POST", fields, (), ("file",) if upload else (), True))
        if self._open is None:
            return
        name = had.get("name", "")
        if tag in ("input", "button") and name:
            self._field(name, had)
        elif tag == "select" and name:
            self._select = name
            self._choices.setdefault(name, [])
        elif tag == "option" and self._select:
            self._choices[self._select].append(had.get("value", ""))
            if "selected" in had:
                self._fields.append((self._select, had.get("value", "")))
        elif tag == "textarea" and name:
            self._area = name
            self._fields.append((name, ""))

    def _field(self, name: str, had: dict[str, str]) -> None:
        if had.get("type") == "file":
            self._files.append(name)
        elif had.get("type") in ("radio", "checkbox", "submit") or ("value" in had and had.get("type") is None):
            self._choices.setdefault(name, []).append(had.get("value", "on"))
            if "checked" in had:
                self._fields.append((name, had.get("value", "on")))
        else:
            self._fields.append((name, had.get("value", "")))

    def handle_data(self, data: str) -> None:
        if self._area and self._fields:
            name, before = self._fields[-1]
            self._fields[-1] = (name, before + data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._area = None
        elif tag == "select":
            self._select = None
        elif tag == "form" and self._open is not None:
            fields = tuple((name, value) for name, value in self._fields if name != "csrfmiddlewaretoken")
            choices = tuple((name, tuple(values)) for name, values in self._choices.items())
            made = Form(self._where(str(self._open["action"])), str(self._open["method"]), fields, choices,
                        tuple(self._files))  # fmt: skip
            self._add(made)
            had = self._open["had"]
            assert isinstance(had, dict)
            for name in SCRIPTED:
                if had.get(name):
                    self._add(Form(self._where(had[name]), "POST", fields, choices, (), True))
            self._open = None

    def _where(self, action: str) -> str:
        return urljoin(self.page, action or self.page)

    def _add(self, form: Form) -> None:
        if not urlsplit(form.path).netloc:
            self.found.append(form)


def forms_in(html: str, page: str) -> list[Form]:
    """Return what this page lets somebody send."""
    reader = Reader(page)
    reader.feed(html)
    reader.close()
    return reader.found
