"""Which rows are traced to source documents, by risk, and the papers of those who traced them."""
