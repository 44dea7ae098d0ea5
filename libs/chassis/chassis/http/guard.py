"""Before each request: its ids, its caller, and whether the route lets the caller in; after it, one log line.

A route that leaves no trace has no ids and no line.
"""

import json
import re
import time
from typing import Any

import structlog
from flask import Flask, Response, current_app, g, request

from chassis.auth import Access, Principal, TokenVerifier, access_of
from chassis.causation import NO_CAUSATION, Causation, reset_causation, set_causation
from chassis.errors import AppError, FieldError, InvalidInput, Kind, Unauthenticated
from chassis.http.idempotency import IDEMPOTENCY, refuse_unsupported_key
from chassis.ids import new_id
from chassis.observability import metrics, tracing
from chassis.observability.logging import UNTRACED, get_logger

log = get_logger()
# What anybody may send without saying who they are.
LARGEST_OPEN_BODY = 64 * 1024
_REQUEST_ID = re.compile(r"^[A-Za-z0-9._-]{8,64}$")
# what supervisors ask every few seconds: neither logged nor counted
_QUIET = ("/health/", "/metrics")
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_SUSPECT = re.compile(rb"\x00|\\u0000|\\u[dD][89a-fA-F]")


class UnusableText(AppError):
    code = "unusable_text"
    kind = Kind.INVALID
    title = "Text holds a character that cannot be stored"
    sentence = "Ada karakter yang tidak dapat disimpan (NUL atau potongan emoji). Hapus karakter itu."


def refuse_untagged_routes(app: Flask) -> None:
    """Raise RuntimeError when a route declares no access rule: deny by default begins at start."""
    missing = [rule.rule for rule in app.url_map.iter_rules() if access_of(app.view_functions[rule.endpoint]) is None]
    if missing:
        raise RuntimeError(f"routes without an access rule (use @allow or @allow_public): {', '.join(missing)}")


def untagged_posts(app: Flask) -> list[str]:
    """Return the POST routes that say neither @idempotent nor @not_idempotent."""
    posts = [rule for rule in app.url_map.iter_rules() if "POST" in (rule.methods or ())]
    return [rule.rule for rule in posts if not hasattr(app.view_functions[rule.endpoint], IDEMPOTENCY)]


def install_guard(app: Flask, verifier: TokenVerifier) -> None:
    def enter() -> None:
        structlog.contextvars.clear_contextvars()
        g.started = time.perf_counter()
        if request.endpoint is None:
            _enter_traced()
        else:
            _admit(verifier, current_app.view_functions[request.endpoint])

    def leave(response: Response) -> Response:
        if g.get("request_id"):
            response.headers["X-Request-Id"] = g.request_id
        response.headers.setdefault("Cache-Control", "no-store")
        if "etag" in g:
            response.headers["ETag"] = g.etag
        if not request.path.startswith(_QUIET) and "started" in g:
            _finish(response)
        return response

    def clean(_error: BaseException | None) -> None:
        token = g.pop("cause", None)
        if token is not None:
            reset_causation(token)
        span = g.pop("span", None)
        if span is not None:
            span.end(failed="server_error" if g.get("status", 0) >= tracing.SERVER_ERRORS else "")

    app.before_request(enter)
    app.after_request(leave)
    app.teardown_request(clean)


def _admit(verifier: TokenVerifier, view: object) -> None:
    """Let the caller in, or raise what refuses them; nothing of a body is read before that."""
    access = access_of(view)
    assert access is not None
    (_enter_untraced if access.leaves_no_trace else _enter_traced)()
    g.principal = _caller(verifier, access)
    if access.is_public:
        request.max_content_length = min(LARGEST_OPEN_BODY, current_app.config["MAX_CONTENT_LENGTH"])
    if request.method != "OPTIONS":
        access.check(g.principal)
        refuse_unsupported_key(view)
        _check_text()


def _enter_traced() -> None:
    g.request_id = _id_of_request()
    sent = request.headers.get("traceparent", "")
    quiet = request.path.startswith(_QUIET)
    g.span = tracing.unsampled_span() if quiet else tracing.start_span(_name(), tracing.Kind.SERVER, sent)
    structlog.contextvars.bind_contextvars(request_id=g.request_id, trace_id=g.span.trace_id, span_id=g.span.span_id)
    g.cause = set_causation(Causation(g.request_id, "", g.span.traceparent))


def _enter_untraced() -> None:
    """Give the request no id and no trace, so that neither what is logged nor what is recorded can be tied to it."""
    g.untraced, g.request_id = True, ""
    structlog.contextvars.bind_contextvars(**{UNTRACED: True})
    g.cause = set_causation(NO_CAUSATION)


def _id_of_request() -> str:
    sent = request.headers.get("X-Request-Id", "")
    return sent if _REQUEST_ID.match(sent) else str(new_id())


def _caller(verifier: TokenVerifier, access: Access) -> Principal | None:
    if access.unnamed:
        return None
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() != "bearer" or not token:
        return None
    try:
        return verifier.verify(token.strip())
    except Unauthenticated:
        if access.is_public:
            return None
        raise


def _check_text() -> None:
    for name, values in request.args.lists():
        if any("\x00" in value for value in (name, *values)):
            raise InvalidInput(errors=[FieldError(name[:50], "unusable_text", None, "teks tanpa karakter NUL")])
    if "\x00" in request.path:
        raise UnusableText
    if request.is_json and _SUSPECT.search(request.get_data()):
        _check_json(_sent_json())


def _sent_json() -> Any:
    """The body as JSON, None where it is none; one that is nested too deep is refused by the view's parser."""
    try:
        return request.get_json(silent=True)
    except RecursionError:
        return None


def _check_json(value: Any) -> None:
    try:
        text = json.dumps(value, ensure_ascii=False)
        text.encode()
    except (UnicodeEncodeError, RecursionError) as error:
        raise UnusableText from error
    if "\\u0000" in text:
        raise UnusableText


def _name() -> str:
    return f"{request.method} {request.url_rule or 'unknown'}"


def _finish(response: Response) -> None:
    """Count, time and log a request once; of one that leaves no trace, count only that the service failed."""
    seconds = time.perf_counter() - g.started
    g.status = response.status_code
    if "untraced" in g and g.status < tracing.SERVER_ERRORS:
        return
    route = str(request.url_rule or "unknown")
    method = request.method if request.method in _METHODS else "other"
    metrics.answered(method, route, response.status_code, seconds)
    if "untraced" in g:
        return
    g.span.set_attributes(**{"http.request.method": method, "http.route": route, "http.response.status_code": g.status})
    if request.endpoint:
        _log(response, seconds)


def _log(response: Response, seconds: float) -> None:
    caller = g.get("principal")
    access = access_of(current_app.view_functions[request.endpoint]) if request.endpoint else None
    named = caller is not None and access is not None and not access.is_public
    log.info(
        "request",
        method=request.method,
        route=str(request.url_rule),
        status=response.status_code,
        ms=round(seconds * 1000, 1),
        account=str(caller.account_id) if named else None,
    )
