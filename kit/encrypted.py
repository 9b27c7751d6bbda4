"""
Model fields that are sealed in the database, and the model that carries them.

A secret is opened when it is read, not when its row is loaded: a list that shows no medical text opens none. Saving a
row writes only the secrets that changed; so a row that was loaded before a change of keys never puts an old key back.
An empty text stays empty and NULL stays NULL, so that constraints still see whether something was filled in.

Searching in a secret is impossible, and `update()` and `values()` know no row to seal for: all of these raise.
"""

import json
from collections.abc import Iterable
from functools import lru_cache
from typing import Any, ClassVar

from django.conf import settings
from django.db import connections, models, router
from django.db.models import Q
from django.db.models.query_utils import DeferredAttribute

from kit import crypto

UNCHANGED = object()
"""What a field says to the save that leaves its column alone."""


def keyring() -> crypto.Keyring:
    """Return the keys of this installation."""
    return _keyring(settings.DATA_KEYS, settings.LOOKUP_KEY)


@lru_cache(maxsize=8)
def _keyring(data_keys: str, lookup_key: str) -> crypto.Keyring:
    return crypto.Keyring.read(data_keys, lookup_key)


class Sealed:
    """A secret as it came out of the database. It shows nothing; only its own row opens it."""

    __slots__ = ("text",)

    def __init__(self, text: str) -> None:
        self.text = text

    def __repr__(self) -> str:
        return "<versleuteld>"

    def __str__(self) -> str:
        raise TypeError("Een versleutelde waarde is alleen te lezen via haar eigen rij.")


class Secret(DeferredAttribute):
    """Opens the secret of a row when somebody reads it, and remembers what it said."""

    field: "EncryptedField"

    def __get__(self, instance: models.Model | None, cls: Any = None) -> Any:
        value = super().__get__(instance, cls)
        if instance is None or not isinstance(value, Sealed):
            return value
        plain = keyring().open(value.text, self.field.place(instance))
        opened(instance)[self.field.attname] = plain
        instance.__dict__[self.field.attname] = read = self.field.load(plain)
        return read

    def __set__(self, instance: models.Model, value: Any) -> None:
        instance.__dict__[self.field.attname] = value


def opened(instance: models.Model) -> dict[str, bytes]:
    """Return what the secrets of this row said when they were read or saved last."""
    found: dict[str, bytes] = instance.__dict__.setdefault("_opened", {})
    return found


class EncryptedField(models.TextField):
    """A column with a secret. What is stored is text in the form of kit/crypto.py, or empty, or NULL."""

    descriptor_class: Any = Secret

    def dump(self, value: Any) -> bytes:
        """Return the value as bytes to seal."""
        return str(value).encode()

    def load(self, plain: bytes) -> Any:
        """Return the value again."""
        return plain.decode()

    def blank_text(self, value: Any) -> bool:
        """Tell whether this stays readable, because there is nothing in it."""
        return value is None or (isinstance(value, str) and value == "")

    def place(self, instance: models.Model) -> str:
        """Return what a value is bound to: table, column and row."""
        return place(self.model._meta.db_table, str(self.column), instance.pk)

    def get_internal_type(self) -> str:
        return "TextField"

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> Any:
        return Sealed(value) if value else value

    def to_python(self, value: Any) -> Any:
        return value

    def get_prep_value(self, value: Any) -> Any:
        if value is UNCHANGED or isinstance(value, Sealed):
            return value
        if value is None or value == "" or hasattr(value, "resolve_expression"):
            return value
        raise TypeError(f"{self.name} is versleuteld: bewaar de rij met save(); zoeken kan niet.")

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        value = self.get_prep_value(value)
        return value.text if isinstance(value, Sealed) else value

    def get_lookup(self, lookup_name: str) -> Any:
        # "Is it empty?" is all that can be asked of a secret.
        return super().get_lookup(lookup_name) if lookup_name in ("exact", "isnull", "sealed") else None

    def pre_save(self, instance: models.Model, add: bool) -> Any:
        """Return the value sealed for this row, or that its column can stay as it is."""
        value = instance.__dict__.get(self.attname)
        if isinstance(value, Sealed):
            if add:
                raise TypeError(f"{self.name} is versleuteld voor een andere rij: lees de waarde eerst.")
            return UNCHANGED
        if self.blank_text(value):
            return value
        plain = self.dump(value)
        if not add and opened(instance).get(self.attname) == plain:
            return UNCHANGED
        return self.sealed(value, instance)

    def sealed(self, value: Any, instance: models.Model) -> Any:
        """Return the value sealed for this row; nothing stays nothing."""
        return value if self.blank_text(value) else Sealed(keyring().seal(self.dump(value), self.place(instance)))


class EncryptedTextField(EncryptedField):
    """A secret text. Empty stays empty."""


