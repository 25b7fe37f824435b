"""First tables."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0001"
down_revision: str | None = None
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

# On SQLite only the exact word INTEGER makes the key the row id.
whole = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "blob_refs",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("user_id", sa.String(length=64), nullable=False),
        sa.Column("record", sa.String(length=64), nullable=False),
        sa.Column("root", sa.String(length=64), nullable=False),
        sa.Column("stored", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", "user_id", "record", name=op.f("pk_blob_refs")),
    )
    op.create_index("ix_blob_refs_user_id", "blob_refs", ["user_id", "stored"])

    op.create_table(
        "blobs",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", whole, nullable=False),
        sa.Column("stored_at", whole, nullable=False),
        sa.Column("media_type", sa.String(length=80), nullable=True),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_blobs")),
    )
    op.create_table(
        "commits",
        sa.Column("seq", whole, autoincrement=False, nullable=False),
        sa.Column("nonce", sa.String(length=64), nullable=False),
        sa.Column("at", whole, nullable=False),
        sa.Column("user_id", sa.String(length=64), nullable=False),
        sa.Column("device", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_commits")),
    )
    op.create_table(
        "credentials",
        sa.Column("user_id", sa.String(length=64), nullable=False),
        sa.Column("username", sa.String(length=80), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_credentials")),
        sa.UniqueConstraint("username", name=op.f("uq_credentials_username")),
    )
    op.create_table(
        "devices",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("created_at", whole, nullable=False),
        sa.Column("seen_at", whole, nullable=False),
        sa.Column("revoked_at", whole, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_devices")),
    )
    op.create_table(
        "head",
        sa.Column("id", whole, autoincrement=False, nullable=False),
        sa.Column("epoch", sa.String(length=64), nullable=False),
        sa.Column("seq", whole, nullable=False),
        sa.Column("nonce", sa.String(length=64), nullable=False),
        sa.Column("safe", whole, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_head")),
    )
    op.create_table(
        "holdings",
        sa.Column("user_id", sa.String(length=64), nullable=False),
        sa.Column("scope", sa.String(length=80), nullable=False),
        sa.Column("start_seq", whole, nullable=False),
        sa.Column("end_seq", whole, nullable=True),
        sa.PrimaryKeyConstraint("user_id", "scope", "start_seq", name=op.f("pk_holdings")),
    )
    op.create_table(
        "judged",
        sa.Column("user_id", sa.String(length=64), nullable=False),
        sa.Column("id", sa.String(length=128), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("seq", whole, nullable=False),
        sa.Column("verdict", sa.String(length=12), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=True),
        sa.Column("detail", sa.LargeBinary(), nullable=False),
        sa.Column("conflicts", sa.Text(), nullable=False),
        sa.Column("record", sa.Text(), nullable=False),
        sa.Column("root", sa.Text(), nullable=False),
        sa.Column("device", sa.String(length=64), nullable=False),
        sa.Column("received_at", whole, nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("user_id", "id", "digest", name=op.f("pk_judged")),
    )
    op.create_index(
        "ix_judged_parked",
        "judged",
        ["user_id", "record", "seq"],
        sqlite_where=sa.text("verdict = 'parked'"),
        postgresql_where=sa.text("verdict = 'parked'"),
    )

    op.create_table(
        "members",
        sa.Column("root", sa.String(length=64), nullable=False),
        sa.Column("scope", sa.String(length=80), nullable=False),
        sa.Column("because", sa.String(length=64), nullable=False),
        sa.Column("start_seq", whole, nullable=False),
        sa.Column("end_seq", whole, nullable=True),
        sa.PrimaryKeyConstraint("root", "scope", "because", "start_seq", name=op.f("pk_members")),
    )
    op.create_index("ix_members_because", "members", ["because"])
    op.create_index("ix_members_scope_end_seq", "members", ["scope", "end_seq", "start_seq"])

    op.create_table(
        "records",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("type", sa.String(length=40), nullable=False),
        sa.Column("root", sa.String(length=64), nullable=False),
        sa.Column("version", whole, nullable=False),
        sa.Column("seq", whole, nullable=False),
        sa.Column("gone", sa.Boolean(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("marks", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_records")),
    )
    op.create_index("ix_records_root_seq_id", "records", ["root", "seq", "id"])
    op.create_index("ix_records_seq_id", "records", ["seq", "id"])

    op.create_table(
        "sessions",
        sa.Column("secret_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("user_id", sa.String(length=64), nullable=False),
        sa.Column("device", sa.String(length=36), nullable=False),
        sa.Column("created_at", whole, nullable=False),
        sa.Column("seen_at", whole, nullable=False),
        sa.Column("expires_at", whole, nullable=False),
        sa.PrimaryKeyConstraint("secret_hash", name=op.f("pk_sessions")),
    )
    op.create_index("ix_sessions_device", "sessions", ["device"])
    op.create_index("ix_sessions_user_id", "sessions", ["user_id"])

    op.create_table(
        "uploads",
        sa.Column("user_id", sa.String(length=64), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", whole, nullable=False),
        sa.Column("announced_at", whole, nullable=False),
        sa.PrimaryKeyConstraint("user_id", "sha256", name=op.f("pk_uploads")),
    )


def downgrade() -> None:
    op.drop_table("uploads")

    op.drop_table("sessions")

    op.drop_table("records")

    op.drop_table("members")

    op.drop_table("judged")
    op.drop_table("holdings")
    op.drop_table("head")
    op.drop_table("devices")
    op.drop_table("credentials")
    op.drop_table("commits")
    op.drop_table("blobs")

    op.drop_table("blob_refs")
