"""The syntax tree of a SOQL query: what was written, before any name is looked up. `str` of a node is SOQL again.

As in expressions, `start` and `end` are character offsets into the query's text and no part of what a node says: two
trees are equal when they say the same. Words of the language are in capitals, names as they were written.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import field

from objectforge.expressions.node import node
from objectforge.expressions.powers import ADD
from objectforge.expressions.printer import print_explicit, print_expression
from objectforge.expressions.syntax import Bind, Call, Expression, Number, Part, Path

__all__ = ["Category", "Child", "Column", "Fields", "Group", "Item", "Query", "Sort", "Source", "TypeOf", "When"]


@node
class Column:
    """A field, path, function or aggregate after SELECT, and the name that its value gets."""

    value: Expression
    alias: Part | None
    start: int = field(compare=False)
    end: int = field(compare=False)

    def __str__(self) -> str:
        return _named(print_expression(self.value, ADD), self.alias)


@node
class Child:
    """A query over child records, in parentheses after SELECT."""

    query: Query
    start: int = field(compare=False)
    end: int = field(compare=False)

    def __str__(self) -> str:
        return f"({self.query})"


@node
class Fields:
    """FIELDS(ALL), FIELDS(STANDARD) or FIELDS(CUSTOM)."""

    which: str
    start: int = field(compare=False)
    end: int = field(compare=False)

    def __str__(self) -> str:
        return f"FIELDS({self.which})"


@node
class When:
    """The fields to show of a parent of one kind: `WHEN Account THEN Phone, Website`."""

    object: Part
    paths: tuple[Path, ...]
    start: int = field(compare=False)
    end: int = field(compare=False)

    def __str__(self) -> str:
        return f"WHEN {self.object.name} THEN {_list(self.paths)}"


@node
class TypeOf:
    """`TYPEOF What WHEN Account THEN Phone ELSE Name END`: fields by the kind of the parent; ELSE may be missing."""

    path: Path
    cases: tuple[When, ...]
    otherwise: tuple[Path, ...]
    start: int = field(compare=False)
    end: int = field(compare=False)

    def __str__(self) -> str:
        otherwise = f" ELSE {_list(self.otherwise)}" if self.otherwise else ""
        return f"TYPEOF {self.path} {' '.join(map(str, self.cases))}{otherwise} END"


Item = Column | Child | Fields | TypeOf


@node
class Source:
    """What stands after FROM: an object, in a child query a relationship, or a path from an alias (`c.Account a`)."""

    path: Path
    alias: Part | None
    start: int = field(compare=False)
    end: int = field(compare=False)

    def __str__(self) -> str:
        return _named(str(self.path), self.alias)


@node
class Category:
    """`Geography__c AT (usa__c, uk__c)` after WITH DATA CATEGORY; `selector` is AT, ABOVE, BELOW or ABOVE_OR_BELOW."""

    group: Part
    selector: str
    names: tuple[Part, ...]
    start: int = field(compare=False)
    end: int = field(compare=False)

    def __str__(self) -> str:
        names = ", ".join(part.name for part in self.names)
        return f"{self.group.name} {self.selector} {names if len(self.names) == 1 else f'({names})'}"


@node
class Group:
    """GROUP BY: what makes the groups, and ROLLUP or CUBE where there are subtotals."""

    by: tuple[Expression, ...]
    subtotals: str | None
    start: int = field(compare=False)
    end: int = field(compare=False)

    def __str__(self) -> str:
        by = ", ".join(print_expression(value, ADD) for value in self.by)
        return f"{self.subtotals}({by})" if self.subtotals else by


@node
class Sort:
    """What ORDER BY sorts by; `nulls` is FIRST, LAST, or None where it is not said."""

    by: Expression
    descending: bool
    nulls: str | None
    start: int = field(compare=False)
    end: int = field(compare=False)

    def __str__(self) -> str:
        nulls = f" NULLS {self.nulls}" if self.nulls else ""
        return f"{print_expression(self.by, ADD)}{' DESC' if self.descending else ''}{nulls}"


@node
class Query:
    """A query, or a child query, with its clauses in their order; what was not written is None, empty or False."""

    items: tuple[Item, ...]
    sources: tuple[Source, ...]
    scope: Part | None
    where: Expression | None
    categories: tuple[Category, ...]
    mode: str | None
    group: Group | None
    having: Expression | None
    sorts: tuple[Sort, ...]
    limit: Number | Bind | None
    offset: Number | Bind | None
    all_rows: bool
    purposes: tuple[str, ...]
    updates: tuple[str, ...]
    start: int = field(compare=False)
    end: int = field(compare=False)

    @property
    def counts_only(self) -> bool:
        """Whether it is a `SELECT COUNT()`, whose answer is the number of rows."""
        match self.items:
            case (Column(Call(name, ())),):
                return name.upper() == "COUNT"
            case _:
                return False

    def __str__(self) -> str:
        return " ".join(self._clauses())

    def _clauses(self) -> Iterable[str]:
        yield from ("SELECT", _list(self.items), "FROM", _list(self.sources))
        if self.scope:
            yield f"USING SCOPE {self.scope.name}"
        if self.where:
            yield f"WHERE {print_explicit(self.where)}"
        if self.categories:
            yield f"WITH DATA CATEGORY {' AND '.join(map(str, self.categories))}"
        if self.mode:
            yield f"WITH {self.mode}"
        if self.group:
            yield f"GROUP BY {self.group}"
        if self.having:
            yield f"HAVING {print_explicit(self.having)}"
        if self.sorts:
            yield f"ORDER BY {_list(self.sorts)}"
        if self.limit:
            yield f"LIMIT {print_expression(self.limit)}"
        if self.offset:
            yield f"OFFSET {print_expression(self.offset)}"
        if self.all_rows:
            yield "ALL ROWS"
        yield from (f"FOR {purpose}" for purpose in self.purposes)
        if self.updates:
            yield f"UPDATE {', '.join(self.updates)}"


def _list(nodes: Iterable[object]) -> str:
    return ", ".join(map(str, nodes))


def _named(text: str, alias: Part | None) -> str:
    return f"{text} {alias.name}" if alias else text
