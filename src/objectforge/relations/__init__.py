"""Metadata to a resolved schema: every name looked up, every relationship a graph edge."""
