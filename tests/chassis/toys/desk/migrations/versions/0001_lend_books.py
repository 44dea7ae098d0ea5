import sqlalchemy as sa
from alembic import op

from chassis.db.migration import create_backbone, isolate_agency

revision = "0001_lend_books"
down_revision = None


def upgrade():
    create_backbone(op)
    op.create_table(
        "loan",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("agency_id", sa.Text, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
    )
    op.create_table(
        "handled",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("agency_id", sa.Text, nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("sequence", sa.BigInteger, nullable=False),
    )
    isolate_agency(op, "loan", "handled")
