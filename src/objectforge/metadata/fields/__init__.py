"""The field types, one class in one file."""
