"""What becomes of a certificate: follow-up checks, proposed acts, batches after a retracted report."""
