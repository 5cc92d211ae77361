"""Reports: a resolved report to facets, to one statement, to groups with subtotals."""
