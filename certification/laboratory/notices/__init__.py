"""Who is told of what at this desk."""
