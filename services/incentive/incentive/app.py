"""HTTP of this service, wired in one place."""

from flask import Flask

from approvals.routes import proposals_blueprint
from chassis.http import create_app as make_app
from chassis.http import jobs_blueprint
from incentive.http import (
    allowance_runs,
    allowances,
    attendance,
    awards,
    circumstances,
    claims,
    class_amounts,
    credit,
    eligibility,
    imports,
    penalties,
    policies,
    reference_data,
    talent,
)
from incentive.http.access import PREFIX
from incentive.second_person import ACTIONS
from incentive.settings import Settings
from operations import operations_blueprint

MODULES = (
    policies,
    class_amounts,
    imports,
    attendance,
    penalties,
    circumstances,
    allowance_runs,
    allowances,
    claims,
    credit,
    eligibility,
    talent,
    awards,
    reference_data,
)


def create_app(settings: Settings) -> Flask:
    return make_app(
        settings,
        title="Suar: incentive",
        blueprints=[
            *(module.blp for module in MODULES),
            proposals_blueprint(ACTIONS, PREFIX),
            jobs_blueprint("incentive", "hr_officer"),
            operations_blueprint,
        ],
    )
