"""HTTP of this service, wired in one place."""

from flask import Flask

from approvals.routes import proposals_blueprint
from chassis.http import create_app as make_app
from chassis.http import jobs_blueprint
from operations import operations_blueprint
from training.http import competencies, courses, library, needs, plans, records, sessions, summaries
from training.http.access import PREFIX
from training.second_person import ACTIONS
from training.settings import Settings


def create_app(settings: Settings) -> Flask:
    return make_app(
        settings,
        title="Suar: training",
        blueprints=[
            competencies.blp,
            needs.blp,
            plans.blp,
            courses.blp,
            sessions.blp,
            records.blp,
            library.blp,
            summaries.blp,
            proposals_blueprint(ACTIONS, PREFIX),
            jobs_blueprint("training", "hr_officer"),
            operations_blueprint,
        ],
    )
