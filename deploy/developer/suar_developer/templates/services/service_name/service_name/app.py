"""The API of the service_name service, wired in one place."""

from flask import Flask

from chassis.http import create_app as make_app
from operations import operations_blueprint
from service_name.http import suggestions
from service_name.settings import Settings


def create_app(settings: Settings) -> Flask:
    return make_app(settings, title="Suar: service_name", blueprints=[suggestions.blp, operations_blueprint])
