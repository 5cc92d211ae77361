"""Function calls typed: the function found, its arguments counted and typed, its own rule asked."""

from __future__ import annotations

from objectforge.errors.issue import suggest
from objectforge.expressions import syntax
from objectforge.expressions.check_compare import compare
from objectforge.expressions.context import NOTHING, Context, Mode
from objectforge.expressions.describe import mismatch_hint, noun
from objectforge.expressions.functions.function import Function, Site
from objectforge.expressions.functions.registry import FUNCTIONS
from objectforge.expressions.typed import Call, Const, Typed
from objectforge.values.kinds import Kind, ValueType

__all__ = ["call"]

_ELSEWHERE = {
    "COUNT": "count(...), sum(...) and avg(...) stand in the measures of reports and in roll-ups",
    "SUM": "a + b adds fields; sum(...) stands in the measures of reports and in roll-ups",
    "AVG": "(a + b) / 2; avg(...) stands in the measures of reports and in roll-ups",
    "AVERAGE": "(a + b) / 2; avg(...) stands in the measures of reports and in roll-ups",
    "COALESCE": "write BLANKVALUE(x, otherwise)",
    "IFNULL": "write BLANKVALUE(x, otherwise)",
    "NVL": "write BLANKVALUE(x, otherwise)",
    "ISEMPTY": "write ISBLANK(x)",
    "ISNOTBLANK": "write NOT ISBLANK(x)",
    "ISNOTNULL": "write NOT ISBLANK(x)",
    "XOR": "two conditions that differ: (a) != (b)",
    "CONCAT": "texts are joined with &",
    "CONCATENATE": "texts are joined with &",
    "LENGTH": "write LEN(x)",
    "SUBSTRING": "write MID(text, start, count)",
    "INSTR": "write FIND(part, text)",
    "REPEAT": "write RPAD('', count, text)",
    "UCASE": "write UPPER(text)",
    "LCASE": "write LOWER(text)",
    "PROPER": "write INITCAP(text)",
    "STR": "write TEXT(x)",
    "TOSTRING": "write TEXT(x)",
    "TONUMBER": "write VALUE(text)",
    "TODATE": "write DATEVALUE(text)",
    "REPLACE": "write SUBSTITUTE(text, old, new)",
    "STARTSWITH": "write BEGINS(text, part)",
    "ENDSWITH": "write ENDS(text, part)",
    "LIKE": "write Name LIKE 'A%'",
    "CEIL": "write CEILING(x)",
    "ROUNDUP": "write CEILING(x), or CEILING(x * 100) / 100 for two places",
    "ROUNDDOWN": "write TRUNC(x, places)",
    "INT": "write FLOOR(x), or TRUNC(x, 0)",
    "POWER": "write x ^ y",
    "POW": "write x ^ y",
    "DATEADD": "a date + 7 is the day a week later; ADDMONTHS(date, n) adds months",
    "DATEDIFF": "one date minus another gives the days between them",
    "DATEDIF": "one date minus another gives the days between them",
    "GETDATE": "write TODAY(), or NOW() for the instant",
    "EOMONTH": "write ADDMONTHS(DATE(YEAR(x), MONTH(x), 1), 1) - 1",
    "WEEKNUM": "write ISOWEEK(date)",
    "CALENDAR_YEAR": "write YEAR(date)",
    "CALENDAR_MONTH": "write MONTH(date)",
    "DAY_IN_MONTH": "write DAY(date)",
    "DAY_IN_WEEK": "write WEEKDAY(date)",
    "DAY_IN_YEAR": "write DAYOFYEAR(date)",
    "DAY_ONLY": "write DATEVALUE(x)",
    "HOUR_IN_DAY": "write HOUR(TIMEVALUE(x))",
    "IIF": "write IF(condition, a, b)",
    "SWITCH": "write CASE(x, value, result, otherwise)",
}
_ENCODED = "texts stay as they are; encode them where they are put into a page"
_PAGES = "there are no pages behind formulas; HYPERLINK(url, label) and IMAGE(url, text) give HTML"
_SHOWN = "write TEXT(x); a field's value is formatted where it is shown"
_NOT_HERE = {
    **dict.fromkeys(("HTMLENCODE", "JSENCODE", "JSINHTMLENCODE", "URLENCODE"), _ENCODED),
    **dict.fromkeys(
        ("GETRECORDIDS", "IMAGEPROXYURL", "INCLUDE", "JUNCTIONIDLIST", "LINKTO", "REQUIRESCRIPT", "URLFOR"), _PAGES
    ),
    **dict.fromkeys(("FORMAT", "FORMATCURRENCY"), _SHOWN),
    "CURRENCYRATE": "an org has one currency; keep the rate in a field",
    "JSONPATHVALUE": "write JSONVALUE(json, 'key')",
    "PARENTGROUPVAL": "write percent_of(measure, parent) among the measures of a report",
    "PREDICT": "there are no predictions",
    "PREVGROUPVAL": "write running(measure) among the measures of a report",
    "VLOOKUP": "walk a lookup to the record: Account.Name",
}
"""Functions of Salesforce's that the language does without, and what to do instead."""


def call(context: Context, node: syntax.Call, args: tuple[Typed, ...]) -> Typed:
    """Type a call whose arguments are typed already."""
    name = node.name.upper()
    function = FUNCTIONS.get(name)
    if function is None:
        hint = _NOT_HERE.get(name) or _ELSEWHERE.get(name) or suggest(node.name, FUNCTIONS, limit=0)
        message = f"there is no function {name} here" if name in _NOT_HERE else f"unknown function '{node.name}'"
        return context.report_at("OF320", message, node.start, node.name_end, hint)
    fitting = _counted(context, function, node)
    for index, arg in enumerate(args if fitting else ()):
        fitting = _fits(context, function, node, index, arg) and fitting
    if not fitting or NOTHING in args:
        return NOTHING

    def report(code: str, message: str, at: syntax.Expression, hint: str | None) -> None:
        context.report(code, message, at, hint)

    def equal(left_node: syntax.Expression, left: Typed, right_node: syntax.Expression, right: Typed) -> Typed:
        return compare(context, "=", left_node, left, right_node, right)

    if function.rule is not None:
        return function.rule(Site(node, args, context.condition, context.mode is Mode.RULE, report, equal))
    return Call(function.name, args, function.result_type(args))


def _counted(context: Context, function: Function, node: syntax.Call) -> bool:
    count, least, most = len(node.args), function.least, function.most
    if count < least or (most is not None and count > most):
        wanted = f"{least}" if least == most else f"{least} or more" if most is None else f"{least} to {most}"
        plural = "argument" if wanted == "1" else "arguments"
        message = f"{function.name} takes {wanted} {plural}, found {count}"
        context.report_at("OF321", message, node.start, node.end, f"write {function.usage}")
        return False
    return True


def _fits(context: Context, function: Function, node: syntax.Call, index: int, arg: Typed) -> bool:
    accept = function.accept(index)
    if accept.fits(arg.type):
        return True
    wanted = Const(None, ValueType(sorted(accept.kinds)[-1]))
    shown = function.name == "TEXT" and arg.type.kind is Kind.BOOLEAN
    wanted = Const(None, ValueType(Kind.TEXT)) if shown else wanted
    hint = mismatch_hint(wanted, arg, node.args[index]) or f"write {function.usage}"
    message = f"{function.name} takes {accept.what} here, not {noun(arg.type)}"
    context.report("OF322", message, node.args[index], hint)
    return False
