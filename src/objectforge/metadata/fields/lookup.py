"""The field type `lookup`."""

from __future__ import annotations

from typing import ClassVar, Literal

from objectforge.metadata.fields.base import ParameterError
from objectforge.metadata.fields.relational import Relational
from objectforge.metadata.fields.traits import Relation
from objectforge.metadata.leaves import Flag, Label, Text

__all__ = ["Lookup"]


class Lookup(Relational):
    """A link to a record of another object, or of one of several."""

    type_name: ClassVar = "lookup"
    summary: ClassVar = "A link to a record of another object, or of one of several."

    on_delete: Literal["set_null", "restrict", "cascade"] | None = None
    """What deleting the parent does; without it `restrict` where the field is required, else `set_null`."""
    filter: Text | None = None  # a condition on the parent
    filter_message: Label | None = None
    hierarchy: Flag = False

    def check(self) -> None:
        """Check that the ways of deletion, the filter and the hierarchy go together."""
        super().check()
        if self.required and self.on_delete == "set_null":
            raise ParameterError(
                "on_delete", "a required lookup cannot become null", "on_delete: restrict, or on_delete: cascade"
            )
        if len({target.lower() for target in self.to}) < len(self.to):
            raise ParameterError("to", "an object is named twice")
        if self.filter_message is not None and self.filter is None:
            raise ParameterError("filter_message", "there is no filter for the message", "add filter: ...")
        if self.hierarchy and len(self.to) > 1:
            raise ParameterError("hierarchy", "a hierarchy is a lookup to one object, its own")

    @property
    def relation(self) -> Relation:
        """The link."""
        return Relation(
            targets=self.to,
            children=self.children,
            on_delete=self.on_delete or ("restrict" if self.required else "set_null"),
            reparentable=True,
            hierarchy=self.hierarchy,
            filter=self.filter,
            filter_message=self.filter_message,
        )
