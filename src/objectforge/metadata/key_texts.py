"""What each key of the YAML contract means, by model and key: for editors and for the generated reference."""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["COMMON_KEYS", "KEYS", "key_text"]

_ANYWHERE = {
    "label": "What people read: a text, or one per locale (`{en: Invoice, ja: 請求書}`).",
    "help": "A sentence for the person who fills it in.",
    "replaces": "`true` where this takes the place of a package's definition of the same name.",
    "where": "**Condition** on the records.",
    "sort": "Field paths, most important first; `-` before one that descends.",
    "columns": "What is shown: field paths, upwards through lookups too (`Account.Owner.Name`).",
    "params": "Values that the caller gives, by name: a field type each. In conditions they are written `:name`. One "
    "without a `default` must be given whenever the view or report is asked for.",
    "chart": "How it is drawn. Charts are checked; drawing them comes later.",
    "was": "Earlier names, newest first: a rename carries the data. The list only ever grows at its front.",
}

COMMON_KEYS = {
    "label": "What people read: a text, or one per locale. Without it the API name in words.",
    "help": "A sentence for the person who fills the field in.",
    "required": "A record cannot be saved without a value.",
    "unique": "No two living records have the same value. Nulls do not count.",
    "external_id": "The key by which other systems know the record; files may use it, in `load --upsert` and in the "
    "columns of lookups.",
    "case_sensitive": "Texts are compared exactly. Otherwise `a` and `A` are the same.",
    "indexed": "The database keeps an index on the field.",
    "default": "The value of a new record that is not given one: a literal, or a **formula** after `=`.",
    "track_history": "Keep earlier values. It is checked; history comes later.",
    "was": _ANYWHERE["was"],
}
"""The keys that every field has."""

