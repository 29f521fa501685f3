"""How a policy rule comes into force: proposed by one person, approved by another, by version."""
