"""The report of an evaluation: what was looked at and found, told to the client with the decision."""
