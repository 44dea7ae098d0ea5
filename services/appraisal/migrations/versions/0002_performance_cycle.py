"""Plans, evaluations and follow-ups, and what is heard of people and units."""

from pathlib import Path

from alembic import op

from chassis.db.migration import isolate_agency

revision = "0002_performance_cycle"
down_revision = "0001_backbone"

TABLES = (
    "agency",
    "org_unit",
    "staff",
    "rule_version",
    "window_extension",
    "plan",
    "plan_move",
    "progress",
    "feedback",
    "evaluation",
    "evaluation_version",
    "dialogue",
    "objection",
    "follow_up",
    "follow_up_note",
    "follow_up_action",
    "org_predicate",
    "distribution_override",
)


def upgrade() -> None:
    op.execute(Path(__file__).with_suffix(".sql").read_text())
    isolate_agency(op, *TABLES)
