"""The field type `master_detail`."""

from __future__ import annotations

from typing import ClassVar

from objectforge.metadata.fields.base import ParameterError
from objectforge.metadata.fields.relational import Relational
from objectforge.metadata.fields.traits import Relation
from objectforge.metadata.leaves import Flag

__all__ = ["MasterDetail"]


class MasterDetail(Relational):
    """A link to the record that this one is part of: always required, deleted together."""

    type_name: ClassVar = "master_detail"
    summary: ClassVar = "A link to the record that this one is part of: required, and deleted with it."

    required: Flag = True
    reparentable: Flag = False

    def check(self) -> None:
        """Check that there is one master and that it is required."""
        super().check()
        if len(self.to) != 1:
            raise ParameterError("to", "a record is part of one master", "use a lookup for several objects")
        if not self.required:
            raise ParameterError("required", "a master_detail field is always required", "use a lookup instead")

    @property
    def relation(self) -> Relation:
        """The link."""
        return Relation(self.to, self.children, "cascade", master=True, reparentable=self.reparentable)
