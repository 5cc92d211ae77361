"""What the compiler asks of a database engine, by subject."""
