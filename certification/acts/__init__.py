"""Written acts, and the appeals against them."""
