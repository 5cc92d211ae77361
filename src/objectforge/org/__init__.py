"""The front of it all: one org - its metadata, its records, its questions."""
