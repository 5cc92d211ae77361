"""What a SOQL query asks to statements, and their rows to records."""
