"""Every refusal is expected by a test, by its name: one that nobody sees said could be gone unnoticed."""

import re

from core import words
from tests.architecture.tree import ROOT


def unnamed(slugs: set[str], text: str) -> set[str]:
    return slugs - set(re.findall(r"[a-z0-9_]+(?:-[a-z0-9_]+)*", text))


def test_every_refusal_is_named_by_a_test(assembled):
    tests = [path for kind in ("py", "toml", "json") for path in sorted((ROOT / "tests").rglob(f"*.{kind}"))]
    slugs = {key.removeprefix("refusal.") for key in words.every() if key.startswith("refusal.")}
    assert len(slugs) > 250
    assert unnamed(slugs, "\n".join(path.read_text(encoding="utf-8") for path in tests)) == set()


def test_a_part_of_a_name_does_not_name_it():
    text = 'match="sample-not-found"'
    assert unnamed({"not-found", "sample-not-found", "found"}, text) == {"not-found", "found"}
