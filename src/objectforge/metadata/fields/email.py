"""The field type `email`."""

from __future__ import annotations

import re
from random import Random
from typing import Annotated, ClassVar

from email_validator import EmailNotValidError, validate_email
from pydantic import Field

from objectforge.metadata.fields.one_line import OneLine
from objectforge.metadata.fields.problems import problem
from objectforge.metadata.fields.samples import COMPANIES, FIRST_NAMES, LAST_NAMES
from objectforge.metadata.leaves import Whole

__all__ = ["Email"]

# What nearly every address looks like, fifty times quicker than the full rules; the others go through those.
_USUAL = re.compile(r"(?=.{1,64}@)[A-Za-z0-9_%+'-]+(\.[A-Za-z0-9_%+'-]+)*@(?=.{1,250}$)([A-Za-z0-9]+\.)+[A-Za-z]{2,24}")


class Email(OneLine):
    """An email address, checked by the rules of its syntax; no server is asked."""

    type_name: ClassVar = "email"
    summary: ClassVar = "An email address; its syntax is checked, no server is asked."
    examples: ClassVar = ("a@example.com", "first.last+tag@sub.example.co.jp", "Mixed.Case@Example.COM", "鈴木@例え.jp")

    length: Annotated[Whole, Field(ge=1, le=254)] = 80

    def judge(self, line: str) -> str:
        """The address as given."""
        if _USUAL.fullmatch(line):
            return line
        try:
            found = validate_email(line, check_deliverability=False, globally_deliverable=False, strict=True)
        except EmailNotValidError as wrong:
            raise problem("bad_email", value=line, reason=str(wrong)) from wrong
        if "." not in found.domain:
            raise problem("bad_email", value=line, reason="The part after the @-sign has no period.")
        return line

    def example(self, random: Random, number: int) -> str:
        """An address at a domain that is reserved for examples."""
        first, last = random.choice(FIRST_NAMES), random.choice(LAST_NAMES)
        full = f"{first}.{last}{number}@{random.choice(COMPANIES)}.example.com".lower()
        return full if len(full) <= self.length else f"{number}@example.com"
