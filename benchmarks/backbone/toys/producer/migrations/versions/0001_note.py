from alembic import op

from chassis.db.migration import create_backbone, isolate_agency

revision = "0001_note"
down_revision = None


def upgrade():
    create_backbone(op)
    op.execute("CREATE TABLE noted (id uuid PRIMARY KEY, agency_id text NOT NULL, number integer NOT NULL)")
    isolate_agency(op, "noted")
