"""A schema to real tables: plan, apply, the registry of identities."""
