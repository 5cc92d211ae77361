"""How the values of each field type become those of another."""
