"""What bidders wrote down, asked line by line, and kept with its answers."""
