"""Every issue code, with the sentence that explains it. Codes never change their meaning.

Ranges: OF0 reading YAML, OF1 definitions and fields, OF2 names and relationships, OF3 expressions, OF4 list views,
layouts and dashboards, OF5 reports, OF6 packages and settings, OF7 plans, OF8 queries at run time.
"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["CODES", "Code"]


@dataclass(frozen=True, slots=True)
class Code:
    """What an issue code means: a title, and a paragraph for the error pages and `objectforge explain`."""

    title: str
    text: str


CODES: dict[str, Code] = {
    "OF001": Code(
        "not UTF-8", "Metadata files are UTF-8 text, with or without a byte order mark. Save the file as UTF-8."
    ),
    "OF002": Code(
        "character not allowed",
        "Control characters, halves of surrogate pairs and invisible line separators may not stand in a YAML file. "
        "Where one is meant, write it as an escape inside double quotes.",
    ),
    "OF003": Code(
        "too large",
        "A file is at most 10 MB long and 64 levels deep and holds at most 200,000 keys and values, where every alias "
        "counts as the whole value it repeats.",
    ),
    "OF004": Code("not YAML", "The text cannot be read as YAML. The message says what was met, the hint what to type."),
    "OF005": Code("tab", "YAML is indented with spaces; a tab may not stand there."),
    "OF006": Code("quote never closed", "A text begins with a quote that is not closed before the file ends."),
    "OF010": Code("duplicate key", "A key stands twice in one mapping. Keep one of them, or merge what they hold."),
    "OF011": Code("not a key", "A key is a name: not null, not a mapping or a list, not an alias."),
    "OF012": Code("merge key", "Merge keys (`<<`) are not read. Write the keys out."),
    "OF013": Code("tag", "YAML tags (`!name`, `!!type`) are not read. Quote a text that begins with `!`."),
    "OF014": Code("second document", "A file holds one YAML document. Move what follows `---` to a file of its own."),
    "OF015": Code("unknown alias", "An alias (`*name`) repeats the value that an anchor (`&name`) marks above it."),
    "OF301": Code("empty expression", "A condition or formula holds nothing but white space and comments."),
    "OF302": Code(
        "character without meaning",
        "The character has no meaning in an expression. Typographic quotes and dashes and full-width signs often come "
        "with text copied from elsewhere: the plain ASCII sign is meant.",
    ),
    "OF303": Code("text never closed", "A text begins with a quote and the same quote does not follow."),
    "OF304": Code(
        "unknown escape",
        r"""In a text a backslash stands before one of n r t b f " ' \\ % _ only. Write \\ for a backslash itself.""",
    ),
    "OF305": Code("not a number", "A number is digits with at most one point: no exponent, no separators, no unit."),
    "OF306": Code(
        "not a date or time",
        "Dates are written 2026-04-01, instants 2026-04-01T09:00:00Z or with an offset such as +09:00, times of day "
        "12:30:00Z, and the calendar or the clock must know them.",
    ),
    "OF307": Code("comment never closed", "A comment begins with `/*` and `*/` does not follow."),
    "OF308": Code(
        "operator of another language",
        "The operator is not one of this language. The hint names the one that is: `>=` for `=>`, `= null` for "
        "`IS NULL`, `AND` for `&&&`.",
    ),
    "OF309": Code("value missing", "A name, literal, call or parenthesis was expected where something else stands."),
    "OF310": Code("operator missing", "A value is complete, and what follows it is no operator."),
    "OF311": Code("parentheses do not match", "A parenthesis is opened and never closed, or closed and never opened."),
    "OF312": Code(
        "^ needs parentheses",
        "Readers and products disagree whether 2 * 3 ^ 2 is 18 or 36. Beside `*` or `/`, `^` is read only with "
        "parentheses that say which is meant.",
    ),
    "OF313": Code(
        "nested too deeply",
        "An expression has at most 200 levels. AND, OR and lists are one level however long they are; parentheses, "
        "calls, signs and every operator of a chain such as `a + b + c` are a level each.",
    ),
    "OF314": Code(
        "wrong list or arguments",
        "IN, INCLUDES and EXCLUDES take a list in parentheses with at least one value (or IN a bind), LIKE one "
        "pattern, AND and OR at least one condition, NOT exactly one.",
    ),
    "OF315": Code(
        "wrong date word",
        "A date word with an N in it takes a whole number after a colon, LAST_N_DAYS:30; the others take none.",
    ),
}
