"""Who wrote a policy's draft as it stands, for the writer may not publish every version."""

from alembic import op

revision = "0005_policy_writer"
down_revision = "0004_career"

# the table's owner is held to the caller's agency too, and a migration has none
FILL = """
ALTER TABLE tukin_policy ADD COLUMN written_by UUID;
ALTER TABLE tukin_policy NO FORCE ROW LEVEL SECURITY;
UPDATE tukin_policy SET written_by = created_by;
ALTER TABLE tukin_policy FORCE ROW LEVEL SECURITY;
ALTER TABLE tukin_policy ALTER COLUMN written_by SET NOT NULL;
"""


def upgrade() -> None:
    op.execute(FILL)
