"""Routes for the edge, and the pages that belong to no service."""

from pathlib import Path

import flask_swagger_ui
from flask import Flask, Response, current_app, jsonify, request, send_from_directory

from chassis.auth import allow_public
from chassis.http.guard import refuse_untagged_routes
from gateway.apidoc import Catalogue
from gateway.domain.errors import SessionRefused
from gateway.domain.origin import Evidence
from gateway.http.current import services, token_lookup
from gateway.use_cases.readiness.check import check_readiness
from gateway.use_cases.sessions.exchange_token import ExchangeToken, exchange_token

PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; connect-src 'self'; "
    "form-action 'none'; frame-ancestors 'none'; base-uri 'none'"
)
OWN_PAGES = Path(__file__).parents[1] / "static" / "docs"
SWAGGER_UI = Path(flask_swagger_ui.__file__).parent / "dist"
PAGES = {
    "/api/docs": (OWN_PAGES, "index.html"),
    "/api/docs/page.js": (OWN_PAGES, "page.js"),
    "/api/docs/page.css": (OWN_PAGES, "page.css"),
    "/api/docs/swagger-ui-bundle.js": (SWAGGER_UI, "swagger-ui-bundle.js"),
    "/api/docs/swagger-ui.css": (SWAGGER_UI, "swagger-ui.css"),
}


@allow_public(reason="only the edge can reach it; it answers with a token only for a live credential")
def authorise() -> Response:
    scheme, _, bearer = request.headers.get("Authorization", "").partition(" ")
    cookie = request.headers.get("X-Session-Cookie", "")
    if scheme and (scheme.lower() != "bearer" or not bearer.strip()):
        raise SessionRefused
    checked = request.headers.get("X-Origin-Check") == "unsafe"
    by_cookie = ExchangeToken(cookie, _evidence() if checked else None)
    command = ExchangeToken(bearer.strip()) if bearer else by_cookie
    found = exchange_token(token_lookup(), services(), command)
    headers = {"X-Internal-Token": found.internal_token, "X-Internal-Subject": str(found.account_id)}
    return Response(status=200, headers=headers)


def _evidence() -> Evidence:
    return Evidence(
        origin=request.headers.get("Origin", ""),
        csrf_token=request.headers.get("X-CSRF-Token", ""),
        own_origin=request.headers.get("X-Own-Origin", ""),
    )


@allow_public(reason="an outside supervisor checks the whole system; it names services, nothing else")
def readiness() -> tuple[Response, int]:
    found = check_readiness(current_app.extensions["suar_settings"].readiness_targets or {})
    return jsonify(
        status="ready" if found.is_ready else "not ready", services=found.services
    ), 200 if found.is_ready else 503


@allow_public(reason="the description of the API is open")
def merged_openapi() -> Response:
    catalogue: Catalogue = current_app.extensions["suar_catalogue"]
    response = Response(catalogue.body, content_type="application/json")
    response.set_etag(catalogue.etag)
    response.headers["Cache-Control"] = "no-cache"
    response.make_conditional(request)
    return response


@allow_public(reason="the description of the API is open")
def docs() -> Response:
    folder, name = PAGES[request.path]
    response = send_from_directory(folder, name)
    response.headers["Content-Security-Policy"] = PAGE_POLICY
    response.headers["Cache-Control"] = "no-cache"
    return response


def add_edge_routes(app: Flask) -> None:
    """Add the routes that stand beside the API of identity proper."""
    app.add_url_rule("/internal/authorise", view_func=authorise)
    app.add_url_rule("/readyz", view_func=readiness)
    app.add_url_rule("/api/v1/openapi.json", view_func=merged_openapi)
    for address in PAGES:
        app.add_url_rule(address, endpoint=address, view_func=docs)
    refuse_untagged_routes(app)
