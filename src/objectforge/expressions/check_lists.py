"""IN, LIKE, INCLUDES and EXCLUDES typed."""

from __future__ import annotations

from dataclasses import replace

from objectforge.expressions import syntax
from objectforge.expressions.blank import TEXTUAL, fill
from objectforge.expressions.check_compare import adopt, comparable, compare, compare_period, is_exact
from objectforge.expressions.context import NOTHING, Context
from objectforge.expressions.describe import mismatch_hint, noun
from objectforge.expressions.patterns.wildcards import LONGEST_LIKE
from objectforge.expressions.typed import Const, Includes, InList, Like, Not, Or, Param, Typed
from objectforge.values.kinds import TEXT, Kind

__all__ = ["Item", "includes", "like", "one_of"]

Item = tuple[syntax.Expression, Typed]


def one_of(context: Context, operand: Item, items: tuple[Item, ...]) -> Typed:
    """Type `operand IN (items)`; the caller negates it for NOT IN."""
    node, tree = operand
    if tree.type.kind in TEXTUAL and not context.condition:
        tree = fill(tree)
    constants: list[Typed] = []
    others: list[Typed] = []
    for item_node, given in items:
        item = adopt(given, tree.type)
        if isinstance(item_node, syntax.DateWord) and given == NOTHING:
            others.append(compare_period(context, "=", node, tree, item_node))
        elif isinstance(item, Const) and item.value in (None, ""):
            continue
        elif isinstance(item, Param) and len(items) == 1 and isinstance(item_node, syntax.Bind):
            if not comparable(tree.type, item.type):
                message = f"{noun(tree.type)} cannot be one of {noun(item.type)}"
                context.report("OF323", message, item_node)
            constants.append(replace(item, many=True))
        elif isinstance(item, Const) and item.type.kind is not Kind.NULL and comparable(tree.type, item.type):
            constants.append(item)
        elif comparable(tree.type, item.type) or {tree.type.kind, item.type.kind} == {Kind.DATE, Kind.DATETIME}:
            others.append(compare(context, "=", node, tree, item_node, item))
        elif NOTHING not in (tree, given):
            message = f"{noun(tree.type)} cannot be compared with {noun(item.type)}"
            context.report("OF323", message, item_node, mismatch_hint(tree, item, item_node))
    exact = any(is_exact(context, tree, item) for item in constants) and tree.type.kind in TEXTUAL
    found: list[Typed] = [InList(tree, tuple(constants), exact)] if constants else []
    found += [each if each.type.kind is Kind.BOOLEAN else Const(False, each.type) for each in others]
    if len(found) == 1:
        return fill(found[0])
    return Or(tuple(fill(each) for each in found)) if found else InList(tree, ())


def like(context: Context, node: syntax.Like, operand: Typed, pattern: Typed) -> Typed:
    """Type `operand LIKE pattern`."""
    if NOTHING in (operand, pattern):
        return NOTHING
    if operand.type.kind not in (Kind.TEXT, Kind.NULL):
        hint = "LIKE compares texts; write INCLUDES ('a') for a multipicklist, = or < for other values"
        return context.report("OF335", f"LIKE does not go with {noun(operand.type)}", node.operand, hint)
    pattern = adopt(pattern, TEXT)
    if pattern.type.kind is not Kind.TEXT:
        return context.report("OF335", f"the pattern is a text, not {noun(pattern.type)}", node.pattern, "write 'a%'")
    if isinstance(pattern, Const) and isinstance(pattern.value, str) and len(pattern.value) > LONGEST_LIKE:
        message = f"the pattern has {len(pattern.value):,} characters, at most {LONGEST_LIKE:,} are looked for"
        return context.report("OF317", message, node.pattern, "look for a part of it")
    if not context.condition:
        operand = fill(operand)
    test = Like(operand, pattern, is_exact(context, operand, pattern))
    return Not(test) if node.negated else test


def includes(context: Context, operand: Item, groups: tuple[Item, ...]) -> Typed:
    """Type `operand INCLUDES (groups)`; the caller negates it for EXCLUDES."""
    node, tree = operand
    if tree.type.kind not in (Kind.MULTI, Kind.NULL):
        hint = "INCLUDES asks about multipicklists; write IN ('a', 'b') for one value, LIKE '%a%' for a text"
        return context.report("OF335", f"INCLUDES does not go with {noun(tree.type)}", node, hint)
    texts: list[Typed] = []
    for group_node, given in groups:
        group = adopt(given, TEXT)
        if given == NOTHING:
            continue
        if group.type.kind not in TEXTUAL:
            hint = f"put it in quotes: '{group.value}'" if isinstance(group, Const) else None
            context.report("OF335", f"INCLUDES looks for texts, not {noun(group.type)}", group_node, hint)
        elif isinstance(group, Param) and len(groups) == 1 and isinstance(group_node, syntax.Bind):
            texts.append(replace(group, many=True))
        else:
            texts.append(group)
    return Includes(tree, tuple(texts))
