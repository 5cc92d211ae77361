"""A small believable org: metadata, and the files that fill it."""
