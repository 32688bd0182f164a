"""The audit log is only added to: the database itself refuses every change of what stands in it."""

from __future__ import annotations

from alembic import op

revision = "0002"
down_revision = "0001"

REFUSAL = "the audit log is only added to"


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            f"""
            CREATE FUNCTION audit_refuses() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$
            """
        )
        op.execute(
            """
            CREATE TRIGGER audit_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON audit
            FOR EACH STATEMENT EXECUTE FUNCTION audit_refuses()
            """
        )
        return
    for verb in ("UPDATE", "DELETE"):
        op.execute(
            f"""
            CREATE TRIGGER audit_no_{verb.lower()} BEFORE {verb} ON audit
            BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END
            """
        )
