"""Makers that no list may carry for a time: proposed by one, approved and lifted by another."""
