"""How a product is evaluated: plan, documents, site, nonconformities, review, decision."""
