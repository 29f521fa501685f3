"""By which rules: what each product category demands, by version."""
