"""What is found wrong with an org's tables or records: where, how many, and what to do about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from objectforge.errors.issue import Severity
from objectforge.storage.finding_kinds import KINDS

__all__ = ["Finding"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as it should be.

    `kind` is one of `finding_kinds.KINDS` and never changes its meaning: programs may go by it. `name` is the API name
    where there is one (`Account.Industry`), `place` the table and column. Of records, `count` says how many and `ids`
    names the first few.
    """

    kind: str
    name: str
    message: str
    hint: str
    place: str = ""
    severity: Severity = Severity.ERROR
    count: int = 0
    ids: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        assert self.kind in KINDS, f"unexplained kind of finding {self.kind}"

    def __str__(self) -> str:
        level = "" if self.severity is Severity.ERROR else f"{self.severity}: "
        place = f" ({self.place})" if self.place else ""
        lines = [f"{level}{self.name}{place}: {self.message}"]
        if self.ids:
            more = ", ..." if self.count > len(self.ids) else ""
            lines.append(f"    records: {', '.join(self.ids)}{more}")
        lines.append(f"    {self.hint}")
        return "\n".join(lines)

    def to_dict(self) -> Mapping[str, Any]:
        """The finding as plain data."""
        return asdict(self) | {"severity": self.severity.value}