KEYS: Mapping[str, Mapping[str, str]] = {
    "ObjectDef": {
        "plural_label": "The label for several records.",
        "help": "What the object is for.",
        "plural": "The English plural of the API name, where the usual rule does not give it.",
        "name_field": "The field that names a record. Default: `{name: Name, type: text, length: 80, required: true}`.",
        "fields": "The fields by API name. See [field-types.md](field-types.md).",
        "validations": "Rules by name; a record for which one is true is refused.",
        "unique": "Rules by name: lists of fields whose values together occur once.",
        "indexes": "Database indexes: lists of fields; `-` before one that descends.",
        "prefix": "The first three characters of its records' ids. Without it the org gives them out.",
        "list_views": "Its list views, named without the object.",
        "layouts": "Its page layouts, named without the object.",
    },
    "ObjectExtension": {
        "fields": "New fields. Their names end in `__c`, so that an upgrade of the package never collides.",
        "override": "Keys of the package's fields to change, by field; any but `type`, `to` and `was`. "
        "`values: {add: [...], hide: [...]}` changes a picklist.",
        "validations": "More rules.",
        "unique": "More unique rules.",
        "indexes": "More indexes.",
    },
    "Validation": {
        "error_if": "**Formula**. Where it is true the record is refused.",
        "message": "What the person is told: a text, or one per locale.",
        "field": "The field the message belongs to.",
        "active": "`false` switches the rule off.",
    },
    "ValueSet": {
        "values": "The values, in the order they are shown and sorted.",
        "sorted": "Show the values sorted by label.",
    },
    "PicklistValue": {
        "value": "What is stored.",
        "active": "`false`: records keep and show it, new ones cannot choose it.",
        "default": "The value of a new record that is not given one.",
        "sets": "Values that other fields get when this one is chosen (`{Probability: 10}`), unless the same write "
        "gives them.",
    },
    "ListView": {"kanban": "A board of the view. Boards are checked; showing them comes later."},
    "Kanban": {
        "by": "The picklist whose values are the columns.",
        "value": "A measure on top of each column, such as `sum(Amount)`.",
        "cards": "Cards per column.",
    },
    "Column": {"field": "The field's path."},
    "Report": {
        "from": "The base object.",
        "joins": "At most three more objects, by the path of child relationship names or, upwards, of lookups.",
        "where": "**Condition** on the joined rows; paths start at the base object.",
        "rows": "What the rows are grouped by, level by level.",
        "across": "What the columns are grouped by; it makes the report a matrix.",
        "measures": "Numbers per group, by name.",
        "columns": "The fields of detail rows.",
        "having": "**Condition** over measures; it keeps the groups for which it is true.",
        "sort": "Measures or group keys; `-` before one that descends.",
        "limit": "Only the first groups of the first level (tabular: rows). Totals stay those of everything.",
        "format": "`tabular`, `summary` or `matrix`. It follows from `rows` and `across`; said here it is checked.",
    },
    "Join": {
        "type": "`inner`: with such records. `outer`: with or without. `without`: only where there are none.",
        "where": "**Condition** on the joined object; its paths start there.",
    },
    "GroupKey": {
        "field": "The field's path.",
        "by": "For dates: day, week, month, quarter, year, fiscal_quarter, fiscal_year, or a part such as "
        "month_in_year, day_in_week.",
        "bucket": "Ranges (`[1000, 5000]`: up to 1000, up to 5000, above) or lists of values by label.",
        "labels": "The labels of the ranges: one more than limits.",
        "other": "The label for values in no bucket.",
        "as": "The key's name in the result. Without it the path.",
    },
    "Measure": {
        "value": "**Formula** over `count()`, `sum(path)`, `avg`, `min`, `max`, `count(path)`, other measures, and "
        "`percent_of` and `running`.",
        "where": "**Condition** on the rows this measure sees.",
        "returns": "`number`, `currency` or `percent`, where it is not what the formula gives.",
        "scale": "Digits after the point.",
    },
    "Chart": {
        "type": "The kind of drawing.",
        "x": "A group key.",
        "y": "A measure.",
        "color": "A group key.",
        "x2": "Where a bar of a timeline ends.",
        "title": "A heading.",
    },
    "Dashboard": {
        "filters": "Filters by name, for all components.",
        "grid": "Rows of components. Dashboards are checked; showing them comes later.",
    },
    "DashboardFilter": {
        "on": "The fields it restricts, one per object.",
        "default": "The value where none is chosen, such as `THIS_FISCAL_YEAR`.",
    },
    "Component": {
        "report": "The report shown.",
        "list_view": "The list view shown.",
        "width": "Its width in twelfths of the row.",
    },
    "Layout": {
        "sections": "Blocks of fields.",
        "related": "Lists of child records below them.",
    },
    "Section": {
        "fields": "A list of columns, each a list of fields; a plain list is one column.",
        "show_if": "**Formula**. The section is shown where it is true.",
    },
    "LayoutField": {
        "field": "The field's name.",
        "show_if": "**Formula**. The field is shown where it is true.",
        "behavior": "`edit`, `readonly` or `required`.",
    },
    "Related": {
        "list": "The child relationship's name.",
        "columns": "Field paths of the child. Without them, as in the short form, its name field alone.",
        "where": "**Condition** on the children.",
        "limit": "How many are shown.",
    },
    "OrgSettings": {
        "name": "What the org is called.",
        "timezone": "An IANA time zone; `TODAY` and local times mean it.",
        "locale": "The language of labels, messages and formats: `en` or `ja`; numbers and dates follow any locale.",
        "currency": "An ISO 4217 code.",
        "fiscal_year": "When the fiscal year starts.",
        "week_start": "The first day of the week.",
        "bin_days": "Days that deleted records stay in the recycle bin.",
        "report_objects": "How many objects a report may join.",
    },
    "FiscalYear": {
        "start": "The month it starts in, 1 to 12.",
        "named_by": "Whether it is called after the year it starts or ends in.",
    },
    "PackageHead": {
        "name": "What `uses:` calls it.",
        "version": "Its version: `1.2.0`.",
        "requires": 'Versions it needs, of `objectforge` and of other packages: `{objectforge: ">=1"}`.',
    },
    "Text": {"length": "The most characters."},
    "Number": {"precision": "Digits in all, at most 18.", "scale": "Digits after the point."},
    "Picklist": {
        "values": "The values in order: texts, or mappings with `value`, `label`, `active`, `default`, `sets`.",
        "value_set": "The name of a value set, in place of `values`.",
        "restricted": "Only declared values may be written.",
        "sorted": "Show the values sorted by label.",
        "controlled_by": "The picklist that decides which values may be chosen.",
        "when": "For each value of the controlling picklist the values it allows.",
    },
    "Lookup": {
        "to": "The object it points to, or a list of them.",
        "children": "What the parent calls its children. Without it the plural of this object's API name.",
        "on_delete": "What deleting the parent does: `set_null` empties the link, `restrict` refuses, `cascade` "
        "deletes the child too. Without it `restrict` where the field is required, else `set_null`.",
        "filter": "**Condition** on the parent; `$source` is the record that points.",
        "filter_message": "What the person is told when the parent does not fit.",
        "hierarchy": "The links of this object to itself may not form a circle.",
    },
    "MasterDetail": {"reparentable": "Whether the child may move to another parent."},
    "AutoNumber": {
        "format": "`INV-{00000}`; `{YYYY}`, `{MM}`, `{DD}` are the day's.",
        "start": "The first number.",
    },
    "Formula": {
        "returns": "The type of the result.",
        "formula": "**Formula** over the record and its parents, computed whenever the field is read.",
        "scale": "Digits after the point.",
        "blanks": "`zero`: blank numbers count as 0. `null`: they make the result null.",
    },
    "Rollup": {
        "value": "`count(Children)`, or `sum|min|max|avg(Children.Field)`, over living children whenever it is read. "
        "Blank values do not count; over nothing a count is 0, the others are blank. Averages have up to 18 places. "
        "Rules see the children as they are before the write.",
        "where": "**Condition** on the children; paths begin at them.",
    },
    "Geolocation": {"scale": "Digits after the point of the degrees."},
}
"""By the model's name in the JSON Schema; keys that mean the same everywhere are in none of them."""

_LIKE = {
    "TextArea": "Text", "LongText": "Text", "RichText": "Text", "Email": "Text", "Phone": "Text", "Url": "Text",
    "Currency": "Number", "Percent": "Number", "MultiPicklist": "Picklist",
}  # fmt: skip


def key_text(model: str, key: str) -> str | None:
    """The sentence about a key of a model, None when nobody has written it."""
    for place in (model, _LIKE.get(model, model), "Lookup" if model == "MasterDetail" else model):
        if key in KEYS.get(place, {}):
            return KEYS[place][key]
    return _ANYWHERE.get(key)
