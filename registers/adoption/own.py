"""What a paper keeps of the adoption it was written under, so that it says the same for good."""

from collections.abc import Mapping
from typing import Any

from registers.adoption import papers, queries, wording


def of_paper(body_id: int, scheme_code: str, kind: str, values: Mapping[str, Any]) -> dict[str, Any]:  # JSON
    """Version, wording with these values, logo and seal; nothing where the house has them all."""
    adoption = queries.in_force(body_id, scheme_code)
    if adoption is None:
        return {}
    text = adoption.papers.get(kind, "")
    if not (text or adoption.logo or adoption.seal):
        return {}
    blocks = wording.written(text, papers.fields(kind), values) if text else []
    return {
        "version": str(adoption.number),
        "source": wording.digest(text) if text else "",
        "wording": [{"kind": block.kind, "text": block.text} for block in blocks],
        "logo": adoption.logo or "",
        "logo_name": adoption.logo_name,
        "seal": adoption.seal or "",
        "seal_name": adoption.seal_name,
    }
