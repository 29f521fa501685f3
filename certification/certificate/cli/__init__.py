"""The commands of this desk."""
