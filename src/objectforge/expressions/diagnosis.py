"""A token the grammar has no place for to the error that says what was expected there and what to type."""

from __future__ import annotations

from collections.abc import Sequence

from objectforge.expressions.lexer import Token
from objectforge.expressions.near_words import near_date_word
from objectforge.expressions.shown import found, shown
from objectforge.expressions.syntax_error import ExpressionSyntaxError

__all__ = [
    "bad_list", "empty_expression", "leftover", "mixed_power", "needs_condition", "no_value", "one_pattern", "too_deep",
    "unclosed",
]  # fmt: skip

_OTHER_LANGUAGES = {
    "IS": "write x = null for IS NULL, x != null for IS NOT NULL",
    "ISNT": "write x != null",
    "THEN": "write IF(condition, a, b)",
    "ELSE": "write IF(condition, a, b)",
    "WHEN": "write CASE(x, value, result, otherwise) or IF(condition, a, b)",
    "BETWEEN": "write x >= low AND x <= high",
    "CONTAINS": "write x LIKE '%part%', or CONTAINS(x, 'part') in a formula",
    "STARTSWITH": "write x LIKE 'part%'",
    "EQ": "write =",
    "EQUALS": "write =",
    "NE": "write !=",
    "GT": "write >",
    "GE": "write >=",
    "LT": "write <",
    "LE": "write <=",
    "MOD": "write MOD(a, b)",
    "XOR": "write a != b for two conditions",
    "ILIKE": "write LIKE: it ignores case",
    "HAS": "write INCLUDES ('a', 'b') for a multipicklist",
    "FROM": "write a condition alone, without SELECT ... FROM ... WHERE",
    "ASC": "a sort order stands under sort:, with a minus for descending",
    "DESC": "a sort order stands under sort:, with a minus for descending",
}
_OPENERS = {
    "IF": "write IF(condition, a, b)",
    "CASE": "write CASE(x, value, result, otherwise)",
    "SELECT": "write a condition alone, without SELECT ... FROM ... WHERE",
    "WHERE": "write the condition alone, without WHERE",
    "EXISTS": "conditions on child records stand under joins: in a report",
    "BETWEEN": "write x >= low AND x <= high",
    "DISTINCT": "write COUNT_DISTINCT(x) for the number of different values",
}
_PERIODS = frozenset({"LAST", "NEXT", "THIS", "CURRENT", "PREVIOUS", "PAST", "COMING"})
_VALUES = frozenset({"name", "text", "number", "date", "datetime", "time", "bind", "counted", "TRUE", "FALSE", "NULL"})
_CONSTANTS = frozenset({"TRUE", "FALSE", "NULL"})
_INFIX = frozenset(
    {"=", "!=", "<", "<=", ">", ">=", "+", "-", "*", "/", "^", "&", "AND", "OR", "IN", "LIKE", "INCLUDES", "EXCLUDES"}
)


def empty_expression(text: str) -> ExpressionSyntaxError:
    """The text holds nothing but white space and comments."""
    return ExpressionSyntaxError("OF301", "the expression is empty", 0, len(text), "write one, such as Amount > 1000")


def no_value(tokens: Sequence[Token], at: int) -> ExpressionSyntaxError:
    """A value was expected and the token at `at` starts none."""
    token = tokens[at]
    before = tokens[at - 1] if at else None
    after = f" after {shown(before)}" if before else ""
    message = f"expected a value{after}, found {found(token)}"
    return ExpressionSyntaxError("OF309", message, token.start, token.end, _value_hint(before, token))


