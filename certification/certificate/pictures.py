"""A body's logo and seal as papers show them."""

from base64 import b64encode

from core import files


def shown(digest: str | None, name: str) -> str:
    """A picture as papers hold it, within themselves; "" where there is none."""
    if not digest:
        return ""
    content = b64encode(files.path_of(digest).read_bytes()).decode()
    return f"data:{files.media_type(name)};base64,{content}"
