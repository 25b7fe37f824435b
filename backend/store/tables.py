"""The tables, as plain declarative models: read by the migrations and by Core statements, never loaded as objects."""

from sqlalchemy import BigInteger, Boolean, Index, Integer, LargeBinary, MetaData, String, Text, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

# On SQLite only the exact word INTEGER makes the key the row id.
Whole = BigInteger().with_variant(Integer, "sqlite")

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


# Few records that the scheduler reads whole: reference data, users and plans.
STANDING_TYPES = (
    "service_policy",
    "work_calendar",
    "question_template",
    "checklist_template",
    "user",
    "patrol_plan",
    "callback_plan",
)
STANDING = text("type IN (" + ", ".join(f"'{name}'" for name in STANDING_TYPES) + ")")

LASTING = text("end_seq IS NULL")
ERASED = text("erased_group IS NOT NULL")


class Base(DeclarativeBase):
    metadata = MetaData(naming_convention=NAMES)


class Head(Base):
    """The one counter row: the newest commit. A writer on PostgreSQL locks it first."""

    __tablename__ = "head"
    id: Mapped[int] = mapped_column(Whole, primary_key=True, autoincrement=False)
    epoch: Mapped[str] = mapped_column(String(64))
    seq: Mapped[int] = mapped_column(Whole)
    nonce: Mapped[str] = mapped_column(String(64))
    safe: Mapped[int] = mapped_column(Whole)
    horizon: Mapped[int] = mapped_column(Whole, server_default="0")


class Commit(Base):
    __tablename__ = "commits"
    seq: Mapped[int] = mapped_column(Whole, primary_key=True, autoincrement=False)
    nonce: Mapped[str] = mapped_column(String(64))
    at: Mapped[int] = mapped_column(Whole)
    user_id: Mapped[str] = mapped_column(String(64))
    device: Mapped[str] = mapped_column(String(64))


class Record(Base):
    """A confirmed record: `body` is its wire form, spliced into pulls as it is."""

    __tablename__ = "records"
    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    type: Mapped[str] = mapped_column(String(40))
    root: Mapped[str] = mapped_column(String(64))
    version: Mapped[int] = mapped_column(Whole)
    seq: Mapped[int] = mapped_column(Whole)
    gone: Mapped[bool] = mapped_column(Boolean)
    body: Mapped[bytes] = mapped_column(LargeBinary)
    marks: Mapped[bytes] = mapped_column(LargeBinary)
    __table_args__ = (
        Index("ix_records_root_seq_id", "root", "seq", "id"),
        Index("ix_records_seq_id", "seq", "id"),
        Index("ix_records_standing", "type", sqlite_where=STANDING, postgresql_where=STANDING),
    )


class Member(Base):
    """A root's stay in a scope."""

    __tablename__ = "members"
    root: Mapped[str] = mapped_column(String(64), primary_key=True)
    scope: Mapped[str] = mapped_column(String(80), primary_key=True)
    because: Mapped[str] = mapped_column(String(64), primary_key=True)
    start_seq: Mapped[int] = mapped_column(Whole, primary_key=True)
    end_seq: Mapped[int | None] = mapped_column(Whole)
    why: Mapped[str | None] = mapped_column(String(20))
    __table_args__ = (
        Index("ix_members_scope_end_seq", "scope", "end_seq", "start_seq", "root"),
        Index(
            "ix_members_lasting",
            "root",
            "start_seq",
            "scope",
            sqlite_where=LASTING,
            postgresql_where=LASTING,
        ),
        Index("ix_members_because", "because"),
    )


class Holding(Base):
    """A user's stay in a scope."""

    __tablename__ = "holdings"
    user_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    scope: Mapped[str] = mapped_column(String(80), primary_key=True)
    start_seq: Mapped[int] = mapped_column(Whole, primary_key=True)
    end_seq: Mapped[int | None] = mapped_column(Whole)


class Judged(Base):
    """The operation log: every operation with its verdict, written once, never read by a pull.

    One verdict for each user, id and digest, for which the two keys stand (`judged_keys.py`).
    """

    __tablename__ = "judged"
    user_id: Mapped[str] = mapped_column(String(64))
    id: Mapped[str] = mapped_column(String(128))
    digest: Mapped[str] = mapped_column(String(64))
    seq: Mapped[int] = mapped_column(Whole)
    verdict: Mapped[str] = mapped_column(String(12))
    code: Mapped[str | None] = mapped_column(String(40))
    detail: Mapped[bytes] = mapped_column(LargeBinary)
    conflicts: Mapped[str] = mapped_column(Text)
    record: Mapped[str] = mapped_column(Text)
    root: Mapped[str] = mapped_column(Text)
    device: Mapped[str] = mapped_column(String(64))
    received_at: Mapped[int] = mapped_column(Whole)
    body: Mapped[bytes] = mapped_column(LargeBinary)
    n: Mapped[int | None] = mapped_column(Whole)
    clock_offset: Mapped[int | None] = mapped_column(Whole)
    seen_at: Mapped[int | None] = mapped_column(Whole)
    event_at: Mapped[int | None] = mapped_column(Whole)
    doubt: Mapped[str | None] = mapped_column(String(20))
    erased_group: Mapped[str | None] = mapped_column(String(128))
    operation_key: Mapped[int] = mapped_column(Whole, primary_key=True, autoincrement=False)
    content_key: Mapped[int] = mapped_column(Whole, primary_key=True, autoincrement=False)
    __table_args__ = (
        Index("ix_judged_erased_group", "user_id", "erased_group", sqlite_where=ERASED, postgresql_where=ERASED),
        Index("ix_judged_numbers", "user_id", "device", "n"),
        Index(
            "ix_judged_parked",
            "user_id",
            "record",
            "seq",
            sqlite_where=text("verdict = 'parked'"),
            postgresql_where=text("verdict = 'parked'"),
        ),
    )


