"""Leave to use the label, its artwork, and the register of its uses."""
