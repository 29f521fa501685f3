"""Tests: orders, samples and who holds them, results, reports."""
