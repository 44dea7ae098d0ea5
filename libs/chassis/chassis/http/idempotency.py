"""Idempotency-Key: the answer is stored in the same transaction as the effect, and given again to a repeat."""

import hashlib
import json
from collections.abc import Callable
from enum import Enum
from functools import wraps
from typing import Any, TypeVar

from flask import Response, g, make_response, request
from sqlalchemy import text

from chassis.errors import AppError, FieldError, InvalidInput, Kind
from chassis.http.blueprint import principal, work
from chassis.unit_of_work import Transaction

F = TypeVar("F", bound=Callable[..., Any])
KEPT_HEADERS = ("Location", "ETag")
LONGEST_KEY = 200
IDEMPOTENCY = "__idempotency__"
# The commonest reason of @not_idempotent.
UNSTORED = "the answer holds a secret, which is not stored"


class KeyRule(Enum):
    """Whether a view takes an Idempotency-Key; a text instead is the reason why it takes none."""

    ACCEPTED = "accepted"
    REQUIRED = "required"


ACCEPTED, REQUIRED = KeyRule.ACCEPTED, KeyRule.REQUIRED
_CLAIM = text(
    "INSERT INTO idempotency (agency_id, account_id, route, key, request_hash) "
    "VALUES (:agency, :account, :route, :key, :hash) ON CONFLICT DO NOTHING RETURNING key"
)
_FIND = text(
    "SELECT request_hash, status, headers, body FROM idempotency "
    "WHERE agency_id = :agency AND account_id = :account AND route = :route AND key = :key"
)
_STORE = text(
    "UPDATE idempotency SET status = :status, headers = CAST(:headers AS jsonb), body = :body "
    "WHERE agency_id = :agency AND account_id = :account AND route = :route AND key = :key"
)


class IdempotencyKeyReused(AppError):
    code = "idempotency_key_reused"
    kind = Kind.CONFLICT
    title = "This Idempotency-Key came with another request before"
    sentence = "Kunci Idempotency-Key ini sudah dipakai untuk permintaan lain. Pakai kunci baru."


class IdempotencyKeyRequired(AppError):
    code = "idempotency_key_required"
    kind = Kind.PRECONDITION_REQUIRED
    title = "Idempotency-Key is required"
    sentence = "Sertakan header Idempotency-Key agar permintaan yang terkirim dua kali tidak diproses dua kali."


class IdempotencyKeyUnsupported(AppError):
    code = "idempotency_key_unsupported"
    kind = Kind.INVALID
    title = "This operation takes no Idempotency-Key"
    sentence = "Operasi ini tidak menerima Idempotency-Key. Kirim tanpa header itu."


def not_idempotent(*, reason: str) -> Callable[[F], F]:
    """Refuse Idempotency-Key on a POST, for a reason that stands in the API description.

    For answers that hold a secret, which must not be stored, and for routes without a known caller.
    """

    def tag(view: F) -> F:
        setattr(view, IDEMPOTENCY, reason)
        return view

    return tag


def refuse_unsupported_key(view: object) -> None:
    """Raise IdempotencyKeyUnsupported when a key came to a view that would ignore it."""
    if "Idempotency-Key" in request.headers and isinstance(getattr(view, IDEMPOTENCY, None), str):
        raise IdempotencyKeyUnsupported


def idempotent(view: F | None = None, *, required: bool = False, agency: Callable[[], str] | None = None) -> Any:
    """Honour Idempotency-Key on a view. Goes directly under @allow, above @blp.arguments; `required` insists on it.

    `agency` says in whose transaction the view works, where that is not the caller's own agency.
    """

    def decorate(inner: F) -> F:
        @wraps(inner)
        def outer(*args: Any, **kwargs: Any) -> Any:
            key = request.headers.get("Idempotency-Key")
            if key is None:
                if required:
                    raise IdempotencyKeyRequired
                return inner(*args, **kwargs)
            if not (0 < len(key) <= LONGEST_KEY and key.isprintable()):
                fault = FieldError("Idempotency-Key", "key_invalid", key[:50], f"1 sampai {LONGEST_KEY} karakter")
                raise InvalidInput(errors=[fault])
            with work().transaction(agency() if agency else principal().agency_id) as transaction:
                return _once(transaction, key, lambda: make_response(inner(*args, **kwargs)))

        setattr(outer, IDEMPOTENCY, REQUIRED if required else ACCEPTED)
        return outer  # type: ignore[return-value]

    return decorate if view is None else decorate(view)


def _content_hash() -> bytes:
    """Hash what was sent. Of a form the parts: each sending separates them by another random boundary."""
    if request.mimetype != "multipart/form-data":
        return hashlib.sha256(request.get_data() + request.query_string).digest()
    digest = hashlib.sha256(request.query_string)
    for name, value in request.form.items(multi=True):
        digest.update(hashlib.sha256(f"{name}={value}".encode()).digest())
    for name, file in request.files.items(multi=True):
        digest.update(hashlib.sha256(name.encode() + b"\0" + file.read()).digest())
        file.seek(0)
    return digest.digest()


def _once(transaction: Transaction, key: str, answer: Callable[[], Response]) -> Response:
    who = {
        "agency": transaction.agency_id,
        "account": principal().account_id,
        "route": f"{request.method} {request.path}",
        "key": key,
    }
    content = _content_hash()
    if transaction.session.execute(_CLAIM, {**who, "hash": content}).first() is None:
        stored = transaction.session.execute(_FIND, who).one()
        if bytes(stored.request_hash) != content:
            raise IdempotencyKeyReused
        return Response(stored.body, stored.status, stored.headers, content_type="application/json")
    response = answer()
    if "etag" in g:
        response.headers["ETag"] = g.etag
    headers = {name: response.headers[name] for name in KEPT_HEADERS if name in response.headers}
    stored_values = {
        "status": response.status_code,
        "headers": json.dumps(headers),
        "body": response.get_data(as_text=True),
    }
    transaction.session.execute(_STORE, {**who, **stored_values})
    return response
