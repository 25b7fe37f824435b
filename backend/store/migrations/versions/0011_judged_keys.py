"""The log of judged operations is found by two numbers, whose index takes a sixth of the pages."""

from collections.abc import Iterable, Sequence

import sqlalchemy as sa
from alembic import op

from backend.store.judged_keys import content_key, next_key, operation_key

revision: str = "0011"
down_revision: str | None = "0010"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

whole = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TEXTS = ["user_id", "id", "digest"]
NUMBERS = ["operation_key", "content_key"]
judged = sa.table("judged", *(sa.column(name, sa.String()) for name in TEXTS), *(sa.column(one) for one in NUMBERS))
INDEXES = {
    "ix_judged_numbers": (["user_id", "device", "n"], None),
    "ix_judged_parked": (["user_id", "record", "seq"], sa.text("verdict = 'parked'")),
    "ix_judged_erased_group": (["user_id", "erased_group"], sa.text("erased_group IS NOT NULL")),
}
PIECE = 1_000


def upgrade() -> None:
    for name in NUMBERS:
        op.add_column("judged", sa.Column(name, whole))
    _fill()
    _part()
    _find_by(NUMBERS)


def downgrade() -> None:
    _find_by(TEXTS)
    for name in NUMBERS:
        op.drop_column("judged", name)


def _fill() -> None:
    """Piece by piece: a large company's log does not fit into memory."""
    texts = [judged.c[name] for name in TEXTS]
    row = sa.and_(*(column == sa.bindparam(f"its_{column.name}") for column in texts))
    numbers = {name: sa.bindparam(f"its_{name}") for name in NUMBERS}
    last: Iterable[str] = ("", "", "")
    while True:
        later = sa.tuple_(*texts) > sa.tuple_(*map(sa.literal, last))
        found = op.get_bind().execute(sa.select(*texts).where(later).order_by(*texts).limit(PIECE)).all()
        if not found:
            return
        values = [(*one, operation_key(one.user_id, one.id), content_key(one.user_id, one.digest)) for one in found]
        names = [f"its_{name}" for name in (*TEXTS, *NUMBERS)]
        changes = [dict(zip(names, value, strict=True)) for value in values]
        op.get_bind().execute(sa.update(judged).where(row).values(numbers), changes)
        last = found[-1]


def _part() -> None:
    """Contents of one operation whose numbers meet get one each."""
    connection, both = op.get_bind(), [judged.c[name] for name in NUMBERS]
    meeting = sa.select(judged.c.operation_key).group_by(*both).having(sa.func.count() > 1).distinct()
    for (operation,) in connection.execute(meeting).all():
        ordered = sa.select(judged).where(judged.c.operation_key == operation).order_by(judged.c.content_key, *TEXTS)
        taken: set[int] = set()
        for one in connection.execute(ordered).all():
            number = one.content_key
            while number in taken:
                number = next_key(number)
            taken.add(number)
            this_one = sa.and_(*(judged.c[name] == getattr(one, name) for name in TEXTS))
            connection.execute(sa.update(judged).where(this_one).values(content_key=number))


def _find_by(key: list[str]) -> None:
    """Make these columns the key; SQLite writes the table anew, and knows no conditions of indexes by itself."""
    for name in INDEXES:
        op.drop_index(name, "judged")
    with op.batch_alter_table("judged") as table:
        table.drop_constraint("pk_judged", type_="primary")
        for name in NUMBERS:
            table.alter_column(name, existing_type=whole, nullable=key != NUMBERS)
        table.create_primary_key("pk_judged", key)
    for name, (columns, some) in INDEXES.items():
        op.create_index(name, "judged", columns, sqlite_where=some, postgresql_where=some)
