"""One expression language: text to a syntax tree, to a typed tree, to SQL and to Python."""
