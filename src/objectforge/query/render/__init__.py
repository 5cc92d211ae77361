"""Results as text for terminals and as files."""
