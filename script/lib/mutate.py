"""Every kept mutation of the promises: made in a copy of the tree, where the test named for it must fail.

A test that cannot run proves nothing: only its failure kills a mutation, only its success lets one survive.
"""

import shutil
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import repeat
from pathlib import Path
from queue import SimpleQueue
from tempfile import TemporaryDirectory

from tests.promises import PROMISES, Mutation

ROOT = Path(__file__).parents[2]

LEFT_OUT = shutil.ignore_patterns(".git", ".venv", "var", "__pycache__", ".*_cache", ".hypothesis")
COPIES = 2  # mutations tried at a time
PATIENCE_S = 300
KILLED, SURVIVED, NOT_RUN = "killed", "SURVIVED", "NOT RUN"
FATES = {0: SURVIVED, 1: KILLED}  # by what pytest answers


def fate(mutation: Mutation, tree: Path) -> str:
    """What the killer makes of it once the change is made in `tree`; the tree is put back."""
    path = tree / mutation.file
    original = path.read_text(encoding="utf-8")
    path.write_text(mutation.mutated(original), encoding="utf-8")
    try:
        return FATES.get(_answer(mutation.killer, tree), NOT_RUN)
    finally:
        path.write_text(original, encoding="utf-8")


def _answer(test: str, tree: Path) -> int | None:
    """What pytest answers; None when it does not within its time."""
    command = [sys.executable, *f"-B -m pytest --quiet -x -p no:cacheprovider tests/{test}".split()]
    try:
        done = subprocess.run(command, cwd=tree, capture_output=True, timeout=PATIENCE_S, check=False)
    except subprocess.TimeoutExpired:
        return None
    return done.returncode


def fates(mutations: Iterable[tuple[str, Mutation]], root: Path) -> Iterator[tuple[str, Mutation, str]]:
    """Each mutation with its key and its fate, a few at a time."""
    with TemporaryDirectory() as folder, ThreadPoolExecutor(COPIES) as pool:
        trees: SimpleQueue[Path] = SimpleQueue()
        for number in range(COPIES):
            trees.put(shutil.copytree(root, Path(folder) / str(number), ignore=LEFT_OUT))
        yield from pool.map(_tried, mutations, repeat(trees))


def _tried(kept: tuple[str, Mutation], trees: SimpleQueue) -> tuple[str, Mutation, str]:
    key, mutation = kept
    tree = trees.get()
    try:
        return key, mutation, fate(mutation, tree)
    finally:
        trees.put(tree)


def main(*keys: str) -> int:
    begun = time.monotonic()
    kept = [(row.key, change) for row in PROMISES if not keys or row.key in keys for change in row.mutations]
    killed = 0
    for key, mutation, how in fates(kept, ROOT):
        killed += how == KILLED
        print(f"{how}  {key}: {mutation.killer}", flush=True)
    seconds, failed = round(time.monotonic() - begun), killed < len(kept) or not kept
    print(f"MUTATE {'FAILED' if failed else 'OK'}: {killed} of {len(kept)} killed, {seconds} s")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
