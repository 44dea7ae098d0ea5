"""Surveys, reports and their tickets, programmes, and what is heard of units and employees."""

from pathlib import Path

from alembic import op

from chassis.db.migration import isolate_agency

revision = "0002_surveys_tickets_programmes"
down_revision = "0001_backbone"

TABLES = (
    "agency",
    "check_up",
    "employee",
    "holiday",
    "measurement",
    "org_unit",
    "programme",
    "reference",
    "survey",
    "survey_answer",
    "survey_ballot",
    "survey_participation",
    "survey_result",
    "ticket",
    "ticket_entry",
    "ticket_exclusion",
    "ticket_message",
    "ticket_subject",
    "working_arrangement",
    "programme_session",
    "survey_question",
    "enrolment",
)


def upgrade() -> None:
    op.execute(Path(__file__).with_suffix(".sql").read_text())
    isolate_agency(op, *TABLES)
