"""What the regulator sees: registers, acts, the audit record."""
