"""How many kilograms, and how sure: units, factors, inventories, footprints."""
