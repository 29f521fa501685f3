from contextlib import contextmanager

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine


@pytest.fixture
def queries_counted():
    """with queries_counted() as asked: the statements sent to the database inside the block."""

    @contextmanager
    def counting():
        asked = []

        def note(_connection, _cursor, statement, *_more):
            asked.append(statement)

        event.listen(Engine, "before_cursor_execute", note)
        try:
            yield asked
        finally:
            event.remove(Engine, "before_cursor_execute", note)

    return counting
