"""The field type `url`."""

from __future__ import annotations

import re
from random import Random
from typing import ClassVar

from objectforge.metadata.fields.one_line import OneLine
from objectforge.metadata.fields.problems import problem
from objectforge.metadata.fields.samples import COMPANIES

__all__ = ["Url"]

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):(?!\d)")
# A page turns these fields into links: a scheme that runs code must never get that far.
_SCHEMES = frozenset({"http", "https", "ftp", "ftps", "sftp", "file", "mailto", "tel", "sip", "ssh", "git"})


class Url(OneLine):
    """A web address, with or without its scheme."""

    type_name: ClassVar = "url"
    summary: ClassVar = "A web address, with or without `https://`."
    examples: ClassVar = ("https://example.com/a?b=c#d", "www.example.com", "localhost:8080/x", "https://例え.jp/道")

    def judge(self, line: str) -> str:
        """The address as given."""
        if any(char.isspace() for char in line):
            raise problem("bad_url", value=line, reason="it holds a space; write %20")
        scheme = _SCHEME.match(line)
        if scheme and scheme[1].lower() not in _SCHEMES:
            raise problem("bad_url", value=line, reason=f"'{scheme[1]}:' is not allowed")
        return line

    def example(self, random: Random, number: int) -> str:
        """A page at a domain that is reserved for examples."""
        full = f"https://{random.choice(COMPANIES).lower()}.example.com/{number}"
        return full if len(full) <= self.length else f"a.jp/{number}"[-self.length :]
