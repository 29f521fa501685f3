"""Who may certify, test and verify: bodies, laboratories, their people, accreditations, training."""
