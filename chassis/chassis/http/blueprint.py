"""What a view needs: its blueprint, the caller, the unit of work, and the problems it declares."""

import json
from collections.abc import Callable
from typing import Any, TypeVar, cast

from flask import Request, current_app, g
from flask_smorest import Blueprint
from webargs.flaskparser import FlaskParser

from chassis.auth import Principal
from chassis.errors import Unauthenticated
from chassis.unit_of_work import UnitOfWork

F = TypeVar("F", bound=Callable[..., Any])
PROBLEMS = "__problems__"


class _Parser(FlaskParser):
    """Takes JSON that Python will not read (nested too deep, a number of thousands of digits) for no JSON."""

    def _raw_load_json(self, req: Request) -> Any:
        try:
            return super()._raw_load_json(req)
        except (json.JSONDecodeError, UnicodeDecodeError):
            raise
        except (RecursionError, ValueError) as error:
            raise json.JSONDecodeError(str(error), "{", 0) from error


class ServiceBlueprint(Blueprint):  # type: ignore[misc]
    """A flask-smorest blueprint; `url_prefix` is the full path, such as /api/v1/<service>."""

    ARGUMENTS_PARSER = _Parser()

    def __init__(self, name: str, *, url_prefix: str, description: str = "") -> None:
        super().__init__(name, name, url_prefix=url_prefix, description=description)

    def arguments(self, schema: Any, **options: Any) -> Any:
        """A schema is made once, not for each request: making one copies every field, nested ones too."""
        return super().arguments(schema() if isinstance(schema, type) else schema, **options)


def problems(*statuses: int) -> Callable[[F], F]:
    """Declare the problem statuses of a view besides those that every operation may answer."""

    def tag(view: F) -> F:
        setattr(view, PROBLEMS, frozenset(statuses))
        return view

    return tag


def work() -> UnitOfWork:
    """The unit of work of the running application."""
    return cast("UnitOfWork", current_app.extensions["suar_work"])


def principal() -> Principal:
    """The caller; raises Unauthenticated on a public route without one."""
    found = caller()
    if found is None:
        raise Unauthenticated
    return found


def caller() -> Principal | None:
    """The caller, or None on a public route."""
    return cast("Principal | None", g.get("principal"))
