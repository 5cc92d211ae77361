"""What stands after SELECT, GROUP BY and ORDER BY and on the left of comparisons: a field, or a function of fields."""

from __future__ import annotations

from objectforge.expressions.soql.strict_errors import refuse
from objectforge.expressions.syntax import Call, Expression, Money, Number, Path, Text, Unary

__all__ = ["check_value"]

_DISTANCE = "write DISTANCE(Location, GEOLOCATION(37.7, -122.4), 'km')"


def check_value(value: Expression) -> None:
    """Check that it is a field or a function.

    Raises:
        ExpressionSyntaxError: it is anything else.
    """
    match value:
        case Path() | Money():  # a name that looks like an amount
            pass
        case Call(name, args):
            match name.upper(), args:
                case "DISTANCE", _:
                    _check_distance(value)
                case "GEOLOCATION", _:
                    refuse("GEOLOCATION stands inside DISTANCE only", value.start, value.end, _DISTANCE)
                case "COUNT", ():
                    pass
                case _, ():
                    refuse(f"{name} takes a field", value.start, value.end, f"write {name}(CreatedDate)")
                case _:
                    for arg in args:
                        check_value(arg)
        case _:
            hint = "write a field, or a function of one"
            refuse("a field or a function is expected here", value.start, value.end, hint)


def _check_distance(call: Call) -> None:
    match call.args:
        case (Path(), Path(), Text()):
            pass
        case (Path(), Call(name, places), Text()) if name.upper() == "GEOLOCATION":
            if len(places) != 2 or not all(map(_is_number, places)):
                refuse("GEOLOCATION takes two numbers", call.args[1].start, call.args[1].end, _DISTANCE)
        case _:
            refuse("DISTANCE takes a field, a place and a unit", call.start, call.end, _DISTANCE)


def _is_number(value: Expression) -> bool:
    match value:
        case Number() | Unary(operand=Number()):
            return True
        case _:
            return False
