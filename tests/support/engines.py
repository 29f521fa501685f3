"""What the two databases may do each in its own way; tests of that run on both, marked `engines(kind)`.

Everything else sends the same statements on both and reads the same answers, so it runs on SQLite alone.
"""

KINDS = {
    "constraints": "what the database refuses by itself, and the no that becomes of it",
    "locks": "locks, races, what is sent twice, transactions and who waits for whom",
    "sql": "statements written for one engine, migrations, backup, the chain of the record, durability",
    "types": "what comes back of what was stored: numbers, days, JSON, long and odd texts, frozen copies",
    "order": "order, pages, aggregates and joins of the long lists",
    "search": "search and what it is made from",
    "chores": "statements that no page sends: what the clock and the commands do",
    "roads": "the whole road of a case, once by each way into it",
    "walks": "stories, the doors of a desk one by one, and every page: before an issue is closed",
}