class EncryptedJSONField(EncryptedField):
    """A secret that is a table or a list; as with Django's JSONField what goes in comes out."""

    # What django-stubs reads of a field: anything that is JSON, rather than text.
    _pyi_private_set_type: Any
    _pyi_private_get_type: Any
    _pyi_lookup_exact_type: Any

    def blank_text(self, value: Any) -> bool:
        return value is None

    def dump(self, value: Any) -> bytes:
        return json.dumps(value, ensure_ascii=False).encode()

    def load(self, plain: bytes) -> Any:
        try:
            return json.loads(plain)
        except ValueError:
            # The error of the library quotes what it read.
            raise crypto.CannotOpen(f"{self.name}: dit is geen JSON.") from None


@EncryptedField.register_lookup
class IsSealed(models.Lookup):
    """`field__sealed=True`: it has the form of a sealed value. For constraints."""

    lookup_name = "sealed"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        column, parameters = self.process_lhs(compiler, connection)
        return f"{column} {'~' if self.rhs else '!~'} %s", [*parameters, crypto.FORM]


class LookupField(models.CharField):
    """The keyed fingerprint of a secret in the same row, by which rows are found. Made on saving; empty when empty."""

    def __init__(self, *args: Any, of: str, **kwargs: Any) -> None:
        self.of = of
        super().__init__(*args, **{"max_length": 64, "default": "", "editable": False, "blank": True, **kwargs})

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "of": self.of}

    def pre_save(self, instance: models.Model, add: bool) -> Any:
        if isinstance(instance.__dict__.get(self.of), Sealed):
            return UNCHANGED
        found = fingerprint(getattr(instance, self.of), self.of)
        setattr(instance, self.attname, found)
        return found


def fingerprint(value: str, name: str) -> str:
    """Return by which fingerprint this value is found; empty for nothing."""
    return keyring().lookup(value, name) if value else ""


def place(table: str, column: str, key: Any) -> str:
    """Return the associated data of one value."""
    return f"{table}.{column}:{key}"


def all_sealed(*names: str) -> Q:
    """Return the condition that each of these is empty or sealed; what is NULL passes."""
    condition = Q()
    for name in names:
        condition &= Q(**{name: ""}) | Q(**{f"{name}__sealed": True})
    return condition


class SecretsQuerySet(models.QuerySet[Any]):
    """Rows that get their number before they are written: a secret is bound to it."""

    def bulk_create(self, objs: Iterable[Any], *args: Any, **kwargs: Any) -> Any:
        rows = list(objs)
        nameless = [row for row in rows if row.pk is None]
        if nameless:
            numbers = next_numbers(self.model, len(nameless), using=self.db)
            for row, number in zip(nameless, numbers, strict=True):
                row.pk = number
        return super().bulk_create(rows, *args, **kwargs)

    bulk_create.alters_data = True  # type: ignore[attr-defined]


class WithSecrets(models.Model):
    """A row with secrets."""

    objects: ClassVar[models.Manager[Any]] = models.Manager.from_queryset(SecretsQuerySet)()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is None:
            using = kwargs.get("using") or router.db_for_write(type(self), instance=self)
            self.pk = next_numbers(type(self), 1, using=using)[0]
            kwargs["force_insert"] = True
        super().save(*args, **kwargs)
        for field in secrets_of(type(self)):
            value = self.__dict__.get(field.attname)
            saved = kwargs.get("update_fields") is None or field.name in kwargs["update_fields"]
            if saved and field.attname in self.__dict__ and not isinstance(value, Sealed):
                self._remember(field, value)

    def refresh_from_db(self, *args: Any, **kwargs: Any) -> None:
        before = {field.attname: self.__dict__.get(field.attname, UNCHANGED) for field in secrets_of(type(self))}
        super().refresh_from_db(*args, **kwargs)
        for field in secrets_of(type(self)):
            value = self.__dict__.get(field.attname, UNCHANGED)
            if value is not before[field.attname]:
                self._remember(field, value)

    def sealed(self, **changes: Any) -> dict[str, Any]:
        """Return these changes with the secrets among them sealed for this row, for a guarded `update()`."""
        fields = {field.name: field for field in secrets_of(type(self))}
        return {name: fields[name].sealed(value, self) if name in fields else value for name, value in changes.items()}

    def _remember(self, field: EncryptedField, value: Any) -> None:
        if field.blank_text(value):
            opened(self).pop(field.attname, None)
        elif value is not UNCHANGED and not isinstance(value, Sealed):
            opened(self)[field.attname] = field.dump(value)

    def _do_update(self, base_qs: Any, using: Any, pk_val: Any, values: Any, *more: Any) -> Any:
        # The one place in a save where a column can still be left out; how it goes on is Django's own.
        changed = [value for value in values if value[2] is not UNCHANGED]
        return super()._do_update(base_qs, using, pk_val, changed, *more)


def secrets_of(model: type[models.Model]) -> list[EncryptedField]:
    """Return the fields of this model that are sealed."""
    return [field for field in model._meta.concrete_fields if isinstance(field, EncryptedField)]


def next_numbers(model: type[models.Model], count: int, *, using: str) -> list[int]:
    """Return numbers for new rows, from the table's own sequence."""
    key = model._meta.pk
    with connections[using].cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)",
            [f'"{model._meta.db_table}"', key.column, count],
        )
        return [number for (number,) in cursor.fetchall()]
