"""What an engine is going to do for a statement, in words."""
