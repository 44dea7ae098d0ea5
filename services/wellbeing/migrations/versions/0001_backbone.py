"""What every service has: outbox, inbox, timers, jobs, audit."""

from alembic import op

from chassis.db.migration import create_backbone

revision = "0001_backbone"
down_revision = None


def upgrade() -> None:
    create_backbone(op)
