"""YAML to frozen metadata, every problem with its place."""
