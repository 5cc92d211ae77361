"""The functions of the language that have a SQL form on every engine."""
