"""What is written about a case from one side to the other, and the body's notes for itself."""
