"""How a version of a rule comes to be: drafted, reviewed, put before the public, approved, published."""
