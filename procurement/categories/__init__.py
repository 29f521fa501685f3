"""The catalogue of 品目: codes with the edition that gives them meaning, and what became of older ones."""
