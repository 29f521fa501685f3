"""How a migration reaches the database: by the app's own engine, all steps in one transaction."""

from functools import partial

from alembic import context, op
from sqlalchemy import Connection, TypeDecorator

from core.db import db


def render_item(kind: str, item, _autogenerate) -> str | bool:
    """A migration must not change when our column types do, so it names what they are made of."""
    if kind == "type" and isinstance(item, TypeDecorator):
        return f"sa.{item.impl_instance!r}"
    return False


def foreign_keys(connection: Connection, switch: str) -> None:
    """SQLite alters a table by copying it, which would delete what points at it.

    The switch works only outside a transaction, so it goes past SQLAlchemy, which would begin one.
    """
    if connection.dialect.name == "sqlite":
        connection.connection.driver_connection.execute(f"PRAGMA foreign_keys={switch}")


def refuse_dangling_rows(connection: Connection) -> None:
    if connection.dialect.name != "sqlite":
        return
    if rows := connection.exec_driver_sql("PRAGMA foreign_key_check").all():
        raise RuntimeError(f"the migration would leave rows that point at nothing: {rows[:5]}")


# SQLite alters a table by reading and copying it.  What it points at need not be read as well, nor what that
# points at in turn: it was half of the time that the migrations take.
op.batch_alter_table = partial(op.batch_alter_table, reflect_kwargs={"resolve_fks": False})


def migrate(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=db.metadata,
        transactional_ddl=True,
        render_as_batch=True,
        render_item=render_item,
    )
    with context.begin_transaction():
        context.run_migrations()
        refuse_dangling_rows(connection)


with db.engine.connect() as connection:
    foreign_keys(connection, "OFF")
    try:
        migrate(connection)
    finally:
        foreign_keys(connection, "ON")
