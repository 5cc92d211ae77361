"""Keeping an org in order: its data examined, what uses what, the whole of it copied."""
