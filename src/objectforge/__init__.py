"""ObjectForge: describe your business in YAML, get a working org in your own process."""
