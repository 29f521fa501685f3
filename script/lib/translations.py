"""The English catalogue: made from translations/parts, one file per area, and checked against the source.

Without an argument it writes and compiles translations/en/LC_MESSAGES/messages.po;
with `check` it also fails on what is missing, contradictory or malformed.
"""

import io
import re
import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parents[2]
KEYWORDS = {**DEFAULT_KEYWORDS, "_l": None, "_n": (1, 2), "lazy_gettext": None}
NO_SOURCE = {"tests", "script", "bench", "migrations", "var", "docs", "translations", "static"}
FIELD = re.compile(r"\{\w*\}|%\(\w+\)[sd]")


def merged(root: Path) -> tuple[Catalog, list[str]]:
    """Every part in one catalogue, and a complaint for each text translated in two ways."""
    catalog, complaints = empty_catalog(), []
    for path in sorted((root / "translations" / "parts").glob("*.po")):
        for message in read_po(io.BytesIO(path.read_bytes()), locale="en"):
            if not message.id or message.fuzzy or not message.string:
                continue
            known = catalog.get(message.id, message.context)
            if known and known.string != message.string:
                complaints.append(f"translated in two ways: {message.id!r} ({path.name})")
            catalog.add(message.id, message.string, context=message.context)
    return catalog, complaints


def empty_catalog() -> Catalog:
    # Without fixed dates the file would differ every time; a fuzzy one would not be compiled.
    return Catalog(locale="en", project="tanbiao", creation_date=0, revision_date=0, fuzzy=False)


def source_texts(root: Path) -> dict[tuple, str]:
    """Each text that is shown, as (id, context), with the place where it stands first."""
    with (root / "babel.cfg").open() as file:
        methods, options = parse_mapping_cfg(file)
    found = extract_from_dir(
        root, methods, options, keywords=KEYWORDS, directory_filter=lambda folder: wanted_folder(root, folder)
    )
    texts = {}
    for path, line, text, _comments, context in found:
        texts.setdefault((text, context), f"{path}:{line}")
    return texts


def wanted_folder(root: Path, folder: str) -> bool:
    name = Path(folder).name
    return not name.startswith((".", "_")) and not (Path(folder).parent == root and name in NO_SOURCE)


def complaints_about(texts: dict[tuple, str], catalog: Catalog) -> list[str]:
    complaints = []
    for (text, context), place in texts.items():
        message = catalog.get(text, context)
        if message is None:
            complaints.append(f"no English for {text!r} ({place})")
        elif fields(message.id) != fields(message.string):
            complaints.append(f"different fields in {text!r} and {message.string!r} ({place})")
    return complaints


def fields(text: str | tuple) -> set[str]:
    return set(FIELD.findall(text if isinstance(text, str) else " ".join(text)))


def write(root: Path, catalog: Catalog) -> None:
    folder = root / "translations" / "en" / "LC_MESSAGES"
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "messages.po").open("wb") as file:
        write_po(file, catalog, width=110, sort_output=True, omit_header=False)
    with (folder / "messages.mo").open("wb") as file:
        write_mo(file, catalog)


def main(check: bool) -> int:
    catalog, complaints = merged(ROOT)
    write(ROOT, catalog)
    if not check:
        return 0
    complaints += complaints_about(source_texts(ROOT), catalog)
    for complaint in complaints:
        print(complaint)
    print(f"{len(catalog)} texts in English, {len(complaints)} complaints")
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main(check=sys.argv[1:] == ["check"]))
