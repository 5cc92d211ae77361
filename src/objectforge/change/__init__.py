"""Plan and apply: two schemas to typed steps, steps to a changed org."""
