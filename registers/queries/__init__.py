"""What may be read of the registers."""
