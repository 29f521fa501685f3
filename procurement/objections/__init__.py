"""Objections to an edition in its notice, and requests to correct one that is published: small cases."""
