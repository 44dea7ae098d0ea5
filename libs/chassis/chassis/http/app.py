"""The application factory: one shape for every deployable's HTTP."""

from collections.abc import Callable, Sequence
from typing import Any

from flask import Flask, Response, jsonify
from flask_smorest import Api, Blueprint
from prometheus_client.registry import Collector
from sqlalchemy import text

from chassis.auth import TokenVerifier, allow_public
from chassis.http.guard import install_guard, refuse_untagged_routes
from chassis.http.metrics import add_metrics
from chassis.http.openapi import describe
from chassis.http.problems import Problem, register_problems
from chassis.http.readiness import DATABASE, Readiness
from chassis.http.view_schema import schema_of
from chassis.settings import BaseSettings, Mode
from chassis.wiring import make_unit_of_work

LARGEST_BODY = 64 * 1024 * 1024


class _Api(Api):  # type: ignore[misc]
    ERROR_SCHEMA = schema_of(Problem)

    def _register_error_handlers(self) -> None:
        """The chassis has its own."""


def create_app(
    settings: BaseSettings,
    *,
    title: str,
    blueprints: Sequence[Blueprint],
    ready: dict[str, Callable[[], Any]] | None = None,
    largest_body: int = LARGEST_BODY,
    collectors: Sequence[Collector] = (),
) -> Flask:
    """Make the Flask application of one deployable.

    `ready` names further dependencies that /health/ready asks: a callable that raises when its dependency is away.
    The `url_prefix` of a blueprint may hold `{service}`, for blueprints that several services share.
    `collectors` add to /metrics what a service counts in its own tables.
    Raises RuntimeError when a route has no access rule.
    """
    app = Flask(settings.service, static_folder=None)
    app.config.update(
        API_TITLE=title,
        API_VERSION="v1",
        OPENAPI_VERSION="3.1.0",
        MAX_CONTENT_LENGTH=largest_body,
        PROPAGATE_EXCEPTIONS=False,
        CHECK_ANSWERS=settings.mode is Mode.TEST,
    )
    # `//api//v1` is no address: a redirect would name the host that the request names
    app.url_map.merge_slashes = False
    app.json.sort_keys = False  # type: ignore[attr-defined]
    api = _Api(app)
    work = make_unit_of_work(settings, process="api")
    app.extensions["suar_work"] = work
    app.extensions["suar_settings"] = settings
    register_problems(app)
    install_guard(app, TokenVerifier.from_file(settings.auth_public_key_file))
    readiness = Readiness({DATABASE: lambda: _ask(app), **(ready or {})})
    for blueprint in blueprints:
        api.register_blueprint(blueprint, url_prefix=blueprint.url_prefix.replace("{service}", settings.service))

    @allow_public(reason="the supervisor asks whether the process lives")
    def live() -> dict[str, str]:
        return {"status": "live"}

    @allow_public(reason="the edge and the supervisor ask whether requests can be served")
    def is_ready() -> tuple[Response, int]:
        missing = readiness.missing()
        body = jsonify(status="not ready" if missing else "ready", missing=missing)
        return body, 503 if missing else 200

    @allow_public(reason="the description of the API is open")
    def openapi() -> Response:
        return jsonify(describe(app, api))

    add_metrics(app, work, collectors)
    app.add_url_rule("/health/live", view_func=live)
    app.add_url_rule("/health/ready", view_func=is_ready)
    app.add_url_rule("/openapi.json", view_func=openapi)
    app.extensions["suar_openapi"] = lambda: describe(app, api)
    refuse_untagged_routes(app)
    return app


def _ask(app: Flask) -> None:
    with app.extensions["suar_work"].database.engine.connect() as connection:
        connection.execute(text("SELECT 1"))
