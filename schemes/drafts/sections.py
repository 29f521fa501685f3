"""The pages on which a draft is written, in the order in which one writes them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from core.errors import Invalid
from core.i18n import _l
from schemes.document import Document, read
from schemes.drafts import editor, limits, suggestions
from schemes.drafts.editor import JSON
from schemes.drafts.given import listed


@dataclass(frozen=True)
class Section:
    slug: str
    title: object  # a lazy string
    members: tuple[str, ...]

    def written(
        self, document: Mapping[str, JSON], items: Iterable[tuple[str, list[str]]]
    ) -> dict[str, JSON]:
        """The document with this section as a page sent it."""
        typed = editor.written(Document, editor.tree(items), self.members)
        kept = {name: value for name, value in document.items() if name not in self.members}
        tidy = TIDIED.get(self.slug)
        return tidy(kept | typed) if tidy else kept | typed

    def holds(self, pointer: str) -> bool:
        return pointer.split("/")[1:2] in [[name] for name in self.members]

    def nodes(self, document: Mapping[str, JSON]) -> tuple[editor.Node | limits.Table, ...]:
        """The boxes of this section, filled with what is written, right or wrong."""
        found = editor.nodes(Document, document, only=self.members)
        laid_out = limits.laid_out(found, document) if self.slug == "criteria" else found
        return suggestions.offered(laid_out, suggestions.lists(document))

    def faults(self, found: Mapping[str, JSON]) -> dict[str, JSON]:
        """Those that lie in this section, by pointer."""
        return {at: fault for at, fault in found.items() if self.holds(at)}


Fault = tuple[str, dict[str, JSON]]  # the slug, and the details as its sentence takes them


def faults_in(document: Mapping[str, JSON]) -> dict[str, Fault]:
    """What is wrong with a document, by the JSON pointer of the member."""
    try:
        read(document)
    except Invalid as refused:
        return {at: (slug, refused.detail_of(at)) for at, slug in refused.fields.items()}
    return {}


def _without_lost_forms(document: dict[str, JSON]) -> dict[str, JSON]:
    """A form whose name was taken away is none."""
    kinds = [
        kind if kind.get("blank") else {name: value for name, value in kind.items() if name != "blank_file"}
        for kind in listed(document.get("documents"))
    ]
    return document | {"documents": kinds}


TIDIED = {"criteria": limits.tidied, "papers": _without_lost_forms}
SECTIONS = (
    Section("identity", _l("基本信息"), ("identity",)),
    Section("parameters", _l("产品参数"), ("parameters", "derived")),
    Section("criteria", _l("准则与限值"), ("criteria",)),
    Section("tests", _l("检测项目"), ("tests",)),
    Section("accounting", _l("核算规则"), ("accounting",)),
    Section("papers", _l("文件与检查表"), ("documents", "checklists")),
    Section("course", _l("人日、监督与认证单元"), ("person_days", "division", "surveillance", "late_after")),
    Section("terms", _l("时限与费用"), ("clocks", "fees", "transition")),
    Section("label", _l("证书与标签"), ("label",)),
)
BY_SLUG = {section.slug: section for section in SECTIONS}
