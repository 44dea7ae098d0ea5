"""Outbox, inbox, timers, jobs and audit of the chassis."""

from alembic import op

from chassis.db.migration import create_backbone

revision = "0001_backbone"
down_revision = None


def upgrade() -> None:
    create_backbone(op)
