"""Which 品目 a product belongs to: decided by a parameter of its scheme, confirmed by two people."""
