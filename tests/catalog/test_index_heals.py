"""Whatever becomes of the index on the disk, the catalogue answers, says what is wrong, and mends it."""

import errno
import shutil

import pytest

from catalog import search
from catalog.search import index
from core import health
from tests.catalog.test_index import total

pytestmark = pytest.mark.engines("search")


@pytest.fixture(autouse=True)
def forgotten():
    index._spare.clear()
    yield
    index._spare.clear()
    index._handles.clear()


@pytest.fixture
def folder(app, db, issue):
    """The folder of an index that knows one product."""
    issue()
    db.session.commit()
    assert total() == 1
    [folder] = app.config["INDEX_DIR"].iterdir()
    return folder


def said() -> health.Check:
    return next(check for check in health.checks() if check.name == "index")


def spoil(folder) -> None:
    """Nothing in it is what it was."""
    for path in (folder / "tantivy").iterdir():
        if path.is_file():
            path.unlink()
            path.write_bytes(b"spoilt" * 100)


def spoil_the_list(folder) -> None:
    (folder / "tantivy/meta.json").write_text("not an index")


def lose_the_segments(folder) -> None:
    for path in (folder / "tantivy").glob("*"):
        if path.suffix not in (".json", ".lock"):
            path.unlink()


@pytest.mark.parametrize("happens", [spoil, spoil_the_list, lose_the_segments])
@pytest.mark.parametrize("changed", [True, False])
def test_a_spoilt_index_is_made_anew_without_a_restart(client, db, issue, folder, happens, changed):
    index._handles.clear()  # as another process finds it
    happens(folder)
    assert not said().ok
    assert client.get("/readyz").json["index"] is False
    if changed:
        issue()
        db.session.commit()
    assert client.get("/catalog/").status_code == 200
    assert total() == 1 + changed
    assert said().ok
    assert client.get("/readyz").json["index"] is True


@pytest.mark.parametrize("happens", [spoil, lose_the_segments])
def test_a_process_that_has_it_open_goes_on(client, db, issue, folder, happens):
    happens(folder)
    issue()
    db.session.commit()
    assert client.get("/catalog/").status_code == 200
    assert total() == 2
    search.heal()
    assert said().ok


def fails(monkeypatch, code: int) -> None:
    """The disk refuses whatever is written for the index."""

    def refuse(*_arguments, **_more):
        raise OSError(code, "the disk refuses")

    monkeypatch.setattr(index, "_only_writer", refuse)


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EROFS, errno.EACCES])
def test_a_disk_that_takes_nothing_leaves_the_catalogue_whole(
    app, client, db, issue, folder, monkeypatch, code
):
    issue(product_name="新的砖")
    db.session.commit()
    with monkeypatch.context() as patch:
        fails(patch, code)
        page = client.get("/catalog/")
        assert page.status_code == 200
        assert "新的砖" in page.text
        assert total() == 2
        issue(product_name="更新的砖")
        db.session.commit()
        assert total() == 3
        assert "更新的砖" in client.get("/catalog/?q=更新的砖").text
        assert client.get("/api/v1/products?q=更新的砖").json["total"] == 1
        assert "the disk refuses" in said().detail
        assert not said().ok
        assert client.get("/readyz").status_code == 200
    assert total() == 3
    index._spare[next(iter(index._spare))].again = 0
    assert total() == 3
    assert index._spare == {}
    assert said().ok


def test_a_folder_that_cannot_be_made_leaves_the_catalogue_whole(app, client, db, folder):
    shutil.rmtree(app.config["INDEX_DIR"])
    index._handles.clear()
    app.config["INDEX_DIR"].write_text("not a folder")
    assert total() == 1
    assert client.get("/catalog/").status_code == 200
    assert not said().ok
    app.config["INDEX_DIR"].unlink()
    search.heal()
    assert said().ok
    assert total() == 1


def test_a_spare_follows_a_database_that_went_back(app, db, issue, folder, monkeypatch):
    from sqlalchemy import update

    from catalog.models import Feed

    issue(product_name="旧备份里没有的砖")
    db.session.commit()
    fails(monkeypatch, errno.ENOSPC)
    assert total() == 2
    db.session.execute(update(Feed).values(position=1))
    db.session.commit()
    assert next(iter(index._spare.values())).position == 2
    search.current()
    assert next(iter(index._spare.values())).position in (1, 2)


def test_a_search_that_is_wrong_itself_makes_no_index_anew(db, folder, monkeypatch):
    def wrong(*_arguments, **_more):
        raise ValueError("no such query")

    handle = search.current()
    monkeypatch.setattr(search, "find", wrong)
    with pytest.raises(ValueError, match="no such query"):
        total()
    assert search.current() is handle
