"""What the public may find: products and technologies, as of now."""
