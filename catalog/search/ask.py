"""From what somebody chose to an answer: which products, how many, and how many under each other choice."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import cast

from tantivy import DocAddress, FieldType, Occur, Order, Query, Searcher, SearchResult

from catalog.search.index import SCHEMA
from catalog.search.text import is_chinese, normalise, pairs, runs, squash
from certification.workflow.certificate import ACTED_ON, EXPIRED, FINAL, NOT_BEGUN, VALID
from certification.workflow.certificate import STATUSES as HELD

GROUPS = ("category", "below", "status", "family", "boundary", "region")
UNCERTIFIED = "not_certified"
STATUSES = (*HELD, UNCERTIFIED)
ACTED = (*NOT_BEGUN, *ACTED_ON)  # which the last day does not tell
SORTS = ("relevance", "newest", "carbon", "carbon_desc")
EXACT_RANKING = 1000  # up to so many hits equal scores are parted by date, so that pages never overlap
MOST_SLUGS = 1000

_ORDERS = {
    "newest": ("by_issue", Order.Desc),
    "carbon": ("by_carbon", Order.Asc),
    "carbon_desc": ("by_carbon", Order.Desc),
}


Range = tuple[Decimal | None, Decimal | None]


@dataclass(frozen=True)
class Criteria:
    """What was asked for.  `chosen` maps a group to the slugs ticked in it; several mean any of them."""

    text: str = ""
    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    carbon_from: Decimal | None = None
    carbon_to: Decimal | None = None
    sort: str = "newest"
    parameters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # slug -> values, any of them
    ranges: Mapping[str, Range] = field(default_factory=dict)  # slug -> from, to


@dataclass(frozen=True)
class Standing:
    """What the index does not know: the day, and the products whose status no date alone tells."""

    day: date
    acted: Mapping[str, list[int]]  # status -> ids: not yet begun, suspended, withdrawn, cancelled
    within: tuple[list[int], ...] = ()  # for each range that was asked, the products that lie in it


@dataclass(frozen=True)
class Found:
    ids: list[int]
    total: int
    counts: dict[str, dict[str, int]]  # group -> slug -> products if it were chosen; zero is left out


PARAMETER = "parameter"  # a term is slug=value
COUNTED = (*GROUPS, "unit", PARAMETER)
NOTHING = Found([], 0, {group: {} for group in COUNTED})


def find(searcher: Searcher, criteria: Criteria, standing: Standing, offset: int, limit: int) -> Found:
    base = [*_text(criteria.text), *_carbon(criteria), *map(_ids, standing.within)]
    clauses = {group: _any(group, slugs, standing) for group, slugs in criteria.chosen.items() if slugs}
    clauses |= {_begins(slug): _bears(slug, values) for slug, values in criteria.parameters.items()}
    whole = _all([*base, *clauses.values()])
    ids, total = _page(searcher, whole, criteria.sort, offset, limit)
    return Found(ids, total, _counts(searcher, base, clauses, standing))


def _page(searcher: Searcher, query: Query, sort: str, offset: int, limit: int) -> tuple[list[int], int]:
    """The index makes room for all hits up to `offset + limit` before it looks: an offset is only handed
    to it when something is found there."""
    if offset and offset >= (total := _count_of(searcher.search(query, 1, True))):
        return [], total
    return (_ranked if sort == "relevance" else _sorted)(searcher, query, sort, offset, limit)


def _sorted(searcher: Searcher, query: Query, sort: str, offset: int, limit: int) -> tuple[list[int], int]:
    by, order = _ORDERS[sort]
    result = searcher.search(query, limit, True, by, offset, order)
    return _whole(searcher, "id", [address for _, address in result.hits]), _count_of(result)


def _ranked(searcher: Searcher, query: Query, _sort: str, offset: int, limit: int) -> tuple[list[int], int]:
    wanted = max(EXACT_RANKING, offset + limit)
    result = searcher.search(query, wanted, True, weight_by_field="weight")
    addresses = [address for _, address in result.hits]
    ids, total = _whole(searcher, "id", addresses), _count_of(result)
    if total <= EXACT_RANKING:
        keys = _whole(searcher, "by_issue", addresses)
        scores = [score for score, _ in result.hits]
        scored = sorted(zip(scores, keys, ids, strict=True), reverse=True)
        ids = [entry_id for _, _, entry_id in scored]
    return ids[offset : offset + limit], total


def _count_of(result: SearchResult) -> int:
    count: int = result.count  # type: ignore[attr-defined]  # its stub does not know it
    return count


def _whole(searcher: Searcher, name: str, addresses: list[DocAddress]) -> list[int]:
    """A field that every product has, of whole numbers."""
    return cast("list[int]", searcher.fast_field_values(name, addresses))


# Counts that hold: those of a group are taken without the group's own choice.


def _counts(
    searcher: Searcher, base: list[Query], clauses: dict[str, Query], standing: Standing
) -> dict[str, dict[str, int]]:
    """One look for all groups in which nothing is chosen, and one for each in which something is."""
    free = [group for group in COUNTED if group not in clauses]
    counts = _count(searcher, _all([*base, *clauses.values()]), free, standing)
    for group in clauses:
        without = _all([*base, *(clause for name, clause in clauses.items() if name != group)])
        if group in GROUPS:
            counts |= _count(searcher, without, [group], standing)
            continue
        found = _count(searcher, without, [PARAMETER], standing)[PARAMETER]
        counts[PARAMETER] = _but(counts[PARAMETER], group) | _of(found, group)
    return counts


def _begins(slug: str) -> str:
    """How the terms of one parameter begin, and what its choice is called among the clauses."""
    return f"{slug}="


def _of(counts: Mapping[str, int], beginning: str) -> dict[str, int]:
    return {term: count for term, count in counts.items() if term.startswith(beginning)}


def _but(counts: Mapping[str, int], beginning: str) -> dict[str, int]:
    return {term: count for term, count in counts.items() if not term.startswith(beginning)}


def _count(
    searcher: Searcher, query: Query, groups: list[str], standing: Standing
) -> dict[str, dict[str, int]]:
    asked: dict[str, dict[str, object]] = {
        group: {"terms": {"field": group, "size": MOST_SLUGS}} for group in groups if group != "status"
    }
    if "status" in groups:
        asked["status"] = _by_date(standing)
    answer = searcher.aggregate(query, asked)
    counts = {
        group: {
            bucket["key"]: bucket["doc_count"] for bucket in answer[group]["buckets"] if bucket["doc_count"]
        }
        for group in groups
    }
    if "status" in groups:
        counts["status"] = _statuses(searcher, query, counts["status"], standing)
    return counts


def _by_date(standing: Standing) -> dict[str, object]:
    """What the date alone says; a declared product has none, which is kept as zero."""
    today = standing.day.toordinal()
    ranges = [
        {"key": "not_certified", "to": 1},
        {"key": "expired", "from": 1, "to": today},
        {"key": "valid", "from": today},
    ]
    return {"range": {"field": "valid_to", "ranges": ranges}}


def _statuses(searcher: Searcher, query: Query, dated: dict[str, int], standing: Standing) -> dict[str, int]:
    """The counts by date, with the products moved that an act has put elsewhere."""
    moved = {entry_id: status for status in ACTED for entry_id in standing.acted.get(status, ())}
    counts = {status: dated.get(status, 0) for status in STATUSES}
    if moved:
        hits = searcher.search(_all([query, _ids(list(moved))]), len(moved), False).hits
        addresses = [address for _, address in hits]
        ends = _whole(searcher, "valid_to", addresses)
        for entry_id, end in zip(_whole(searcher, "id", addresses), ends, strict=True):
            counts["valid" if end >= standing.day.toordinal() else "expired"] -= 1
            counts[moved[entry_id]] += 1
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


def _bears(slug: str, values: tuple[str, ...]) -> Query:
    return Query.term_set_query(SCHEMA, PARAMETER, [f"{slug}={value}" for value in values])


def _carbon(criteria: Criteria) -> list[Query]:
    low, high = criteria.carbon_from, criteria.carbon_to
    if low is None and high is None:
        return []
    least, most = (None if bound is None else float(bound) for bound in (low, high))
    return [Query.range_query(SCHEMA, "carbon", FieldType.Float, least, most)]


def _status(status: str, standing: Standing) -> Query:
    """By the date where a date tells it, by the ids the database named where an act does."""
    if status == UNCERTIFIED:
        return Query.term_query(SCHEMA, "kind", "declared")
    if status in ACTED:
        return _ids(standing.acted.get(status, []))
    today = standing.day.toordinal()
    if status in VALID:
        in_time = Query.range_query(SCHEMA, "valid_to", FieldType.Unsigned, lower_bound=today)
        return _without(in_time, standing, *ACTED)
    if status in EXPIRED:
        over = Query.range_query(SCHEMA, "valid_to", FieldType.Unsigned, 1, today - 1)
        return _without(over, standing, *FINAL)
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
    return [together if len(pieces) == 1 else _either([together, *_code("".join(pieces))])]


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
        return Query.phrase_query(SCHEMA, field, [*words])
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
