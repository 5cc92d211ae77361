"""The kinds of finding, each with what it means. A kind never changes its meaning."""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["KINDS"]

KINDS: Mapping[str, str] = {
    # what drift finds
    "missing_table": "a table is gone",
    "missing_column": "a column is gone",
    "missing_index": "an index is gone",
    "missing_key": "a foreign key is gone",
    "changed_column": "a column has another type, or must have a value",
    "changed_index": "an index is over something else, or is not unique",
    "changed_key": "a foreign key leads to another table, or does something by itself",
    "foreign_column": "one of the org's tables has a column that the org did not make",
    "foreign_index": "one of them has an index that the org did not make",
    "foreign_key": "one of them has a foreign key that the org did not make",
    "foreign_rule": "one of them has a trigger or a check that the org did not make",
    # what the doctor finds
    "missing_parent": "a link leads to no record, or to one of an object it may not point to",
    "parent_in_bin": "a living record's link leads to one in the recycle bin",
    "no_master": "a detail has no master",
    "no_required_value": "a record has no value in a required field (a warning: the field may be newer)",
    "no_checkbox_value": "a checkbox is neither true nor false",
    "no_system_value": "a record has no owner, no creation date or the like",
    "foreign_id": "a record has an id of another object",
    "unreadable_value": "a column holds what the field's type cannot be",
    "long_value": "a text is longer than its field (a warning)",
    "unknown_value": "a record holds a picklist value that was never declared",
    "shared_value": "records share what must be unique",
    "not_in_bin": "a record is deleted, and the recycle bin does not know it",
    "stray_in_bin": "the recycle bin's table names a record that is not deleted, or not there",
    "stray_bin_link": "a link is remembered that no restore would bring back (a warning)",
    "no_counter": "the counter of ids or autonumbers is gone",
    "counter_behind": "the counter of ids is behind those in use",
    "number_behind": "the counter of an autonumber field is behind those in use (a warning)",
    "no_system_user": "the User 'System' is gone",
    "unregistered": "something is declared that the registry does not know",
    "undeclared": "the registry has something in sight that is not declared",
    "registered_otherwise": "the registry has a field of another type, column or target",
}
