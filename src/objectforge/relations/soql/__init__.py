"""SOQL against a schema: the tree of a query to what is asked, every name looked up."""
