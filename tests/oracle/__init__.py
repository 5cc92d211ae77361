"""A judge of queries: the contract's conditions and reports, evaluated by brute force over plain data."""
