"""The API of the appraisal service, wired in one place."""

from flask import Flask

from appraisal.http import (
    anomalies,
    calibrations,
    case_heads,
    corrections,
    document_batches,
    documents,
    evaluations,
    follow_ups,
    objections,
    obligations,
    outages,
    plan_templates,
    plans,
    progress,
    reviews,
    rule_proposals,
    rules,
    samples,
    study_reports,
    units,
)
from appraisal.settings import Settings
from chassis.http import create_app as make_app
from chassis.http import jobs_blueprint
from operations import operations_blueprint


def create_app(settings: Settings) -> Flask:
    modules = (
        plans,
        plan_templates,
        progress,
        evaluations,
        corrections,
        document_batches,
        documents,
        reviews,
        objections,
        obligations,
        outages,
        follow_ups,
        study_reports,
        units,
        calibrations,
        rules,
        rule_proposals,
        anomalies,
        samples,
        case_heads,
    )
    return make_app(
        settings,
        title="Suar: appraisal",
        blueprints=[
            *(module.blp for module in modules),
            jobs_blueprint("appraisal", "hr_officer"),
            operations_blueprint,
        ],
        largest_body=1024 * 1024,
    )
