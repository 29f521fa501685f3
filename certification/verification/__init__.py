"""What was declared beside what was verified: item by item, and the opinion that follows."""
