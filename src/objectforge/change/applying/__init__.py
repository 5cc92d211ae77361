"""The steps of a plan as statements, carried out in one transaction."""