class Twin(Base):
    """Two operations under one number of one device: its content was copied, or set back."""

    __tablename__ = "twins"
    user_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    device: Mapped[str] = mapped_column(String(64), primary_key=True)
    n: Mapped[int] = mapped_column(Whole, primary_key=True, autoincrement=False)
    second_id: Mapped[str] = mapped_column(String(128), primary_key=True)
    first_id: Mapped[str] = mapped_column(String(128))
    noticed_at: Mapped[int] = mapped_column(Whole)


class BlobRef(Base):
    """A record that names bytes by their hash."""

    __tablename__ = "blob_refs"
    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    user_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    record: Mapped[str] = mapped_column(String(64), primary_key=True)
    root: Mapped[str] = mapped_column(String(64))
    stored: Mapped[bool] = mapped_column(Boolean)
    __table_args__ = (Index("ix_blob_refs_user_id", "user_id", "stored"),)


class Matter(Base):
    """An open conflict or parked operation: what waits for a person."""

    __tablename__ = "matters"
    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    kind: Mapped[str] = mapped_column(String(10))
    name: Mapped[str] = mapped_column(String(120))
    since: Mapped[int] = mapped_column(Whole)


class Blob(Base):
    """Bytes that arrived whole; `media_type` is what they decode as, once somebody looked."""

    __tablename__ = "blobs"
    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    size: Mapped[int] = mapped_column(Whole)
    stored_at: Mapped[int] = mapped_column(Whole)
    media_type: Mapped[str | None] = mapped_column(String(80))


class Upload(Base):
    """A user's promise to send bytes."""

    __tablename__ = "uploads"
    user_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    size: Mapped[int] = mapped_column(Whole)
    announced_at: Mapped[int] = mapped_column(Whole)


class Credential(Base):
    """The password of a user; everything else about him is his synced record."""

    __tablename__ = "credentials"
    user_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    username: Mapped[str] = mapped_column(String(80), unique=True)
    password_hash: Mapped[str] = mapped_column(Text)


class Device(Base):
    __tablename__ = "devices"
    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    created_at: Mapped[int] = mapped_column(Whole)
    seen_at: Mapped[int] = mapped_column(Whole)
    revoked_at: Mapped[int | None] = mapped_column(Whole)


class Session(Base):
    """A signed-in browser (`cookie`) or a program (`token`); only the hash of its secret is kept."""

    __tablename__ = "sessions"
    secret_hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    kind: Mapped[str] = mapped_column(String(10))
    user_id: Mapped[str] = mapped_column(String(64), index=True)
    device: Mapped[str] = mapped_column(String(36), index=True)
    created_at: Mapped[int] = mapped_column(Whole)
    seen_at: Mapped[int] = mapped_column(Whole)
    expires_at: Mapped[int] = mapped_column(Whole)


class Watch(Base):
    """When the scheduler looks at a root again, and up to which day a plan is worked out."""

    __tablename__ = "watches"
    root: Mapped[str] = mapped_column(String(64), primary_key=True)
    wake_at: Mapped[int | None] = mapped_column(Whole, index=True)
    done_until: Mapped[str | None] = mapped_column(String(10))


class Lease(Base):
    """Who leads, by the database's own clock."""

    __tablename__ = "leases"
    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    holder: Mapped[str] = mapped_column(String(64))
    until: Mapped[int] = mapped_column(Whole)


class Job(Base):
    """What is known of a job: its position in the feed, its counts and its last run."""

    __tablename__ = "jobs"
    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    position: Mapped[int] = mapped_column(Whole, server_default="0")
    runs: Mapped[int] = mapped_column(Whole, server_default="0")
    created: Mapped[int] = mapped_column(Whole, server_default="0")
    failures: Mapped[int] = mapped_column(Whole, server_default="0")
    started_at: Mapped[int | None] = mapped_column(Whole)
    ended_at: Mapped[int | None] = mapped_column(Whole)
    next_at: Mapped[int | None] = mapped_column(Whole)
    outcome: Mapped[str | None] = mapped_column(String(10))
    holder: Mapped[str | None] = mapped_column(String(64))


class JobRun(Base):
    """A run that made something or failed."""

    __tablename__ = "job_runs"
    id: Mapped[int] = mapped_column(Whole, primary_key=True, autoincrement=True)
    job: Mapped[str] = mapped_column(String(40))
    holder: Mapped[str] = mapped_column(String(64))
    started_at: Mapped[int] = mapped_column(Whole, index=True)
    ended_at: Mapped[int] = mapped_column(Whole)
    outcome: Mapped[str] = mapped_column(String(10))
    created: Mapped[int] = mapped_column(Whole)
    error: Mapped[str | None] = mapped_column(Text)
