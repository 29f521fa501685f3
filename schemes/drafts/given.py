"""What was typed, right or wrong, taken as what it should be or as nothing."""

from schemes.drafts.editor import JSON


def listed(value: JSON) -> list[JSON]:
    return list(value) if isinstance(value, list | tuple) else []
