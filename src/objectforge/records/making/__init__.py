"""Believable records for tests: required fields and required parents filled, the same each time."""
