"""Encoding of views, once: frozen dataclasses become JSON here, with ids as text, decimals as text and times in UTC."""

from collections.abc import Callable, Sequence
from dataclasses import fields
from functools import cache
from typing import Any, TypeVar

import msgspec

T = TypeVar("T")

_encoder = msgspec.json.Encoder()


def encode(view: Any) -> bytes:
    """Return the JSON of a view; raise TypeError for a value that JSON cannot carry."""
    return _encoder.encode(view)


def decode_as(body: bytes, kind: Any) -> Any:
    """Read JSON as a view. Raise msgspec.ValidationError where it differs from the view's fields and types."""
    return msgspec.json.decode(body, type=kind)


def view_of(kind: type[T], item: object, /, *others: object, **more: object) -> T:
    """Make a view of objects: each field from `more`, else from the first object with an attribute of its name."""
    return kind(**{name: more[name] if name in more else _value(name, item, others) for name in _names(kind)})


def _value(name: str, item: object, others: Sequence[object]) -> Any:
    if others and not hasattr(item, name):
        return _value(name, others[0], others[1:])
    return getattr(item, name)


def _list_names(kind: Any) -> Sequence[str]:
    return [item.name for item in fields(kind)]


_names: Callable[[Any], Sequence[str]] = cache(_list_names)
