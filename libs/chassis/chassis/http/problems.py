"""Every error becomes application/problem+json here and nowhere else."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from traceback import format_tb
from typing import Annotated, Any

from flask import Flask, Response, g, request
from msgspec import Meta
from sqlalchemy.exc import DataError, IntegrityError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from werkzeug.exceptions import HTTPException

from chassis.db.availability import is_lock_conflict, reason_of
from chassis.errors import AppError, ChangeSince, FieldError, InvalidInput, Kind
from chassis.observability.logging import get_logger
from chassis.views import encode

log = get_logger()
# An answer is never longer than what was sent; whoever mends these and sends again reads of the next.
MOST_ERRORS = 20
LONGEST_FIELD, LONGEST_EXPECTED = 200, 1000
STATUS = {
    Kind.MALFORMED: 400,
    Kind.UNAUTHENTICATED: 401,
    Kind.FORBIDDEN: 403,
    Kind.NOT_FOUND: 404,
    Kind.CONFLICT: 409,
    Kind.PRECONDITION_FAILED: 412,
    Kind.TOO_LARGE: 413,
    Kind.UNSUPPORTED_MEDIA: 415,
    Kind.INVALID: 422,
    Kind.PRECONDITION_REQUIRED: 428,
    Kind.RATE_LIMITED: 429,
    Kind.UNAVAILABLE: 503,
}
_HTTP_CODES = {
    400: ("malformed_request", "Permintaan tidak dapat dibaca. Periksa bentuk JSON dan parameternya."),
    404: ("route_not_found", "Alamat ini tidak ada."),
    405: ("method_not_allowed", "Metode ini tidak berlaku untuk alamat ini."),
    413: ("body_too_large", "Kiriman terlalu besar."),
    415: ("unsupported_media_type", "Kirim isi sebagai application/json."),
}


@dataclass(frozen=True)
class FieldProblem:
    field: Annotated[str, Meta(description="path of the field")]
    code: str
    value: Annotated[Any, Meta(description="the value that came")]
    expected: Annotated[str, Meta(description="in Indonesian: what would be right")]


@dataclass(frozen=True)
class Problem:
    """An error, as application/problem+json."""

    type: str
    title: str
    status: int
    code: Annotated[str, Meta(description="stable; act on this")]
    detail: Annotated[str, Meta(description="in Indonesian, for people")]
    errors: Sequence[FieldProblem]
    request_id: str
    changes: Annotated[Sequence[ChangeSince], Meta(description="of 412, where known: since what was read")] = ()


class DatabaseUnavailable(AppError):
    code = "database_unavailable"
    kind = Kind.UNAVAILABLE
    title = "The service's database does not answer"
    sentence = "Layanan sedang terganggu. Coba lagi sebentar lagi; yang sudah tersimpan tetap aman."


class ConcurrentChange(AppError):
    code = "concurrent_change"
    kind = Kind.CONFLICT
    title = "It clashes with what is stored, or with another request at the same moment"
    sentence = "Data ini bentrok dengan data yang sudah ada atau dengan permintaan lain. Muat ulang, lalu coba lagi."


class ValueOutOfRange(AppError):
    code = "value_out_of_range"
    kind = Kind.INVALID
    title = "A value is out of range"
    sentence = "Ada nilai yang terlalu besar atau tidak dapat disimpan. Periksa isian Anda."


def register_problems(app: Flask) -> None:
    """Install the handlers on an application."""
    app.register_error_handler(AppError, _expected)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(DataError, lambda _: _expected(ValueOutOfRange()))
    app.register_error_handler(IntegrityError, _integrity)
    for away in (OperationalError, InterfaceError, PoolTimeoutError):
        app.register_error_handler(away, _away)
    app.register_error_handler(Exception, _unexpected)


def _expected(error: AppError) -> Response:
    status = STATUS[error.kind]
    response = _problem(status, error.code, error.title, error.detail, error.errors, error.changes)
    if status in {429, 503}:
        response.headers["Retry-After"] = str(error.params.get("retry_after", 5))
    return response


def _http(error: HTTPException) -> Response:
    status = error.code or 500
    if status == 422:  # noqa: PLR2004 - webargs' own
        faults = _field_errors(getattr(error, "data", {}) or {})
        return _expected(InvalidInput(errors=list(islice(faults, MOST_ERRORS + 1))))
    code, detail = _HTTP_CODES.get(status, (f"http_{status}", "Permintaan tidak dapat diproses."))
    response = _problem(status, code, error.name, detail)
    if status == 405 and getattr(error, "valid_methods", None):  # noqa: PLR2004
        response.headers["Allow"] = ", ".join(error.valid_methods)  # type: ignore[attr-defined]
    return response


def _integrity(error: IntegrityError) -> Response:
    # the first line names the constraint; those below it may hold the row
    log.warning("integrity_violation", error=str(error.orig).partition("\n")[0][:500])
    return _expected(ConcurrentChange())


def _away(error: Exception) -> Response:
    if is_lock_conflict(error):
        log.warning("gave_way", reason=reason_of(error))
        return _expected(ConcurrentChange())
    log.error("database_unavailable", reason=reason_of(error))
    return _expected(DatabaseUnavailable())


def _unexpected(error: Exception) -> Response:
    if g.get("untraced"):
        # an error's own words may hold what somebody wrote without a name
        log.error("request_failed", error=type(error).__name__, at=format_tb(error.__traceback__)[-1])
    else:
        log.error("request_failed", exc_info=error)
    detail = "Terjadi kesalahan pada sistem. " + (
        "Coba lagi beberapa saat lagi." if g.get("untraced") else "Sebutkan request_id ini kepada petugas."
    )
    return _problem(500, "internal_error", "Internal error", detail)


def _problem(
    status: int,
    code: str,
    title: str,
    detail: str,
    faults: Sequence[FieldError] = (),
    changes: Sequence[ChangeSince] = (),
) -> Response:
    if len(faults) > MOST_ERRORS:
        detail = f"{detail} Hanya {MOST_ERRORS} kesalahan pertama yang disebutkan; masih ada yang lain."
    errors = [FieldProblem(one.field[:LONGEST_FIELD], one.code, _shown(one.value), one.expected[:LONGEST_EXPECTED])
              for one in faults[:MOST_ERRORS]]  # fmt: skip
    problem = Problem(f"urn:suar:problem:{code}", title, status, code, detail, errors, g.get("request_id", ""), changes)
    return Response(encode(problem), status, content_type="application/problem+json")


def _shown(value: object) -> object:
    if value is None or isinstance(value, bool | int | float):
        return value
    return str(value)[:200]


def _field_errors(data: Mapping[str, Any]) -> Iterator[FieldError]:
    for location, messages in data.get("messages", {}).items():
        sent = _sent(location)
        if isinstance(messages, Mapping):
            yield from _field_errors_at(messages, sent, ())
        else:
            for message in messages:
                yield FieldError(location, "invalid", None, str(message))


def _field_errors_at(messages: Mapping[Any, Any], sent: Any, path: tuple[str, ...]) -> Iterator[FieldError]:
    for key, inner in messages.items():
        here = path if key == "_schema" else (*path, str(key))
        value = sent if key == "_schema" else _get(sent, key)
        if isinstance(inner, Mapping):
            yield from _field_errors_at(inner, value, here)
        else:
            for message in inner:
                yield FieldError(".".join(here) or "body", "invalid", _plain(value), str(message))


def _plain(value: Any) -> object:
    return json.dumps(value, ensure_ascii=False)[:200] if isinstance(value, dict | list) else value


def _get(container: Any, key: Any) -> Any:
    try:
        return container[key]
    except (KeyError, IndexError, TypeError):
        return None


def _sent(location: str) -> Any:
    match location:
        case "json":
            return request.get_json(silent=True)
        case "query":
            return request.args
        case "form":
            return request.form
        case "files":
            return {name: file.filename for name, file in request.files.items()}
        case _:
            return {}
