"""What this desk calls its slugs."""
