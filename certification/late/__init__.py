"""Days that are typed after a right had ended, each with a document of the day and two people."""
