"""What a case costs, and what was paid."""
