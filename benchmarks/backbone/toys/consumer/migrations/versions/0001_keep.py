from pathlib import Path

from alembic import op

from chassis.db.migration import create_backbone, isolate_agency

revision = "0001_keep"
down_revision = None


def upgrade():
    create_backbone(op)
    op.execute((Path(__file__).parents[3] / "effect.sql").read_text())
    isolate_agency(op, "effect")
