"""The tables by which every service speaks and hears."""

from alembic import op

from chassis.db.migration import create_backbone

revision = "0001_backbone"
down_revision = None


def upgrade():
    create_backbone(op)


def downgrade():
    raise NotImplementedError("data are never thrown away: restore a backup instead")
