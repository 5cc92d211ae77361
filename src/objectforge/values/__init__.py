"""What a value is: ids, text keys, exact numbers, the calendar, the clock, and how each is stored."""