def _value_hint(before: Token | None, token: Token) -> str | None:
    last = before.text if before else ""
    if token.kind == ")":
        if before and before.kind == "(":
            return "write a value between the parentheses"
        if before and before.kind == ",":
            return "delete the comma, or write the value after it"
        return f"write a value between '{last}' and the parenthesis"
    if token.kind == "end":
        if before and before.kind in ("(", ","):
            return "the expression stops too early: write the rest and close it with )"
        return f"write the value after '{last}', or delete '{last}'"
    if token.kind == ",":
        return "a value is missing before the comma"
    if token.kind == "*" and before and before.kind == "(":
        return "write count() without a star"
    if before and before.kind in _INFIX and token.kind in _INFIX:
        return _two_operators(before, token)
    if token.kind in ("IN", "LIKE", "INCLUDES", "EXCLUDES"):
        example = "'a%'" if token.kind == "LIKE" else "('a', 'b')"
        return f"write the field before {token.kind}: Name {token.kind} {example}"
    if token.kind == "=" and before is None:
        return "leave the = away: only a default under default: begins with it"
    return f"write a value before '{token.text}'" if token.kind in _INFIX else None


def _two_operators(before: Token, token: Token) -> str:
    together = before.text + token.text
    if before.end == token.start and (
        meant := {"<>": "!=", "><": "!=", "<>=": "!=", "!==": "!=", "<=>": "="}.get(together)
    ):
        return f"write {meant}"
    if before.kind in ("AND", "OR") and token.kind in ("AND", "OR"):
        return f"delete one of '{before.text}' and '{token.text}'"
    return f"two operators follow each other: delete one, or write a value between '{before.text}' and '{token.text}'"


def leftover(tokens: Sequence[Token], at: int) -> ExpressionSyntaxError:
    """The expression was complete before the token at `at`, which is no operator."""
    token = tokens[at]
    before = tokens[at - 1]
    if token.kind == ")":
        hint = "delete it, or write the ( that it closes"
        return ExpressionSyntaxError("OF311", "')' closes nothing", token.start, token.end, hint)
    message = f"expected an operator after {shown(before)}, found {found(token)}"
    code = "OF308" if token.text.upper() in _OTHER_LANGUAGES else "OF310"
    return ExpressionSyntaxError(
        code, message, token.start, token.end, _operator_hint(before, token, tokens[at + 1 :][:1])
    )


def _operator_hint(before: Token, token: Token, after: Sequence[Token]) -> str | None:
    if token.kind == "name" and (hint := _OTHER_LANGUAGES.get(token.text.upper())):
        return hint
    if before.kind == "name" and before.text.upper() in _PERIODS and token.kind in ("name", "number"):
        said = [before.text, token.text, *(each.text for each in after if each.kind == "name")]
        meant = near_date_word(" ".join(said if token.kind == "number" else said[:2]))
        if meant is not None:
            return f"write {meant}"
    if before.kind == "name" and (hint := _OPENERS.get(before.text.upper())):
        return hint
    if token.kind == "NOT":
        following = after[0].text.upper() if after else ""
        if following in ("INCLUDES", "EXCLUDES"):
            return f"write {'EXCLUDES' if following == 'INCLUDES' else 'INCLUDES'}"
        return "NOT stands before a condition: NOT a = b; or write NOT IN, NOT LIKE"
    if token.kind == "!":
        return "write != for not equal"
    if token.kind == ",":
        if before.kind == "number" and after and after[0].kind == "number" and len(after[0].text) == 3:
            return "a number has no separators: write 1000 for 1,000"
        return "a comma stands only between arguments and in lists: x IN (a, b)"
    if before.kind == "text" and token.kind == "text":
        if before.end == token.start:
            return f"write \\{token.text[0]} for a quote inside a text"
        return "join texts with &"
    if before.kind == "date" and token.kind == "time":
        return f"write {before.text}T{token.text}{'' if token.text[-1:] in 'zZ' else 'Z'}"
    if token.kind == "bind":
        apart = any(char.isspace() for char in token.text)
        return "a colon and what follows it stand together: What:Account" if apart else "write = before it"
    if token.kind == "(":
        if before.text.upper() in _CONSTANTS:
            return f"write {before.text.upper()} without parentheses"
        return "only a name takes parentheses: name(...)"
    if before.kind == "counted" and token.kind == "number":
        return "a whole number follows the colon"
    if token.kind == "number" and token.text.startswith("."):
        return "a name starts with a letter"
    if token.kind in _VALUES:
        if before.kind == "name" and token.kind == "name":
            return "write an operator between them (AND, OR, =, +, ...); a name has no spaces"
        return "write an operator between them: AND, OR, =, +, &, ..."
    return None


