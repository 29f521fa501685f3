"""The verbs of this desk, one file a noun."""
