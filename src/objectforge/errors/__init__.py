"""What went wrong, where, and the edit that fixes it."""
