"""From what somebody chose to an answer: which products, how many, and how many under each other choice."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from tantivy import FieldType, Occur, Order, Query, Searcher

from catalog.search.index import SCHEMA
from catalog.search.text import is_chinese, normalise, pairs, runs, squash

GROUPS = ("category", "below", "status", "family", "boundary", "region")
STATUSES = ("valid", "suspended", "withdrawn", "cancelled", "expired", "not_certified")
SORTS = ("relevance", "newest", "carbon", "carbon_desc")
EXACT_RANKING = 1000  # up to so many hits equal scores are parted by date, so that pages never overlap
MOST_SLUGS = 1000

_ORDERS = {
    "newest": ("by_issue", Order.Desc),
    "carbon": ("by_carbon", Order.Asc),
    "carbon_desc": ("by_carbon", Order.Desc),
}


@dataclass(frozen=True)
class Criteria:
    """What was asked for.  `chosen` maps a group to the slugs ticked in it; several mean any of them."""

    text: str = ""
    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    carbon_from: Decimal | None = None
    carbon_to: Decimal | None = None
    sort: str = "newest"


@dataclass(frozen=True)
class Standing:
    """What the index does not know: the day, and the products whose status no date alone tells."""

    day: date
    acted: Mapping[str, list[int]]  # status -> ids: suspended, withdrawn, cancelled


@dataclass(frozen=True)
class Found:
    ids: list[int]
    total: int
    counts: dict[str, dict[str, int]]  # group -> slug -> products if it were chosen; zero is left out


NOTHING = Found([], 0, {group: {} for group in (*GROUPS, "unit")})


def find(searcher: Searcher, criteria: Criteria, standing: Standing, offset: int, limit: int) -> Found:
    base = [*_text(criteria.text), *_carbon(criteria)]
    clauses = {group: _any(group, slugs, standing) for group, slugs in criteria.chosen.items() if slugs}
    whole = _all([*base, *clauses.values()])
    total = searcher.search(whole, 1).count
    ids = _page(searcher, whole, criteria.sort, total, offset, limit)
    return Found(ids, total, _counts(searcher, base, clauses, standing))


def _page(searcher: Searcher, query: Query, sort: str, total: int, offset: int, limit: int) -> list[int]:
    if offset >= total or limit == 0:
        return []
    if sort != "relevance":
        by, order = _ORDERS[sort]
        hits = searcher.search(query, limit, False, by, offset, order).hits
        return searcher.fast_field_values("id", [address for _, address in hits])
    return _ranked(searcher, query, total, offset, limit)


def _ranked(searcher: Searcher, query: Query, total: int, offset: int, limit: int) -> list[int]:
    wanted = total if total <= EXACT_RANKING else offset + limit
    hits = searcher.search(query, wanted, False, weight_by_field="weight").hits
    addresses = [address for _, address in hits]
    ids = searcher.fast_field_values("id", addresses)
    keys = searcher.fast_field_values("by_issue", addresses)
    if total <= EXACT_RANKING:
        scored = sorted(zip(hits, keys, ids, strict=True), key=lambda each: (-each[0][0], -each[1]))
        ids = [entry_id for _, _, entry_id in scored]
    return ids[offset : offset + limit]


# Counts that hold: those of a group are taken without the group's own choice.


def _counts(searcher: Searcher, base: list[Query], clauses: dict[str, Query], standing: Standing) -> dict:
    counts = {}
    whole = _all([*base, *clauses.values()])
    slugs = [group for group in (*GROUPS, "unit") if group != "status"]
    counts |= _terms(searcher, whole, [group for group in slugs if group not in clauses])
    for group in clauses:
        others = _all([*base, *(clause for name, clause in clauses.items() if name != group)])
        if group != "status":
            counts |= _terms(searcher, others, [group])
    without = _all([*base, *(clause for name, clause in clauses.items() if name != "status")])
    counts["status"] = _status_counts(searcher, without, standing)
    return counts


def regions(searcher: Searcher) -> set[str]:
    """Every region some product comes from, whatever was asked for."""
    return set(_terms(searcher, Query.all_query(), ["region"])["region"])


def _terms(searcher: Searcher, query: Query, groups: list[str]) -> dict[str, dict[str, int]]:
    asked = {group: {"terms": {"field": group, "size": MOST_SLUGS}} for group in groups}
    answer = searcher.aggregate(query, asked)
    return {
        group: {bucket["key"]: bucket["doc_count"] for bucket in answer[group]["buckets"]} for group in groups
    }


def _status_counts(searcher: Searcher, query: Query, standing: Standing) -> dict[str, int]:
    counts = {
        status: searcher.search(_all([query, _status(status, standing)]), 1).count for status in STATUSES
    }
    return {status: count for status, count in counts.items() if count}


# Queries


def _all(queries: list[Query]) -> Query:
    return Query.boolean_query([(Occur.Must, query) for query in queries]) if queries else Query.all_query()


def _either(queries: list[Query]) -> Query:
    return Query.boolean_query([(Occur.Should, query) for query in queries])


def _any(group: str, slugs: tuple[str, ...], standing: Standing) -> Query:
    if group == "status":
        return _either([_status(slug, standing) for slug in slugs])
    return Query.term_set_query(SCHEMA, group, list(slugs))


def _carbon(criteria: Criteria) -> list[Query]:
    low, high = criteria.carbon_from, criteria.carbon_to
    if low is None and high is None:
        return []
    bounds = [None if bound is None else float(bound) for bound in (low, high)]
    return [Query.range_query(SCHEMA, "carbon", FieldType.Float, *bounds)]


def _status(status: str, standing: Standing) -> Query:
    """By the date where a date tells it, by the ids the database named where an act does."""
    if status == "not_certified":
        return Query.term_query(SCHEMA, "kind", "declared")
    if status in ("suspended", "withdrawn", "cancelled"):
        return _ids(standing.acted.get(status, []))
    today = standing.day.toordinal()
    if status == "valid":
        in_time = Query.range_query(SCHEMA, "valid_to", FieldType.Unsigned, lower_bound=today)
        return _without(in_time, standing, "suspended", "withdrawn", "cancelled")
    if status == "expired":
        over = Query.range_query(SCHEMA, "valid_to", FieldType.Unsigned, 1, today - 1)
        return _without(over, standing, "withdrawn", "cancelled")
    return Query.empty_query()


def _without(query: Query, standing: Standing, *statuses: str) -> Query:
    ids = [entry_id for status in statuses for entry_id in standing.acted.get(status, [])]
    return query.and_must_not_match(_ids(ids)) if ids else query


def _ids(ids: list[int]) -> Query:
    return Query.term_set_query(SCHEMA, "id", ids) if ids else Query.empty_query()


# What was typed: every piece must be found, in the words or as a code.


def _text(text: str) -> list[Query]:
    pieces = [piece for piece in normalise(text).split() if runs(piece)]
    if not pieces:
        return [Query.empty_query()] if text.strip() else []
    together = _all([_piece(piece) for piece in pieces])
    return [_either([together, *_code("".join(pieces))])]


def _piece(piece: str) -> Query:
    return _either([_words(piece), *_code(piece)])


def _words(piece: str) -> Query:
    return _all([_segment(segment) for segment in _segments(piece)])


def _segments(piece: str) -> list[list[str]]:
    """Each Chinese run apart; Latin letters and digits that follow one another are one phrase."""
    segments: list[list[str]] = []
    for run in runs(piece):
        if segments and not is_chinese(run) and not is_chinese(segments[-1][0]):
            segments[-1].append(run)
        else:
            segments.append([run])
    return segments


def _segment(segment: list[str]) -> Query:
    """A word of the name counts three times as much as one elsewhere."""
    return _either(
        [
            Query.boost_query(_in(field, segment), 3.0 if field == "name" else 1.0)
            for field in ("name", "text")
        ]
    )


def _in(field: str, segment: list[str]) -> Query:
    words = pairs(segment[0]) if is_chinese(segment[0]) and len(segment[0]) > 1 else segment
    if len(words) > 1:
        return Query.phrase_query(SCHEMA, field, words)
    if is_chinese(words[0]) and len(words[0]) == 2:
        return Query.term_query(SCHEMA, field, words[0])
    begins = Query.regex_query(SCHEMA, field, f"{words[0]}.*")
    return _either([Query.boost_query(Query.term_query(SCHEMA, field, words[0]), 2.0), begins])


def _code(text: str) -> list[Query]:
    """The squashed code itself far above all, then codes that begin with it."""
    code = squash(text)
    if len(code) < 2 or any(is_chinese(run) for run in runs(text)):
        return []
    exact = Query.const_score_query(Query.term_query(SCHEMA, "code", code), 1000.0)
    return [exact, Query.const_score_query(Query.regex_query(SCHEMA, "code", f"{code}.*"), 20.0)]
