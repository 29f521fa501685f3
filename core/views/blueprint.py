from collections.abc import Callable
from typing import TypeVar

from flask import Blueprint
from flask.typing import ResponseReturnValue

View = TypeVar("View", bound=Callable[..., ResponseReturnValue])

bp = Blueprint("core", __name__)


def public(view: View) -> View:
    """Open to everybody: core cannot know the sign-in above it; this is the mark it reads."""
    view.is_public = True  # type: ignore[attr-defined]  # a function may bear any mark
    return view
