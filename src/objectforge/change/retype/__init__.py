"""One column's change of type, carried out: what converts, what stands in the way, and the SQL for it."""
