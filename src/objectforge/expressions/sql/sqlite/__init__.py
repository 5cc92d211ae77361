"""SQLite: numbers as scaled integers (decimal texts past 18 digits), dates as ISO texts, instants as microseconds."""
