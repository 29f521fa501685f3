"""The dossier of a case: draft, submission, correction, versions of what was handed in, hand-over, copy."""
