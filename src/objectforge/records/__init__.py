"""Records in: coerced, checked, written; and out again."""
