"""Who may come in, and what they came in with."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from chassis.db.migration import isolate_agency

revision = "0002_accounts_and_tokens"
down_revision = "0001_backbone"

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "account",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("agency_id", sa.Text(), nullable=False),
        sa.Column("username", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("employee_id", sa.Uuid()),
        sa.Column("unit_id", sa.Uuid()),
        sa.Column("roles", JSONB(), nullable=False),
        sa.Column("password_hash", sa.Text()),
        sa.Column("password_changed_at", MOMENT),
        sa.Column("must_change_password", sa.Boolean(), nullable=False),
        sa.Column("disabled_at", MOMENT),
        sa.Column("closed_at", MOMENT),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.CheckConstraint("closed_at IS NULL OR disabled_at IS NOT NULL", name="closed_is_disabled"),
    )
    op.create_index(
        "uq_account_employee",
        "account",
        ["agency_id", "employee_id"],
        unique=True,
        postgresql_where=sa.text("closed_at IS NULL"),
    )
    op.create_index("ix_account_agency_username", "account", ["agency_id", "username"])
    op.create_table(
        "api_client",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("agency_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("roles", JSONB(), nullable=False),
        sa.Column("secret_digest", sa.LargeBinary(), nullable=False),
        sa.Column("old_secret_digest", sa.LargeBinary()),
        sa.Column("old_secret_until", MOMENT),
        sa.Column("revoked_at", MOMENT),
        sa.Column("last_used_at", MOMENT),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
    )
    isolate_agency(op, "account", "api_client")
    _tables_at_the_door()


def _tables_at_the_door() -> None:
    op.create_table(
        "login",
        sa.Column("name", sa.Text(), primary_key=True),
        sa.Column("agency_id", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
    )
    op.create_index("ix_login_subject_id", "login", ["subject_id"])
    op.create_table(
        "live_token",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("agency_id", sa.Text(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False, unique=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("employee_id", sa.Uuid()),
        sa.Column("unit_id", sa.Uuid()),
        sa.Column("roles", JSONB(), nullable=False),
        sa.Column("csrf_token", sa.Text(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("last_seen_at", MOMENT, nullable=False),
        sa.Column("idle_until", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("ended_at", MOMENT),
        sa.Column("ended_because", sa.Text()),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("agent", sa.Text(), nullable=False),
        sa.CheckConstraint("kind IN ('person', 'client')", name="kind"),
    )
    op.create_index("ix_live_token_subject_id", "live_token", ["subject_id"])
    op.create_index("ix_live_token_expires_at", "live_token", ["expires_at"])
    op.create_table(
        "one_time_code",
        sa.Column("digest", sa.LargeBinary(), primary_key=True),
        sa.Column("agency_id", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("used_at", MOMENT),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.CheckConstraint("purpose IN ('ACTIVATION', 'RESET')", name="purpose"),
    )
    op.create_index("ix_one_time_code_account_id", "one_time_code", ["account_id"])
    op.create_table(
        "attempt",
        sa.Column("key", sa.LargeBinary(), primary_key=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("last_at", MOMENT, nullable=False),
        sa.Column("blocked_until", MOMENT),
    )
    for table in ("login", "live_token", "one_time_code"):
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        op.execute(
            f"CREATE POLICY agency_or_door ON {table} "
            "USING (current_setting('app.agency_id', true) IN (agency_id, '-')) "
            "WITH CHECK (current_setting('app.agency_id', true) IN (agency_id, '-'))"
        )
