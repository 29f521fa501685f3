"""Who is asking: organisations, people, roles, sign-in, API tokens."""
