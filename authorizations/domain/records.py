"""Frozen dataclasses from plain mappings (TOML, JSON) and back, so that what is stored can always be read again."""

import dataclasses
from collections.abc import Hashable, Mapping
from datetime import date, time
from decimal import Decimal, InvalidOperation
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeVar, cast, get_args, get_origin, get_type_hints

from kit.terms import Term

Record = TypeVar("Record")


class Unreadable(ValueError):
    """A value that isn't what its field asks for; the message names the field."""


def read(kind: type[Record], values: object, *, path: str = "", lenient: bool = False) -> Record:
    """
    Return a `kind` made from `values`.

    Strict (a policy): an unknown key, a missing field or a wrong value is refused by name.
    Lenient (a draft): what can't be read is left at its default, for a draft may be half typed.

    :raises Unreadable: when strict and something doesn't fit, naming the dotted field
    """
    if not isinstance(values, Mapping):
        if lenient:
            return kind()
        raise Unreadable(f"{path or kind.__name__}: hier hoort een tabel te staan")
    fields = _fields(cast(Hashable, kind))
    if not lenient:
        for key in values:
            if key not in fields:
                raise Unreadable(f"{_at(path, str(key))}: onbekende sleutel")
    given: dict[str, Any] = {}
    for name, (hint, required) in fields.items():
        if name not in values:
            if required:
                raise Unreadable(f"{_at(path, name)}: ontbreekt")
            continue
        try:
            given[name] = _value(hint, values[name], _at(path, name), lenient)
        except Unreadable:
            if not lenient:
                raise
    return kind(**given)


def write(record: object) -> Any:
    """Return the plain, JSON-ready form of a record; `read` makes the same record of it again."""
    if dataclasses.is_dataclass(record) and not isinstance(record, type):
        return {field.name: write(getattr(record, field.name)) for field in dataclasses.fields(record)}
    if isinstance(record, (tuple, list)):
        return [write(item) for item in record]
    if isinstance(record, frozenset):
        return sorted(write(item) for item in record)
    if isinstance(record, Term):
        return record.value
    if isinstance(record, (date, time)):
        return record.isoformat()
    if isinstance(record, Decimal):
        return str(record)
    return record


def _at(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


@cache
def _fields(kind: Any) -> dict[str, tuple[Any, bool]]:
    hints = get_type_hints(kind)
    return {
        field.name: (
            hints[field.name],
            field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING,
        )
        for field in dataclasses.fields(kind)
    }


def _value(hint: Any, value: Any, path: str, lenient: bool) -> Any:
    if get_origin(hint) is UnionType:
        if value is None or value == "":
            return None
        (hint,) = (option for option in get_args(hint) if option is not NoneType)
    if get_origin(hint) in (tuple, frozenset):
        return _items(hint, value, path, lenient)
    if dataclasses.is_dataclass(hint) and isinstance(hint, type):
        return read(hint, value, path=path, lenient=lenient)
    if isinstance(hint, type) and issubclass(hint, Term):
        return _term(hint, value, path)
    return _plain(hint, value, path, lenient)


def _items(hint: Any, value: Any, path: str, lenient: bool) -> Any:
    if not isinstance(value, (list, tuple, set, frozenset)):
        raise Unreadable(f"{path}: hier hoort een lijst te staan")
    (item, *_) = get_args(hint)
    read_items = []
    for number, one in enumerate(value, start=1):
        try:
            read_items.append(_value(item, one, f"{path}[{number}]", lenient))
        except Unreadable:
            if not lenient:
                raise
    return get_origin(hint)(read_items)


def _term(hint: type[Term], value: Any, path: str) -> Term:
    try:
        return hint(value)
    except ValueError:
        known = ", ".join(term.value for term in hint)
        raise Unreadable(f"{path}: {value!r} is onbekend (kies uit {known})") from None


def _plain(hint: Any, value: Any, path: str, lenient: bool) -> Any:
    # A draft comes from forms, where numbers are typed as text; a policy writes them as numbers.
    try:
        if hint is bool and isinstance(value, bool):
            return value
        if hint is int and not isinstance(value, bool) and (isinstance(value, int) or lenient):
            return int(value)
        if hint is Decimal and not isinstance(value, (bool, float)):
            number = Decimal(str(value).strip().replace(",", ".") if lenient else value)
            if number.is_finite():
                return number
        if hint is str and isinstance(value, str):
            return value.strip()
        if hint in (date, time):
            return hint.fromisoformat(value) if isinstance(value, str) else _exactly(hint, value)
    except (ValueError, TypeError, InvalidOperation):
        pass
    raise Unreadable(f"{path}: {value!r} past hier niet")


def _exactly(hint: type, value: Any) -> Any:
    if type(value) is not hint:
        raise TypeError
    return value
