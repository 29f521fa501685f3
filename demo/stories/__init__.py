"""Stories over time, each a file: told step by step, driven through the verbs the pages call."""
