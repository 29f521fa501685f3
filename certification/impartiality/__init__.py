"""What people declare, and who is competent for what."""
