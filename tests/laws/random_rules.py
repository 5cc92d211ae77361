"""Random validations over a deal, its firm and that firm's parent, each with the same in plain Python."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

__all__ = ["FILTER_MESSAGE", "Rule", "Save", "World", "rules_of", "written"]

Values = Mapping[str, Any]
FILTER_MESSAGE = "The limit is not above the floor"
_METADATA: Mapping[str, Any] = {
    "Firm": {
        "fields": {
            "Limit": "currency",
            "Up": {"type": "lookup", "to": "Firm", "children": "Subs"},
            "Grade": {"type": "formula", "returns": "text", "formula": "IF(Limit > 100, 'big', 'small')"},
            "Capital": {"type": "formula", "returns": "text", "formula": "INITCAP(Name)"},
            "Deals_All": {"type": "rollup", "value": "count(Deals)"},
        }
    },
    "Deal": {
        "fields": {
            "Code": {"type": "text", "unique": True, "external_id": True},
            "Firm": {
                "type": "lookup", "to": "Firm", "filter": "Limit > $source.Floor", "filter_message": FILTER_MESSAGE,
            },
            # Extra reads Base, which reads Amount: declared the other way round.
            "Extra": {"type": "currency", "default": "=Base * 2 + Firm.Limit"},
            "Base": {"type": "currency", "default": "=Amount + 1"},
            "Amount": "currency",
            "Floor": {"type": "currency", "default": "0"},
            "Note": "text",
            "Stage": [{"value": "A", "sets": {"Chance": "10"}}, {"value": "B", "sets": {"Chance": "90"}}, "C"],
            "Chance": "percent",
            "Twice": {"type": "formula", "returns": "currency", "formula": "Amount * 2"},
            "Room": {"type": "formula", "returns": "currency", "formula": "Firm.Limit - Twice"},
            "Grade_Of": {"type": "formula", "returns": "text", "formula": "Firm.Grade"},
        }
    },
}  # fmt: skip


@dataclass
class World:
    """What is stored, by id."""

    firms: dict[str, dict[str, Any]] = field(default_factory=dict[str, dict[str, Any]])
    deals: dict[str, dict[str, Any]] = field(default_factory=dict[str, dict[str, Any]])

    def firm(self, id_: str | None) -> Values:
        """A living firm; nothing where there is none."""
        return self.firms.get(id_ or "", {})

    def count(self, firm: str | None) -> int:
        """How many deals the firm has."""
        return sum(each["Firm"] == firm for each in self.deals.values()) if firm else 0


@dataclass(frozen=True)
class Save:
    """A deal about to be written, over what it was and what is stored."""

    now: Values
    old: Values | None
    world: World

    @property
    def prior(self) -> Values:
        """The values before; of a new deal those it will have."""
        return self.now if self.old is None else self.old

    @property
    def firm(self) -> Values:
        """The deal's firm."""
        return self.world.firm(self.now["Firm"])

    def changed(self, of: Callable[[Save, Values], Any]) -> bool:
        """Whether what is made of the values is another than before."""
        return self.old is not None and of(self, self.now) != of(self, self.old)


@dataclass(frozen=True)
class Rule:
    """A rule as written and in Python."""

    text: str
    holds: Callable[[Save], bool]


def written(rules: list[Rule]) -> dict[str, Any]:
    """The metadata with these rules, each with its number as message."""
    validations = {f"r{number}": {"error_if": rule.text, "message": f"r{number}"} for number, rule in enumerate(rules)}
    return {"objects": {**_METADATA, "Deal": {**_METADATA["Deal"], "validations": validations}}}


def _number(value: Any) -> Decimal:
    return value or Decimal(0)


def _stored(name: str) -> Callable[[Save, Values], Any]:
    return lambda save, values: values[name]


def _room(save: Save, values: Values) -> Decimal:
    return _number(save.world.firm(values["Firm"]).get("Limit")) - 2 * _number(values["Amount"])


def _grade(firm: Values) -> str:
    return "big" if _number(firm.get("Limit")) > 100 else "small"


def _grade_of(save: Save, values: Values) -> str:
    return _grade(save.world.firm(values["Firm"]))


