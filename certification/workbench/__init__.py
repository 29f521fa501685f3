"""Whose turn it is: where an applicant and a body begin, composed from every desk."""
