"""Terms to act: one ledger for each, the calendar they are counted in, and outages."""
