from alembic import op
from effects import create_effects

revision = "0001_take_effect"
down_revision = None


def upgrade():
    create_effects(op)
