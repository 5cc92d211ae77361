"""`python -m objectforge.cli` is the command `objectforge`."""

from __future__ import annotations

from objectforge.cli.main import main

main()
