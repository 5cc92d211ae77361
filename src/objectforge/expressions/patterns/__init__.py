"""Regular expressions as Java reads them, tested in time that grows with the text alone."""
