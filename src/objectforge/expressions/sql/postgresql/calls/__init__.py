"""The functions of the language spelled out in PostgreSQL, where `engine` has no operation for them."""
