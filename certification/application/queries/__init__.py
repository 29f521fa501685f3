"""What may be read at this desk."""