def unclosed(tokens: Sequence[Token], at: int, opening: Token) -> ExpressionSyntaxError:
    """What the parenthesis `opening` opened goes on with neither a comma nor `)` at `at`."""
    token = tokens[at]
    before = tokens[at - 1]
    if token.kind == "end":
        message = "the parenthesis that opens here is never closed"
        return ExpressionSyntaxError("OF311", message, opening.start, opening.end, "write the ) that closes it")
    if token.kind == ",":
        hint = _operator_hint(before, token, tokens[at + 1 : at + 2])
        owner = tokens[tokens.index(opening) - 1] if opening is not tokens[0] else None
        if owner is not None and owner.kind == "NOT":
            hint = "NOT takes one condition: write NOT(a AND b) or NOT(a) AND b"
        return ExpressionSyntaxError("OF310", "expected ')' or an operator, found ','", token.start, token.end, hint)
    return leftover(tokens, at)


def needs_condition(word: Token, closing: Token) -> ExpressionSyntaxError:
    """AND(), OR() or NOT() without a condition."""
    hint = "write NOT(a)" if word.kind == "NOT" else f"write {word.kind}(a, b)"
    return ExpressionSyntaxError("OF314", f"{word.kind} needs a condition", word.start, closing.end, hint)


def bad_list(tokens: Sequence[Token], at: int) -> ExpressionSyntaxError:
    """No list, or an empty one, follows the operator at `at`: IN, INCLUDES or EXCLUDES."""
    word, token = tokens[at], tokens[at + 1]
    if token.kind == "(":
        message = f"the list after {word.kind} is empty"
        return ExpressionSyntaxError(
            "OF314", message, token.start, tokens[at + 2].end, "write at least one value: ('a', 'b')"
        )
    example = f"({token.text})" if token.kind in _VALUES else "('a', 'b')"
    hint = f"write {word.kind} {example}" + (" or IN :bind" if word.kind == "IN" else "")
    message = f"expected a list in parentheses after {word.kind}, found {found(token)}"
    return ExpressionSyntaxError("OF314", message, token.start, token.end, hint)


def one_pattern(tokens: Sequence[Token], at: int) -> ExpressionSyntaxError:
    """A list of texts follows the LIKE at `at`."""
    token = tokens[at + 1]
    hint = "write x LIKE 'a%' OR x LIKE 'b%'"
    return ExpressionSyntaxError("OF314", "LIKE takes one pattern, not a list", token.start, token.end, hint)


def mixed_power(token: Token, before: str) -> ExpressionSyntaxError:
    """`^` stands beside `*` or `/` without parentheses that say which comes first."""
    other = before if token.kind == "^" else token.kind
    message = f"'^' beside '{other}' needs parentheses"
    if token.kind == "^":
        hint = f"write a {other} (b ^ c) or (a {other} b) ^ c, whichever is meant"
    else:
        hint = f"write (a ^ b) {other} c or a ^ (b {other} c), whichever is meant"
    return ExpressionSyntaxError("OF312", message, token.start, token.end, hint)


def too_deep(token: Token, most: int) -> ExpressionSyntaxError:
    """More than `most` levels stand inside each other."""
    message = f"the expression is nested deeper than {most} levels"
    hint = "move a part of it into a formula field of its own; AND, OR and IN lists may be of any length"
    return ExpressionSyntaxError("OF313", message, token.start, token.end, hint)
