"""A document that is handed in whole, as a file or by a program: taken without a fault, or not at all."""

from werkzeug.datastructures import FileStorage

from core.errors import Invalid
from core.machine import Actor
from schemes.document import parsed, plain, read
from schemes.drafts.editor import JSON
from schemes.drafts.models import RuleDraft
from schemes.drafts.operations import check_writer, write

LARGEST = 2 * 1024 * 1024  # bytes


def take(draft: RuleDraft, actor: Actor, document: JSON, above: str = "") -> None:
    """Let the draft say this, all of it.

    Raises Invalid with every fault by its JSON pointer, beneath `above`, and what `write` raises.
    """
    check_writer(draft, actor)
    try:
        found = read(document)
    except Invalid as refused:
        wrong = Invalid(refused.slug, {f"{above}{at}": slug for at, slug in refused.fields.items()})
        wrong.details = {f"{above}{at}": detail for at, detail in refused.details.items()}
        raise wrong from refused
    write(draft, actor, plain(found))


def take_file(draft: RuleDraft, actor: Actor, upload: FileStorage) -> None:
    """The same, of a file of JSON; raises Invalid `scheme-file-too-large` as well."""
    check_writer(draft, actor)
    content = upload.stream.read(LARGEST + 1)
    upload.close()
    if len(content) > LARGEST:
        raise Invalid("scheme-file-too-large", {"upload": "scheme-file-too-large"}, limit=LARGEST // 2**20)
    take(draft, actor, parsed(content))
