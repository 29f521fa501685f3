"""The shape of what is typed at this desk."""
