"""One logical query and one compiler from it to SQL; list views and reports over it."""
