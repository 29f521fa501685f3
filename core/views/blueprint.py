from flask import Blueprint

bp = Blueprint("core", __name__)


def public(view):
    """Open to everybody: core cannot know the sign-in above it; this is the mark it reads."""
    view.is_public = True
    return view
