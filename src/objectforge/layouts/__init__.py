"""A record and its layout to a page."""
