"""What the org has already of a schema: identities found by name and history, and given out where they are new."""
