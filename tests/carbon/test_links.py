"""Months of a ledger and the files that prove them."""

from dataclasses import replace

import pytest

from carbon import records
from carbon.records import Around, Record
from core.errors import Invalid

A, B = "a" * 64, "b" * 64


def ledger(*files: list[str]) -> dict:
    """A ledger that begins in January, each month with these files."""
    months = [{"month": f"2025-{at:02d}", "amount": "1"} for at in range(1, len(files) + 1)]
    held = zip(months, files, strict=True)
    return {"months": [month | ({"evidence": each} if each else {}) for month, each in held]}


@pytest.mark.parametrize(
    ("of_row", "of_months", "proof"),
    [
        ("", [[], []], ""),
        ("", [[A], []], ""),
        ("", [[A], [B, A]], f"{A} {B}"),
        (B, [[], []], B),
        (B, [[A], [A]], B),
    ],
)
def test_a_record_is_proved_by_a_file_of_its_own_or_by_one_of_every_month(of_row, of_months, proof):
    assert records.proof(of_row, ledger(*of_months)) == proof


def test_a_record_without_a_ledger_is_proved_by_its_own_files_alone():
    assert records.proof("", {}) == ""
    assert records.proof(A, {}) == A


def test_the_months_without_a_file_are_named():
    assert records.bare_months(ledger([A], [], [B], [])) == ["2025-02", "2025-04"]
    assert records.bare_months({}) == []


def test_a_month_in_which_nothing_was_metered_needs_no_file():
    months = ledger([A], [], [])["months"]
    still = {"months": [*months[:1], months[1] | {"amount": "0.00"}, months[2] | {"evidence": [B]}]}
    assert records.bare_months(still) == []
    assert records.proof("", still) == f"{A} {B}"


@pytest.mark.parametrize(
    ("months", "told"),
    [
        ([], []),
        (["2025-04", "2025-03", "2025-01"], [("2025-01", "2025-01"), ("2025-03", "2025-04")]),
        (["2025-12", "2026-01", "2025-12"], [("2025-12", "2026-01")]),
    ],
)
def test_months_in_a_row_are_told_by_the_first_and_the_last(months, told):
    assert records.runs(months) == told


def test_the_files_of_months_leave_the_lines_of_a_record_what_they_were():
    power = Record("use", "电", unit="kWh", quantity=None, stated=ledger([], []))
    linked = replace(power, stated=ledger([A], [B]))
    found, other = (records.expand(each, Around()).rows for each in (power, linked))
    assert [replace(row, evidence_digest="") for row in other] == list(found)
    assert [row.evidence_digest for row in other] == [f"{A} {B}"]


def test_a_file_proves_exactly_the_months_it_is_said_to():
    stated = ledger([A], [B], [])
    assert records.linked(stated, A, {"2025-02", "2025-03"}) == ledger([], [A, B], [A])
    assert records.linked(stated, B, ()) == ledger([A], [], [])
    assert stated == ledger([A], [B], [])


def test_links_to_files_that_do_not_come_along_are_dropped():
    assert records.kept(ledger([A, B], [B], []), {A}) == ledger([A], [], [])


def test_months_that_are_said_anew_without_their_files_keep_them():
    assert records.carried(ledger([], []), ledger([A])) == ledger([A], [])


@pytest.mark.parametrize("given", [f"{B} {A}", [B, A, A], f" {A}\n{B}"])
def test_files_are_read_as_a_list_and_as_a_text(given):
    faults: dict[str, str] = {}
    months = [{"month": "2025-01", "amount": "1", "evidence": given}]
    assert records.read("activity", {"months": months}, "kWh", faults) == ledger([A, B])
    assert faults == {}


@pytest.mark.parametrize(
    ("given", "slug"),
    [("abc", "file-not-found"), ([A, 5], "file-not-found"), ({A: 1}, "body-shape"), (True, "body-shape"),
     ([[A]], "file-not-found"), (A.upper(), "file-not-found")],
)  # fmt: skip
def test_what_is_no_file_is_refused_at_its_month(given, slug):
    faults: dict[str, str] = {}
    months = [{"month": "2025-01", "amount": "1", "evidence": given}]
    records.read("activity", {"months": months}, "kWh", faults)
    assert faults == {"months-0-evidence": slug}


def test_a_text_of_many_digests_is_read_once_each():
    assert records.digests("") == records.digests(None) == []
    with pytest.raises(Invalid):
        records.digests("0" * 63)
