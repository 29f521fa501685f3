"""Complaints about a certificate or its label: received by the body, investigated by others, answered."""
