"""Layers to one definition per name: two in one layer clash, a later layer wins only with `replaces: true`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from objectforge.errors.issue import Issue, suggest
from objectforge.metadata.build import Built
from objectforge.metadata.document import SECTIONS
from objectforge.metadata.layer import Layer

__all__ = ["Chosen", "choose"]

_WORDS = {
    "objects": "object", "value_sets": "value set", "list_views": "list view", "reports": "report",
    "dashboards": "dashboard", "layouts": "layout",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Chosen:
    """The definition that counts for a name, and the layer it is from."""

    layer: Layer
    built: Built

    @property
    def name(self) -> str:
        """Its name as written."""
        return self.built.definition.name


def choose(layers: Sequence[Layer]) -> tuple[Mapping[str, Mapping[str, Chosen]], tuple[Issue, ...]]:
    """For each section the definition that counts, by its name in lower case, in the order of first definition."""
    chosen: dict[str, dict[str, Chosen]] = {section: {} for section in SECTIONS if section in _WORDS}
    issues: list[Issue] = []
    for layer in layers:
        for built in layer.built:
            section = built.definition.section
            if section in chosen:
                _place(Chosen(layer, built), chosen[section], issues)
    return chosen, tuple(issues)


def _place(new: Chosen, chosen: dict[str, Chosen], issues: list[Issue]) -> None:
    key = new.name.lower()
    before = chosen.get(key)
    what = _WORDS[new.built.definition.section]
    replaces = getattr(new.built.value, "replaces", False)
    span = new.built.definition.place.span
    if before is None:
        chosen[key] = new
        if replaces:
            known = [one.name for one in chosen.values() if one.layer is not new.layer]
            hint = suggest(new.name, known) if known else None
            message = f"'replaces: true', but no package defines the {what} '{new.name}'"
            issues.append(Issue("OF113", message, span, hint or "take `replaces: true` out"))
        return
    first = (("first defined here", before.built.definition.place.span),)
    if before.layer is new.layer:
        if before.name != new.name:
            message = f"the {what}s '{new.name}' and '{before.name}' differ in their case only"
            issues.append(Issue("OF204", message, span, "names are found in any case: rename one", related=first))
        else:
            message = f"the {what} '{new.name}' is defined twice"
            issues.append(Issue("OF111", message, span, "keep one of the two", related=first))
    elif replaces or new.built.value is None:  # what is broken anyway is not asked what it wants
        chosen[key] = new
    else:
        message = f"the {what} '{new.name}' is already defined by the package '{before.layer.package}'"
        hint = "add `replaces: true` to take its place"
        if what == "object":
            hint += ", or `extend:` it with fields that end in __c"
        issues.append(Issue("OF112", message, span, hint, related=first))
