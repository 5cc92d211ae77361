"""The functions of the language: for each its signature, its typing rule and its meaning in Python."""
