"""The migrations, run from nothing, give exactly the tables the models describe."""

from contextlib import contextmanager

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask_migrate import downgrade, upgrade
from sqlalchemy import Engine, inspect, text

from core.db import db as tables

KEPT_BY_ALEMBIC = "alembic_version"


@pytest.fixture
def fresh(database, settings_for, tmp_path):
    """fresh(name): the app's context over a new empty database."""
    from app import create_app

    @contextmanager
    def open_one(name: str):
        with create_app(settings_for(tmp_path, database.another(name))).app_context():
            yield tables.engine
            tables.engine.dispose()

    return open_one


@pytest.fixture
def migrated(fresh):
    """A database that was made by the migrations alone."""
    with fresh("migrated") as engine:
        upgrade()
        yield engine


def differences(engine: Engine) -> list:
    """What autogenerate would still have to change."""
    with engine.connect() as connection:
        return compare_metadata(MigrationContext.configure(connection), tables.metadata)


def checks(engine: Engine) -> dict[str, dict[str, str]]:
    """The check constraints, which autogenerate does not compare, by table and name."""
    inspector = inspect(engine)
    names = set(inspector.get_table_names()) - {KEPT_BY_ALEMBIC}
    return {
        name: {check["name"]: check["sqltext"] for check in inspector.get_check_constraints(name)}
        for name in names
    }


def test_the_migrations_give_exactly_the_models(migrated):
    assert differences(migrated) == []


def test_the_migrations_give_the_same_check_constraints(fresh, migrated):
    with fresh("modelled") as engine:
        tables.create_all()
        assert checks(migrated) == checks(engine)


def test_a_column_without_a_migration_is_found(migrated):
    with migrated.begin() as connection:
        connection.execute(text("ALTER TABLE organisation ADD COLUMN stray TEXT"))
    assert [change[0] for change in differences(migrated)] == ["remove_column"]


def test_the_migrations_can_be_undone(migrated):
    downgrade(revision="base")
    assert set(inspect(migrated).get_table_names()) <= {KEPT_BY_ALEMBIC}
