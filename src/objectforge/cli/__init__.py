"""The objectforge command."""
