"""What is looked at in a case: the lists of its rule, and after them what its body adds.  Pure."""

from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from certification.workflow.adopted import adopted
from schemes.document import Words
from schemes.document.base import Sentence
from schemes.document.checklists import LISTS, checklist
from schemes.document.procedure import Item

if TYPE_CHECKING:
    from certification.application.models import Application
    from registers.adoption.models import Adoption

Named = Words | Sentence


@dataclass(frozen=True)
class Check:
    """One line of a checklist; `body` is the name of the body that added it, "" where the rule asks it."""

    slug: str
    names: Named
    guidance: Sentence | None = None
    major: Sentence | None = None
    body: str = ""


def checks(application: "Application", name: str) -> tuple[Check, ...]:
    """One of LISTS, as it is asked today."""
    own = [check for each in adopted(application) for check in _added(each, name)]
    return (*(_ruled(item) for item in checklist(application.scheme.rules, name)), *own)


def check_of(application: "Application", slug: str) -> Check | None:
    """A line of any list, also one that an earlier adoption of the body added."""
    rules, code = application.scheme.rules, application.scheme.code
    ruled = (_ruled(item) for name in LISTS for item in checklist(rules, name))
    versions = [each for each in application.adoptions if each.scheme_code == code]
    added = (check for each in versions for name in LISTS for check in _added(each, name))
    return next((check for found in (ruled, added) for check in found if check.slug == slug), None)


def as_said(check: Check) -> dict[str, str]:
    """What a record keeps of it: its words of the day, and whose it is where it is not the rule's."""
    whose = {"body": check.body} if check.body else {}
    return {"name": check.names.zh, "name_en": check.names.en, **whose}


def own_slug(text: str) -> str:
    """Of a line that a body adds: another text is another line, in whichever version it stands."""
    return f"own-{sha256(text.encode()).hexdigest()[:16]}"


def _ruled(item: Item) -> Check:
    return Check(item.slug, item.names, item.guidance, item.major)


def _added(adoption: "Adoption", name: str) -> list[Check]:
    body = adoption.body.name
    # Bodies write in one language; the text was read and bounded when it was handed in.
    return [
        Check(own_slug(text), Sentence.model_construct(zh=text, en=text), body=body)
        for text in adoption.checklists.get(name, ())
    ]
