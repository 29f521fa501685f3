"""How a body takes a published rule into its own hands: what it adds, its papers, its numbers."""
