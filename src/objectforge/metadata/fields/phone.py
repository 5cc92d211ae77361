"""The field type `phone`."""

from __future__ import annotations

from random import Random
from typing import Annotated, ClassVar

from pydantic import Field

from objectforge.metadata.fields.one_line import OneLine
from objectforge.metadata.leaves import Whole

__all__ = ["Phone"]


class Phone(OneLine):
    """A telephone number as people write it; extensions and remarks are welcome."""

    type_name: ClassVar = "phone"
    summary: ClassVar = "A telephone number, free text."
    examples: ClassVar = ("03-1234-5678", "+1 (415) 555-0100 ext. 12", "090 1234 5678")

    length: Annotated[Whole, Field(ge=1, le=255)] = 40

    def example(self, random: Random, number: int) -> str:
        """A number that has the counter in it."""
        digits = f"{random.randrange(10, 100)}{number:06d}"
        return f"03-{digits[:-4]}-{digits[-4:]}"[-self.length :]
