"""A typed tree to SQLAlchemy elements, the same answer on every engine."""
