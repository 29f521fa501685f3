"""The agreement of a case, for its two sides."""

import json
from typing import Any

from certification.application.models import Application


def wording(case: Application) -> list[dict[str, str]]:
    """What the body's own wording came to when it was offered; nothing where the terms of the house hold."""
    kept = case.agreement
    found: dict[str, Any] = json.loads(kept.statement) if kept else {}  # JSON
    blocks: list[dict[str, str]] = found.get("own", {}).get("wording", [])
    return blocks
