import sqlalchemy as sa
from alembic import op

from chassis.db.migration import create_backbone, isolate_agency

revision = "0001_print_issues"
down_revision = None


def upgrade():
    create_backbone(op)
    op.create_table(
        "issue",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("agency_id", sa.Text, nullable=False),
        sa.Column("title_id", sa.Uuid, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
    )
    op.create_index("ix_issue_agency_id_title_id", "issue", ["agency_id", "title_id"])
    isolate_agency(op, "issue")
    op.create_table(
        "load_order",
        sa.Column("agency_id", sa.Text, primary_key=True),
        sa.Column("wanted", sa.Integer, nullable=False),
        sa.Column("per_second", sa.Integer, nullable=False),
        sa.Column("seed", sa.Integer, nullable=False),
        sa.Column("troubles", sa.JSON, nullable=False),
        sa.Column("placed_at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()")),
    )
