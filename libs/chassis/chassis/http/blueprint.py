"""What a view function needs: its blueprint, the caller, the unit of work, and the problems it declares."""

import json
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from flask import Request, Response, current_app, g
from flask_smorest import Blueprint
from flask_smorest.utils import set_status_and_headers_in_response, unpack_tuple_response
from webargs.flaskparser import FlaskParser

from chassis.auth import Principal
from chassis.errors import Unauthenticated
from chassis.http.view_schema import schema_of
from chassis.unit_of_work import UnitOfWork
from chassis.views import decode_as, encode

F = TypeVar("F", bound=Callable[..., Any])
PROBLEMS = "__problems__"
OPTIONAL_IF_MATCH = "__optional_if_match__"
ANSWER = "__answer__"


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

    def response(self, status_code: int, schema: Any = None, **options: Any) -> Any:
        """Declare what a view function answers: a view (frozen dataclass, `Page[SomeView]`), or None.

        The view is encoded by `chassis.views` and documented by the schema made from it. In test mode each answer is
        read back against the view's annotations. A dict documents what is no JSON, such as a file.
        """
        if schema is None or isinstance(schema, dict):
            return _remembering(schema, super().response(status_code, schema, **options))
        document = super().response(status_code, schema_of(schema), **options)

        def decorate(view: F) -> Any:
            @wraps(view)
            def wrapper(*args: Any, **kwargs: Any) -> Response:
                found, status, headers = unpack_tuple_response(view(*args, **kwargs))
                if isinstance(found, Response):
                    return found
                body = encode(found)
                if current_app.config.get("CHECK_ANSWERS"):
                    decode_as(body, schema)
                answer = Response(body, status_code, content_type="application/json")
                set_status_and_headers_in_response(answer, status, headers)
                return answer

            return document(wrapper)

        return _remembering(schema, decorate)


def _remembering(answer: Any, decorate: Callable[[F], Any]) -> Callable[[F], Any]:
    """Tag the decorated view function with what it answers, for the tests that walk all routes."""

    def tag(view: F) -> Any:
        decorated = decorate(view)
        setattr(decorated, ANSWER, answer)
        return decorated

    return tag


def problems(*statuses: int, optional_if_match: bool = False) -> Callable[[F], F]:
    """Declare the problem statuses of a view besides those that every operation may answer.

    With 428 the description asks for If-Match; `optional_if_match` names it where a view takes it without requiring it.
    """

    def tag(view: F) -> F:
        setattr(view, PROBLEMS, frozenset(statuses))
        setattr(view, OPTIONAL_IF_MATCH, optional_if_match)
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
