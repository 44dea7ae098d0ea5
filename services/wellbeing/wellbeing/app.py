"""The HTTP side: the blueprint of every resource; each route names beside itself who may call it."""

from flask import Flask

from chassis.http import create_app as create_flask_app
from operations import operations_blueprint
from wellbeing.http.arrangements import blp as arrangements
from wellbeing.http.cases import blp as cases
from wellbeing.http.check_ups import blp as check_ups
from wellbeing.http.conditions import blp as conditions
from wellbeing.http.programmes import blp as programmes
from wellbeing.http.references import blp as references
from wellbeing.http.reports import blp as reports
from wellbeing.http.summary import blp as summary
from wellbeing.http.surveys import blp as surveys
from wellbeing.settings import Settings

LARGEST_BODY = 256 * 1024


def create_app(settings: Settings) -> Flask:
    blueprints = [
        surveys,
        conditions,
        cases,
        reports,
        programmes,
        check_ups,
        arrangements,
        references,
        summary,
        operations_blueprint,
    ]
    return create_flask_app(settings, title="Suar: wellbeing", blueprints=blueprints, largest_body=LARGEST_BODY)
