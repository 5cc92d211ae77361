"""Throwaway orgs, fixtures and believable records for test suites."""

from __future__ import annotations

from objectforge.testing.temp import temp_org

__all__ = ["temp_org"]
