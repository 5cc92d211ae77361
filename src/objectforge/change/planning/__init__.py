"""An org and what it shall be, compared: the steps between them, with what the records say to each."""
