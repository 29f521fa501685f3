"""A body's logo and seal as papers show them."""

from base64 import b64encode
from collections.abc import Mapping
from typing import Any

from core import files


def shown(digest: str | None, name: str) -> str:
    """A picture as papers hold it, within themselves; "" where there is none."""
    if not digest:
        return ""
    content = b64encode(files.path_of(digest).read_bytes()).decode()
    return f"data:{files.media_type(name)};base64,{content}"


def of(body: Mapping[str, Any]) -> dict[str, Any]:  # JSON
    """The wording, logo and seal that a statement keeps of its body, pictures as papers hold them."""
    kept = body.get("own", {})
    drawn = {which: shown(kept.get(which), kept.get(f"{which}_name", "")) for which in ("logo", "seal")}
    return {"wording": kept.get("wording", []), **drawn}
