"""A field's old and new type to how its values convert, or to why they do not: the matrix of `docs/retype.md`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from zoneinfo import ZoneInfo

from sqlalchemy.engine import Dialect

from objectforge.change.conversion.choices import choice_to_choice, choice_to_flag, flag_to_choice, text_to_choice
from objectforge.change.conversion.days import date_to_datetime, datetime_to_date
from objectforge.change.conversion.forms import Form, Pair, form_of
from objectforge.change.conversion.links import link_to_link, text_to_link
from objectforge.change.conversion.numbers import flag_to_number, number_to_flag, number_to_number
from objectforge.change.conversion.outcome import Conversion, Outcome, Refusal
from objectforge.change.conversion.texts import read, read_json, text_to_text, to_text
from objectforge.change.risk import Risk
from objectforge.metadata.fields.base import FieldType
from objectforge.storage.record_ids import RecordIds

__all__ = ["conversion", "same_storage"]

_NO_IDS = RecordIds({})


def conversion(before: FieldType, after: FieldType, zone: ZoneInfo, ids: RecordIds = _NO_IDS) -> Outcome:
    """How the values of a field convert when its type, or parameters of its type, change.

    It looks at what values are, and not at `required`, uniqueness, labels or defaults. Choices that records may keep
    though they can no longer be chosen belong into the new type, inactive.

    Args:
        before: The field as it was; the objects of a link by the names that they have now.
        after: The field as it shall be.
        zone: The org's time zone, by which days and instants convert.
        ids: The org's objects, for links.
    """
    pair = Pair(before, after, zone, ids)
    rule = _RULES.get(pair.forms)
    if rule is not None:
        return rule(pair)
    if Form.COMPUTED in pair.forms or Form.COMPOUND in pair.forms:
        return _unstored(pair)
    if Form.OTHER in pair.forms and not _UNREADABLE.intersection(pair.forms):
        return read(pair)
    return _refused(pair)


def same_storage(before: FieldType, after: FieldType, dialect: Dialect) -> bool:
    """Whether a column of the old type is one of the new type as it stands, but for values that are spelled anew."""
    forms = form_of(before), form_of(after)
    if forms[0] != forms[1] and not _IN_TEXT.issuperset(forms):
        return False
    old, new = (field.column_type().compile(dialect=dialect) for field in (before, after))
    if old != new:
        return False
    rescaled = before.value_type().scale != after.value_type().scale
    return not (rescaled and dialect.name == "sqlite")


def _same(pair: Pair) -> Outcome:
    """Values of one form that has no parameters."""
    return Conversion(Risk.SAFE, "kept as they are", lambda value: value, keeps=True)


def _unstored(pair: Pair) -> Outcome:
    """What has no column: nothing converts, and only into its like."""
    stays = pair.forms[0] is pair.forms[1]
    if stays and (pair.forms[0] is Form.COMPUTED or pair.before.type_name == pair.after.type_name):
        return Conversion(Risk.SAFE, "nothing is stored", lambda value: value, keeps=True)
    words = {Form.COMPUTED: "is computed and stores nothing", Form.COMPOUND: "is kept in its parts"}
    told, other = (pair.before, pair.forms[0]) if pair.forms[0] in words else (pair.after, pair.forms[1])
    return Refusal(
        f"a {told.type_name} {words[other]}",
        f"declare the {pair.after.type_name} under another name, and keep this field until its values are moved",
    )


def _refused(pair: Pair) -> Outcome:
    before, after = pair.before.type_name, pair.after.type_name
    if pair.forms[1] is Form.SERIES:
        return Refusal(
            "the numbers of an autonumber are given by the org",
            "declare the autonumber under another name, and keep this field for the values it has",
        )
    return Refusal(f"a {before} does not become a {after} at once", f"make it text first, deploy, then make it {after}")


_Rule = Callable[[Pair], Outcome]
_WRITTEN = (
    Form.CHOICE, Form.CHOICES, Form.NUMBER, Form.FLAG, Form.DATE, Form.DATETIME, Form.TIME, Form.LINK, Form.JSON,
    Form.SERIES, Form.OTHER,
)  # fmt: skip
_CHOICE = (Form.CHOICE, Form.CHOICES)
_READ = (Form.NUMBER, Form.DATE, Form.DATETIME, Form.TIME)
_RULES: Mapping[tuple[Form, Form], _Rule] = {
    (Form.TEXT, Form.TEXT): text_to_text,
    **{(form, Form.TEXT): to_text for form in _WRITTEN},
    **{(form, target): read for form in (Form.TEXT, Form.CHOICE) for target in _READ},
    **{(form, Form.CHOICE): text_to_choice for form in (Form.TEXT, *_READ, Form.OTHER)},
    **{(form, Form.CHOICES): text_to_choice for form in (Form.TEXT, Form.OTHER)},
    **{(form, target): choice_to_choice for form in _CHOICE for target in _CHOICE},
    (Form.TEXT, Form.FLAG): read,
    (Form.CHOICE, Form.FLAG): choice_to_flag,
    (Form.FLAG, Form.CHOICE): flag_to_choice,
    (Form.FLAG, Form.CHOICES): flag_to_choice,
    (Form.FLAG, Form.NUMBER): flag_to_number,
    (Form.NUMBER, Form.FLAG): number_to_flag,
    (Form.NUMBER, Form.NUMBER): number_to_number,
    (Form.DATE, Form.DATETIME): date_to_datetime,
    (Form.DATETIME, Form.DATE): datetime_to_date,
    (Form.TEXT, Form.LINK): text_to_link,
    (Form.LINK, Form.LINK): link_to_link,
    (Form.TEXT, Form.JSON): read_json,
    **{(form, form): _same for form in (Form.FLAG, Form.DATE, Form.DATETIME, Form.TIME, Form.JSON, Form.SERIES)},
}  # fmt: skip
_UNREADABLE = frozenset({Form.LINK, Form.SERIES})
_IN_TEXT = frozenset({Form.TEXT, Form.CHOICE, Form.CHOICES, Form.SERIES})
