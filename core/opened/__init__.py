"""Readers of what strangers send.  They know only `core.errors`; what unpacks runs in a bounded child."""
