"""Verification lists, signing, and what is wrong with a resident's record."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_table(
        "signing_rungs",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("unit_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("rung", sa.String(length=10), nullable=False),
        sa.Column("lane", sa.String(length=120), nullable=False),
        sa.Column("rank", sa.SmallInteger(), server_default="5", nullable=False),
        sa.Column("run_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("outcome", sa.String(length=40), nullable=True),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_signing_rungs_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signing_rungs")),
        sa.UniqueConstraint("unit_id", "day", "rung", name=op.f("uq_signing_rungs_unit_id_day_rung")),
    )
    op.create_index(
        "ix_signing_rungs_due",
        "signing_rungs",
        ["run_at", "id"],
        unique=False,
        sqlite_where=sa.text("done_at IS NULL"),
        postgresql_where=sa.text("done_at IS NULL"),
    )
    op.create_index(
        "ix_signing_rungs_lane",
        "signing_rungs",
        ["lane", "rank", "id"],
        unique=False,
        sqlite_where=sa.text("done_at IS NULL"),
        postgresql_where=sa.text("done_at IS NULL"),
    )
    op.create_table(
        "lists",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("maker_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("police_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("through_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("copy_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("title", sa.LargeBinary(), nullable=True),
        sa.Column("year", sa.SmallInteger(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finish_by", sa.DateTime(timezone=True), nullable=True),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("made_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("returned_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("signed", sa.LargeBinary(), nullable=True),
        sa.Column("erased", sa.Boolean(), server_default="0", nullable=False),
        sa.ForeignKeyConstraint(["copy_id"], ["units.id"], name=op.f("fk_lists_copy_id")),
        sa.ForeignKeyConstraint(["made_by"], ["staff.id"], name=op.f("fk_lists_made_by")),
        sa.ForeignKeyConstraint(["maker_id"], ["units.id"], name=op.f("fk_lists_maker_id")),
        sa.ForeignKeyConstraint(["police_id"], ["units.id"], name=op.f("fk_lists_police_id")),
        sa.ForeignKeyConstraint(["through_id"], ["units.id"], name=op.f("fk_lists_through_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lists")),
        sa.UniqueConstraint("maker_id", "year", "number", name=op.f("uq_lists_maker_id_year_number")),
    )
    op.create_index("ix_lists_copy", "lists", ["copy_id", "state"], unique=False)
    op.create_index("ix_lists_maker", "lists", ["maker_id", "state"], unique=False)
    op.create_index("ix_lists_police", "lists", ["police_id", "state"], unique=False)
    op.create_index("ix_lists_through", "lists", ["through_id", "state"], unique=False)
    op.create_table(
        "signatures",
        sa.Column("resident_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("dose_no", sa.SmallInteger(), nullable=False),
        sa.Column("unit_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("staff_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("minutes", sa.LargeBinary(), nullable=True),
        sa.Column("denied_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["resident_id"], ["residents.id"], name=op.f("fk_signatures_resident_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_signatures_staff_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_signatures_unit_id")),
        sa.PrimaryKeyConstraint("resident_id", "dose_no", name=op.f("pk_signatures")),
    )
    op.create_index(op.f("ix_signatures_unit_id"), "signatures", ["unit_id"], unique=False)
    op.create_table(
        "list_alerts",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("list_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("rung", sa.String(length=30), nullable=False),
        sa.Column("recipient_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("outbox_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.ForeignKeyConstraint(["list_id"], ["lists.id"], name=op.f("fk_list_alerts_list_id")),
        sa.ForeignKeyConstraint(["recipient_id"], ["staff.id"], name=op.f("fk_list_alerts_recipient_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_list_alerts")),
        sa.UniqueConstraint(
            "list_id", "rung", "recipient_id", name=op.f("uq_list_alerts_list_id_rung_recipient_id")
        ),
    )
    op.create_index(op.f("ix_list_alerts_outbox_id"), "list_alerts", ["outbox_id"], unique=False)
    op.create_index(op.f("ix_list_alerts_recipient_id"), "list_alerts", ["recipient_id"], unique=False)
    op.create_table(
        "list_events",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("list_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("what", sa.String(length=20), nullable=False),
        sa.Column("staff_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("details", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["list_id"], ["lists.id"], name=op.f("fk_list_events_list_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_list_events_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_list_events")),
    )
    op.create_index(op.f("ix_list_events_list_id"), "list_events", ["list_id"], unique=False)
    op.create_table(
        "list_people",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("list_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=12), nullable=False),
        sa.Column("resident_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("ticket_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("person_key", sa.LargeBinary(length=16), nullable=True),
        sa.Column("fault", sa.String(length=8), nullable=True),
        sa.Column("given", sa.LargeBinary(), nullable=False),
        sa.Column("reviewed", sa.LargeBinary(), nullable=True),
        sa.Column("verdict", sa.String(length=10), nullable=True),
        sa.Column("corrected", sa.LargeBinary(), nullable=True),
        sa.Column("words", sa.LargeBinary(), nullable=True),
        sa.Column("verdict_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("verdict_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("updated_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("outcome", sa.String(length=16), nullable=True),
        sa.Column("checked", sa.String(length=8), nullable=True),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("remark", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["list_id"], ["lists.id"], name=op.f("fk_list_people_list_id")),
        sa.ForeignKeyConstraint(["resident_id"], ["residents.id"], name=op.f("fk_list_people_resident_id")),
        sa.ForeignKeyConstraint(["ticket_id"], ["tickets.id"], name=op.f("fk_list_people_ticket_id")),
        sa.ForeignKeyConstraint(["updated_by"], ["staff.id"], name=op.f("fk_list_people_updated_by")),
        sa.ForeignKeyConstraint(["verdict_by"], ["staff.id"], name=op.f("fk_list_people_verdict_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_list_people")),
        sa.UniqueConstraint("list_id", "key", name=op.f("uq_list_people_list_id_key")),
        sa.UniqueConstraint("list_id", "place", name=op.f("uq_list_people_list_id_place")),
    )
    op.create_index(op.f("ix_list_people_person_key"), "list_people", ["person_key"], unique=False)
    op.create_index(op.f("ix_list_people_resident_id"), "list_people", ["resident_id"], unique=False)
    op.create_index(op.f("ix_list_people_ticket_id"), "list_people", ["ticket_id"], unique=False)
    op.create_index("ix_list_people_verdict", "list_people", ["list_id", "verdict"], unique=False)
    op.create_table(
        "list_rungs",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("list_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("rung", sa.String(length=30), nullable=False),
        sa.Column("lane", sa.String(length=120), nullable=False),
        sa.Column("rank", sa.SmallInteger(), server_default="5", nullable=False),
        sa.Column("run_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("outcome", sa.String(length=40), nullable=True),
        sa.ForeignKeyConstraint(["list_id"], ["lists.id"], name=op.f("fk_list_rungs_list_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_list_rungs")),
        sa.UniqueConstraint("list_id", "rung", name=op.f("uq_list_rungs_list_id_rung")),
    )
    op.create_index(
        "ix_list_rungs_due",
        "list_rungs",
        ["run_at", "id"],
        unique=False,
        sqlite_where=sa.text("done_at IS NULL"),
        postgresql_where=sa.text("done_at IS NULL"),
    )
    op.create_index(
        "ix_list_rungs_lane",
        "list_rungs",
        ["lane", "rank", "id"],
        unique=False,
        sqlite_where=sa.text("done_at IS NULL"),
        postgresql_where=sa.text("done_at IS NULL"),
    )
    op.create_index(
        "ix_doses_unsigned",
        "doses",
        ["site_id", "day"],
        unique=False,
        sqlite_where=sa.text("signed IS 0"),
        postgresql_where=sa.text("signed IS false"),
    )
    op.add_column("residents", sa.Column("commune", sa.String(length=10), nullable=True))
    op.add_column("residents", sa.Column("fault", sa.String(length=8), nullable=True))
    op.create_index(
        "ix_residents_fault",
        "residents",
        ["commune", "fault"],
        unique=False,
        sqlite_where=sa.text("fault IS NOT NULL"),
        postgresql_where=sa.text("fault IS NOT NULL"),
    )
    op.add_column("tickets", sa.Column("owed", sa.Boolean(), server_default=sa.false(), nullable=False))
    with op.batch_alter_table("evidence") as evidence:
        evidence.add_column(
            sa.Column("list_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True)
        )
        evidence.create_foreign_key(op.f("fk_evidence_list_id"), "lists", ["list_id"], ["id"])
        evidence.create_index(op.f("ix_evidence_list_id"), ["list_id"], unique=False)
    op.create_table(
        "cleaning_campaigns",
        sa.Column("province", sa.String(length=2), nullable=False),
        sa.Column("finish_by", sa.DateTime(timezone=True), nullable=False),
        sa.Column("letter", sa.String(length=80), nullable=False),
        sa.PrimaryKeyConstraint("province", "finish_by", name=op.f("pk_cleaning_campaigns")),
    )
