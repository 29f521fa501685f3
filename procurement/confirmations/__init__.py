"""What makers say of their lines while an edition is shown: that they supply, or that they do not."""