def _up(save: Save) -> Values:
    return save.world.firm(save.firm.get("Up"))


_CHANGES = [
    Rule(f"ISCHANGED({name})", lambda save, of=of: save.changed(of))
    for name, of in [
        *((name, _stored(name)) for name in ("Amount", "Stage", "Firm", "Note", "Chance")),
        ("Room", _room),
        ("Grade_Of", _grade_of),
    ]
]
_ATOMS = [
    *_CHANGES,
    Rule("isnew()", lambda save: save.old is None),
    Rule("PRIORVALUE(Amount) < amount", lambda save: _number(save.prior["Amount"]) < _number(save.now["Amount"])),
    Rule("ISPICKVAL(PRIORVALUE(Stage), 'A')", lambda save: save.prior["Stage"] == "A"),
    Rule("ISBLANK(PRIORVALUE(Amount))", lambda save: save.prior["Amount"] is None),
    Rule("PRIORVALUE(Chance) = 0.1", lambda save: save.prior["Chance"] == 10),
    Rule("PRIORVALUE(Room) > 50", lambda save: _room(save, save.prior) > 50),
    Rule("PRIORVALUE(Grade_Of) = 'big'", lambda save: _grade_of(save, save.prior) == "big"),
    Rule("AMOUNT > 20", lambda save: _number(save.now["Amount"]) > 20),
    Rule("NOT ISBLANK(Amount) AND Amount < 5", lambda save: save.now["Amount"] is not None and save.now["Amount"] < 5),
    Rule("Amount < 5", lambda save: _number(save.now["Amount"]) < 5),
    Rule("Chance > 0.5", lambda save: _number(save.now["Chance"]) > 50),
    Rule("ISBLANK(Chance)", lambda save: save.now["Chance"] is None),
    Rule("Extra >= 100", lambda save: _number(save.now["Extra"]) >= 100),
    Rule("Room < 0", lambda save: _room(save, save.now) < 0),
    Rule("Firm.Limit < Amount", lambda save: _number(save.firm.get("Limit")) < _number(save.now["Amount"])),
    Rule("Firm.Up.Limit > 20", lambda save: _number(_up(save).get("Limit")) > 20),
    Rule("ISBLANK(Firm.Up.Limit)", lambda save: _up(save).get("Limit") is None),
    Rule("Firm.Grade = 'big'", lambda save: _grade(save.firm) == "big"),
    Rule("Firm.Up.Grade = 'small'", lambda save: _grade(_up(save)) == "small"),
    Rule("Firm.Capital = 'Acme'", lambda save: save.firm.get("Name") == "acme"),
    Rule("Firm.Deals_All > 1", lambda save: save.world.count(save.now["Firm"]) > 1),
    Rule("note = 'x'", lambda save: save.now["Note"] == "x"),
    Rule("ISBLANK(Note)", lambda save: save.now["Note"] is None),
    Rule("ISBLANK(Firm)", lambda save: save.now["Firm"] is None),
    Rule("Owner.Name = $User.Name", lambda save: True),
]


def _not(rule: Rule) -> Rule:
    return Rule(f"NOT ({rule.text})", lambda save: not rule.holds(save))


def _both(rules: tuple[Rule, Rule]) -> Rule:
    return Rule(f"({rules[0].text}) AND ({rules[1].text})", lambda save: all(each.holds(save) for each in rules))


def _either(rules: tuple[Rule, Rule]) -> Rule:
    return Rule(f"({rules[0].text}) || ({rules[1].text})", lambda save: any(each.holds(save) for each in rules))


_ATOM = st.sampled_from(_ATOMS)
_RULE = st.one_of(
    st.tuples(_ATOM, _ATOM).map(_both),
    st.tuples(_ATOM, _ATOM.map(_not)).map(_both),
    st.tuples(st.tuples(_ATOM, _ATOM).map(_either), _ATOM).map(_both),
)


def rules_of() -> st.SearchStrategy[list[Rule]]:
    """A few rules, none of which refuses everything."""
    return st.lists(_RULE, min_size=1, max_size=5)
