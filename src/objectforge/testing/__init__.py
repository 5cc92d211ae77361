"""Throwaway orgs, fixtures and believable records for test suites."""
