"""Turns an application into a certificate, or a reasoned no; looks after it for life."""
