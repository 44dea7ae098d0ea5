"""The marshmallow schema of a view, made from its dataclass: operations are documented by what they send.

A view is a frozen dataclass: its fields say name, type and nullability, and `Annotated[int, Meta(description="…")]`
what they mean. Nothing is written twice, so nothing can drift. A field of `int | UnsetType = UNSET` is left out of the
answer while it is UNSET.
"""

from dataclasses import fields, is_dataclass
from datetime import date, datetime, time
from decimal import Decimal
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints
from uuid import UUID

import marshmallow as ma
from msgspec import Meta, UnsetType

from chassis.http.schema import Schema

_PLAIN: dict[Any, type[ma.fields.Field[Any]]] = {
    str: ma.fields.String,
    int: ma.fields.Integer,
    bool: ma.fields.Boolean,
    float: ma.fields.Float,
    UUID: ma.fields.UUID,
    datetime: ma.fields.DateTime,
    date: ma.fields.Date,
    time: ma.fields.Time,
    Any: ma.fields.Raw,
    object: ma.fields.Raw,
}


@cache
def schema_of(kind: Any) -> type[Any]:
    """Return the schema of a view: a dataclass, or a generic one such as `Page[PlanView]`.

    Its name in the API description is the dataclass's without `View`; that of `Page[PlanView]` is `PlanPage`.
    Raise TypeError for an annotation that cannot be documented.
    """
    origin, arguments = get_origin(kind) or kind, get_args(kind)
    if not is_dataclass(origin):
        raise TypeError(f"{kind!r} is not a dataclass: answers are documented by views")
    parameters = dict(zip(getattr(origin, "__parameters__", ()), arguments, strict=True))
    hints = get_type_hints(origin, include_extras=True)
    members = {item.name: _field(_bind(hints[item.name], parameters)) for item in fields(origin)}
    name = "".join(_name(argument) for argument in arguments) + _name(origin)
    return type(name, (Schema,), {**members, "__doc__": origin.__doc__})


def _name(kind: Any) -> str:
    return str(kind.__name__).removesuffix("View")


def _bind(hint: Any, parameters: dict[Any, Any]) -> Any:
    """Put the arguments of a generic dataclass in the place of its type variables."""
    if hint in parameters:
        return parameters[hint]
    arguments = get_args(hint)
    if parameters and arguments and get_origin(hint) is not Literal:
        bound = tuple(_bind(argument, parameters) for argument in arguments)
        if bound != arguments:
            return hint.copy_with(bound) if hasattr(hint, "copy_with") else get_origin(hint)[bound]
    return hint


def _field(hint: Any, *, nullable: bool = False, metadata: dict[str, Any] | None = None) -> ma.fields.Field[Any]:
    metadata = metadata or {}
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is Annotated:
        metadata = {**_described(arguments[1:]), **metadata}
        return _field(arguments[0], nullable=nullable, metadata=metadata)
    if origin in {Union, UnionType}:
        rest = [argument for argument in arguments if argument is not NoneType and argument is not UnsetType]
        nullable = nullable or NoneType in arguments
        if len(rest) == 1:
            field = _field(rest[0], nullable=nullable, metadata=metadata)
        else:
            field = ma.fields.Raw(required=True, allow_none=nullable, metadata=metadata)
        field.required = field.required and UnsetType not in arguments
        return field
    options: dict[str, Any] = {"required": True, "allow_none": nullable, "metadata": metadata}
    return _concrete(hint, origin, arguments, options)


def _concrete(  # noqa: PLR0911 - one line for each kind of annotation
    hint: Any, origin: Any, arguments: tuple[Any, ...], options: dict[str, Any]
) -> ma.fields.Field[Any]:
    if hint in _PLAIN:
        return _PLAIN[hint](**options)
    if hint is Decimal:
        return ma.fields.String(**{**options, "metadata": {"format": "decimal", **options["metadata"]}})
    if origin is Literal:
        return ma.fields.String(validate=ma.validate.OneOf(arguments), **options)
    if origin is not None and isinstance(origin, type) and issubclass(origin, dict):
        return ma.fields.Dict(keys=_field(arguments[0]), values=_field(arguments[1]), **options)
    if arguments and not is_dataclass(origin):
        return ma.fields.List(_field(arguments[0]), **options)
    if isinstance(hint, type) and issubclass(hint, Enum):
        return ma.fields.String(validate=ma.validate.OneOf([member.value for member in hint]), **options)
    if hint is dict:
        return ma.fields.Dict(**options)
    return ma.fields.Nested(schema_of(hint), **options)


def _described(annotations: tuple[Any, ...]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for one in annotations:
        if isinstance(one, Meta):
            found |= {"description": one.description} if one.description else {}
            found |= {"example": one.examples[0]} if one.examples else {}
    return found
