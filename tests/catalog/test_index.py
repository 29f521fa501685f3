"""The index follows the database, whatever happens to either."""

import shutil
import threading
from decimal import Decimal

import pytest
from sqlalchemy import update

from catalog import queries, search
from catalog.models import Entry, Feed
from catalog.search import Criteria, index

pytestmark = pytest.mark.engines("search")


def names() -> set[str]:
    return {entry.name for entry in queries.products(Criteria(), size=96).page.items}


def total() -> int:
    return queries.products(Criteria()).page.total


def test_an_empty_catalogue_answers_nothing(db):
    listing = queries.products(Criteria(text="砖"))
    assert (listing.page.total, listing.page.items) == (0, [])
    assert set(listing.counts) >= set(search.GROUPS)


def test_a_committed_product_is_found_at_once(db, issue):
    issue(product_name="第一种砖")
    db.session.commit()
    assert names() == {"第一种砖"}
    issue(product_name="第二种砖")
    db.session.commit()
    assert names() == {"第一种砖", "第二种砖"}


def test_what_was_never_committed_leaves_no_trace(db, issue):
    issue(product_name="先有的砖")
    db.session.commit()
    issue(product_name="没有发成的砖")
    assert total() == 1
    db.session.rollback()
    issue(product_name="后来的砖")
    db.session.commit()
    assert names() == {"先有的砖", "后来的砖"}


def test_a_lost_index_is_made_again(app, db, issue):
    issue()
    db.session.commit()
    assert total() == 1
    shutil.rmtree(app.config["INDEX_DIR"])
    index._handles.clear()
    assert total() == 1


def test_an_unreadable_index_is_made_again(app, db, issue):
    issue()
    db.session.commit()
    assert total() == 1
    index._handles.clear()
    for path in app.config["INDEX_DIR"].glob("*/tantivy/meta.json"):
        path.write_text("not an index")
    assert total() == 1


def test_a_process_that_was_behind_sees_what_another_wrote(db, issue):
    issue()
    db.session.commit()
    assert total() == 1
    mine = dict(index._handles)
    index._handles.clear()  # another process has handles of its own
    issue()
    db.session.commit()
    assert total() == 2
    index._handles.update(mine)
    assert total() == 2


def test_an_index_ahead_of_its_database_is_made_again(db, issue):
    issue(product_name="还在的砖")
    issue(product_name="旧备份里没有的砖")
    db.session.commit()
    assert total() == 2
    gone = db.session.query(Entry).filter_by(name="旧备份里没有的砖").one()
    db.session.delete(gone)
    db.session.execute(update(Feed).values(position=1))
    db.session.commit()
    assert names() == {"还在的砖"}


def test_several_readers_at_once_take_in_a_change_once(app, db, issue):
    issue()
    db.session.commit()
    answers = []

    def ask():
        with app.app_context():
            answers.append(total())

    threads = [threading.Thread(target=ask) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [1] * 6


def test_reindexing_counts_the_products(db, issue, command):
    issue()
    issue()
    assert command("catalog", "reindex") == "2 products indexed\n"
    assert total() == 2


@pytest.mark.parametrize(
    ("carbon", "limit", "band"),
    [
        ("7", "10", "30"),
        ("7.01", "10", "20"),
        ("9", "10", "10"),
        ("10", "10", "0"),
        ("11", "10", "over"),
        ("7", None, "none"),
    ],
)
def test_a_product_stands_in_the_band_of_its_margin(carbon, limit, band):
    entry = Entry(carbon=Decimal(carbon), limit=limit and Decimal(limit))
    assert index.band(entry) == band
