"""SOQL: queries as text to syntax trees, and back."""
