"""What a new version of a rule asks of the certificates of earlier ones."""
