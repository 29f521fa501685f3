"""Forms that a rule hands out: a file for each kind of file, kept by the house and named in the document."""

from collections.abc import Mapping

from werkzeug.datastructures import FileStorage

from core import files
from core.errors import Invalid
from core.machine import Actor
from schemes.drafts.editor import JSON
from schemes.drafts.given import listed
from schemes.drafts.models import RuleDraft
from schemes.drafts.operations import check_writer, write

OF_A_SHEET = ("sheet", "columns")


def hand_in(draft: RuleDraft, actor: Actor, kind: str, upload: FileStorage) -> None:
    """Let this file be the form for a kind.

    Raises Invalid `file-kind-unknown`, or at `upload` why it cannot be kept, and what `write` raises.
    """
    check_writer(draft, actor)
    kinds = listed(draft.document.get("documents"))
    if not kind or kind not in [each.get("slug") for each in kinds]:
        raise Invalid("file-kind-unknown", {"kind": "file-kind-unknown"})
    try:
        stored = files.store(upload.stream, upload.filename or "")
    except Invalid as refused:
        raise Invalid(refused.slug, {"upload": refused.slug}, **refused.detail) from refused
    form = {"blank": stored.name, "blank_file": stored.digest}
    changed = [_without(each, OF_A_SHEET) | form if each.get("slug") == kind else each for each in kinds]
    write(draft, actor, draft.document | {"documents": changed})


def _without(kind: Mapping[str, JSON], members: tuple[str, ...]) -> dict[str, JSON]:
    return {name: value for name, value in kind.items() if name not in members}
