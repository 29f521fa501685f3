"""Demonstration data and stories; imports all, imported by none."""
