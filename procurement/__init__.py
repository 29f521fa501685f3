"""What public bodies may buy: categories, list editions."""
