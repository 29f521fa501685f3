import textwrap

import pytest


@pytest.fixture
def plant(tmp_path):
    """plant("certification/queries.py", code): put a file into a small tree of its own; returns its root."""

    def write(path: str, code: str = ""):
        place = tmp_path / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(textwrap.dedent(code), encoding="utf-8")
        return tmp_path

    return write
