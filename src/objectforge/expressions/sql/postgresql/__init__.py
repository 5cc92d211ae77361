"""PostgreSQL: numbers as NUMERIC, text keys by `lower(... COLLATE "C")`, dates and instants natively."""
