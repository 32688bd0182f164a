"""Reaching people: tokens of Zalo, several chats of one person, when a chat was last heard, news that nobody got."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "tokens",
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("secret", sa.LargeBinary(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("first", sa.LargeBinary(length=32), nullable=False),
        sa.Column("failed", sa.String(length=120), nullable=True),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_tokens")),
    )
    op.create_table(
        "chat_codes",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("code_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("staff_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_chat_codes_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_chat_codes")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_chat_codes_code_hash")),
    )
    op.create_index(op.f("ix_chat_codes_staff_id"), "chat_codes", ["staff_id"], unique=False)
    op.create_table(
        "staff_chats",
        sa.Column("talk_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("staff_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_staff_chats_staff_id")),
        sa.ForeignKeyConstraint(["talk_id"], ["talks.id"], name=op.f("fk_staff_chats_talk_id")),
        sa.PrimaryKeyConstraint("talk_id", name=op.f("pk_staff_chats")),
    )
    op.create_index(op.f("ix_staff_chats_staff_id"), "staff_chats", ["staff_id"], unique=False)
    op.create_table(
        "unreached",
        sa.Column("ticket_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("what", sa.String(length=20), nullable=False),
        sa.Column("ways", sa.String(length=200), nullable=False),
        sa.Column("unit_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["ticket_id"], ["tickets.id"], name=op.f("fk_unreached_ticket_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_unreached_unit_id")),
        sa.PrimaryKeyConstraint("ticket_id", name=op.f("pk_unreached")),
    )
    op.create_index("ix_unreached_unit", "unreached", ["unit_id", "since"], unique=False)
    op.create_index(op.f("ix_links_resident_id"), "links", ["resident_id"], unique=False)
    op.add_column("outbox", sa.Column("how", sa.String(length=12), nullable=True))
    op.add_column("outbox", sa.Column("parts", sa.Integer(), nullable=True))
    op.create_index(
        "ix_outbox_how",
        "outbox",
        ["channel", "chat"],
        unique=False,
        sqlite_where=sa.text("how IS NOT NULL"),
        postgresql_where=sa.text("how IS NOT NULL"),
    )
    op.add_column("talks", sa.Column("heard_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("web_chats", sa.Column("seen", sa.Integer(), server_default="0", nullable=False))
