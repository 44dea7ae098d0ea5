"""HTTP of this service, wired in one place."""

from flask import Flask

from chassis.http import create_app as make_app
from chassis.http import jobs_blueprint
from operations import operations_blueprint
from personnel.http import (
    agencies,
    changes,
    corrections,
    employees,
    imports,
    officials,
    org_units,
    papers,
    records,
    substitutions,
    teams,
    timelines,
)
from personnel.settings import Settings
from spreadsheets import MEGABYTE, Limits


def create_app(settings: Settings) -> Flask:
    limits = Limits(settings.import_limit_mb, settings.import_row_limit)
    app = make_app(
        settings,
        title="Suar: personnel",
        blueprints=[
            agencies.blp,
            org_units.blp,
            employees.blp,
            papers.blp,
            changes.blp,
            records.blp,
            timelines.blp,
            corrections.blp,
            imports.blp,
            officials.blp,
            substitutions.blp,
            teams.blp,
            jobs_blueprint("personnel", "hr_officer"),
            operations_blueprint,
        ],
        largest_body=(limits.megabytes + 1) * MEGABYTE,
    )
    app.extensions["personnel_limits"] = limits
    return app
