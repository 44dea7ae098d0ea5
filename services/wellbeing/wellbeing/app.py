"""The HTTP side: every area's blueprint; each route names beside itself who may call it."""

from flask import Flask

from chassis.http import create_app as create_flask_app
from operations import operations_blueprint

from .http.cases import blp as cases
from .http.conditions import blp as conditions
from .http.programmes import blp as programmes
from .http.reference import blp as reference
from .http.reports import blp as reports
from .http.summary import blp as summary
from .http.surveys import blp as surveys
from .settings import Settings

LARGEST_BODY = 256 * 1024


def create_app(settings: Settings) -> Flask:
    return create_flask_app(
        settings,
        title="Suar: wellbeing",
        blueprints=[surveys, conditions, cases, reports, programmes, reference, summary, operations_blueprint],
        largest_body=LARGEST_BODY,
    )
