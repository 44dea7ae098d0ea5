"""HTTP of this service, wired in one place."""

from flask import Flask

from chassis.http import create_app as make_app
from chassis.http import jobs_blueprint
from incentive.http import allowances, awards, class_amounts, credit, eligibility, imports, months, policies
from incentive.settings import Settings
from operations import operations_blueprint


def create_app(settings: Settings) -> Flask:
    return make_app(
        settings,
        title="Suar: incentive",
        blueprints=[
            policies.blp,
            class_amounts.blp,
            imports.blp,
            months.blp,
            allowances.blp,
            credit.blp,
            eligibility.blp,
            awards.blp,
            jobs_blueprint("incentive", "hr_officer"),
            operations_blueprint,
        ],
    )
