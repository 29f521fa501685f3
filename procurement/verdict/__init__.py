"""May a public body buy exactly this, on that day: one answer, asked by page and API alike."""
