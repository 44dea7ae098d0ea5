"""The chassis's tables; identity uses audit and idempotency of them."""

from alembic import op

from chassis.db.migration import create_backbone

revision = "0001_backbone"
down_revision = None


def upgrade() -> None:
    create_backbone(op)
