"""The parts of the page about expressions that are written by hand."""

from __future__ import annotations

__all__ = ["AFTER_FUNCTIONS", "BEFORE_FUNCTIONS", "DATE_WORDS_INTRO", "FUNCTIONS_INTRO"]

BEFORE_FUNCTIONS = r"""# Expressions

One language for conditions and formulas. The [YAML reference](yaml-reference.md) says of each key which of them it is.

- A **condition** chooses records: `where`, `filter` and `having` in YAML, `where` in Python and on the command line.
- A **rule** is a formula that judges one record: `error_if`, `show_if`, and a `default` after `=`.
- A **formula** gives a value: `formula` of a formula field, and measures.

```yaml
objects:
  Account:
    fields: {Industry: [Energy, Retail]}
  Deal:
    fields:
      Account: {type: lookup, to: Account, children: Deals}
      Amount: currency
      Chance: percent
      Closes: {type: date, default: "=TODAY() + 30"}                                # rule
      Expected: {type: formula, returns: currency, formula: "Amount * Chance"}      # formula
    validations:
      positive: {error_if: "NOT ISBLANK(Amount) AND Amount < 1", message: Too small}  # rule
    list_views:
      soon:
        columns: [Name, Account.Name, Amount]
        params: {least: {type: currency, default: 100}}
        where: "Closes = NEXT_N_DAYS:30 AND Amount >= :least"                       # condition
```

A mistake is shown with its place and with what to write instead, before any query runs. `objectforge.evaluate`
computes a formula over plain values, without an org:

```python
from objectforge import evaluate

print(evaluate("Amount * Chance", {"Amount": 200, "Chance": 20}, fields={"Amount": "currency", "Chance": "percent"}))
```

<!-- output -->
```text
40.00
```

## Values

| write | for |
|---|---|
| `'Ada'` or `"Ada"` | A text. `'it''s'` is none: write `"it's"` or `'it\'s'`. |
| `\n` `\r` `\t` `\b` `\f` `\"` `\'` `\\` `\u00e9` | Signs inside a text. `\%` and `\_` are the bare signs in LIKE. |
| `1200.50` | A number, exact; no thousands separators, no exponent. |
| `TRUE` `FALSE` `NULL` | Checkbox values, and no value. |
| `2026-04-01` | A date: four, two and two digits. |
| `2026-04-01T09:00:00Z`, `2026-04-01T18:00:00+09:00` | An instant; the zone must be said. Seconds may be left out. |
| `12:30:00Z` | A time of day; it ends in Z and has no zone. |
| `TODAY`, `LAST_N_DAYS:30` | Days seen from today: see [date words](#date-words). |
| `:least` | A bind or parameter: a value given beside the expression, or what a bind finds in it: `:deals[0].Id`. |
| `/* why */` | A comment. |

Names, words and functions are found in any case. In YAML put quotes around the whole expression; inside use the other
kind.

## Names

A name is a field, or a path of lookups up to one: `Account.Owner.Name`. A lookup field itself holds an id. Its path
is called as the field is, but `AccountId` opens `Account.Name` and `Region__c` opens `Region__r.Name`. A lookup that
leads to several objects says which: `What:Opportunity.Amount`; where the record is of another object, that is null.
Paths never go down to child records: joins, related lists and roll-ups do.

`$User` is the user who asks or writes: `OwnerId = $User.Id`, `Amount > $User.Limit__c`, `$User.Manager.Name`. It
stands in every condition, rule, formula and measure, and in the defaults of parameters, but is no column and nothing to
sort or group by. It is read once in a transaction. `$source`, in the filter of a lookup, is the record that points at
the one the filter is about.

## Operators

From those that bind tightest to those that bind loosest; between equals from left to right. Parentheses always help.

| operator | meaning |
|---|---|
| `-x` `+x` `!x` | Sign; not. `-2 ^ 2` is 4. |
| `*` `/` `^` | Multiply, divide, power. `^` beside one of the others needs parentheses. |
| `+` `-` `&` | Add, subtract; `&` joins texts. A date and a number of days give a date, two dates the days between. |
| `<` `<=` `>` `>=` | Compare. |
| `IN ('a', 'b')` `NOT IN` | One of several, or of a list that is given: `IN :names`. Nulls in it are passed over. |
| `IN (SELECT AccountId FROM Contact)` | One of a field's values in other records: views, reports, [SOQL](soql.md). |
| `LIKE 'A%'` `NOT LIKE` | A pattern: `%` is any text, `_` one sign, `\%` and `\_` those signs themselves. |
| `INCLUDES ('a;b', 'c')` `EXCLUDES` | For multipicklists: holds both a and b, or holds c. |
| `=` `!=` | Equal or not; `==` and `<>` are the same. |
| `NOT` | The opposite. |
| `AND` | Both; `&&` is the same. |
| `OR` | One of them at least; two bars are the same. |

`AND(a, b, ...)`, `OR(a, b, ...)`, `NOT(a)` and `LIKE(text, 'A%')` may be written as functions.

Conditions take `a` and `A` for the same letter, unless the field says `case_sensitive: true`. Formulas and rules
compare texts exactly. Picklists are compared by their stored values, in any case; sorting follows the order of their
definition. `objectforge validate`, `plan` and `apply` warn of a value that a picklist does not declare (OF250).

A datetime is compared with a date as the day it falls on in the org's time zone: `CreatedDate = 2026-04-01`.

## Blanks

A field without a value is null; an empty text is none, so it is null too.

| | conditions | rules | formulas |
|---|---|---|---|
| `Amount < 200` without an amount | false | as `0 < 200`: true | the same; null with `blanks: "null"` |
| `Industry != 'Energy'` without an industry | true, `=` being false | true | true |
| `Amount + 1` without an amount | null | 1 | 1; null with `blanks: "null"` |
| `ISBLANK(Amount)` without an amount | true | true | false, since it is 0; true with `blanks: "null"` |
| `Due < TODAY()` without a date | false | not true | null |
| `Due = NULL` without a date | true | true | true |
| `Amount = NULL` without an amount | true | false: use ISBLANK | false; true with `blanks: "null"` |

A condition is true or false, so `NOT (Amount < 200)` finds the records without an amount. Blank numbers count as 0,
texts as "" and checkboxes as false in rules and formulas; dates, times and lookups stay null. A formula that cannot
be computed, such as a division by 0, is null; a rule that is null refuses nothing.

## Percentages

A percent field of 20 means 20 %. Conditions compare it as it is shown: `Chance >= 20`. Wherever it is a value of a
formula or rule it counts as a part of one, so that `Amount * Chance` is a fifth of the amount; in conditions too it is
the number 20: `Amount * Chance / 100 > 50`.

## Binds and parameters

Never build conditions out of texts: give the values beside them. List views and reports declare their parameters, with
types, under `params:`. One without a default must be given.

```python
from objectforge import Metadata, Org

org = Org.open("sqlite://")
org.deploy(Metadata.parse("objects: {Deal: {fields: {Stage: [Open, Won], Amount: currency}}}"))
org["Deal"].create_many([{"Name": "Pump", "Stage": "Won", "Amount": 900}, {"Name": "Bolt", "Stage": "Open"}])
print([deal.Name for deal in org["Deal"].find("Stage IN :stages AND Amount > :least", stages=["Won"], least=500)])
print([deal.Name for deal in org["Deal"].find("Amount = :amount", amount=None)])
print([deal.Name for deal in org["Deal"].find("NOT (Amount > 500)")])
```

<!-- output -->
```text
['Pump']
['Bolt']
['Bolt']
```
"""

DATE_WORDS_INTRO = """\
## Date words

A word stands for a range of days; dates and datetimes are compared with it: `Closes = THIS_MONTH` means one of its
days, `Closes < THIS_MONTH` before its first, `Closes > THIS_MONTH` after its last. `TODAY` is the org's day, in its
time zone; weeks and fiscal years begin as the [settings](yaml-reference.md) say. A number follows a colon,
with or without spaces. `TODAY`, `YESTERDAY` and `TOMORROW` are single days and may stand wherever a date may.

On Wednesday 2026-05-13, with weeks from Sunday and fiscal years from April:
"""

FUNCTIONS_INTRO = """\
## Limits

Whatever is written, the answer is a result or an error with a place, and comes soon.

| | at most | else |
|---|---|---|
| characters of a query, condition or formula; of a pattern of LIKE | 100,000; 4,000 | OF317 |
| characters of a regular expression, its repeats written out | 20,000 | OF337, null |
| levels inside each other; queries inside each other | 200; 20 | OF313; OF930 |
| lookups of a path | 5, in formulas 10 | OF242 |
| digits of a computed number | 400 before the point, 400 after it | OF331, null |
| characters of a computed text | 131,072 | null |
| names, values and operations of a formula field | 4,000 | OF339 |
| of a condition; of all else that a query computes | 5,000; 5,000 | OF339 |
| columns of a query; child queries; objects after FROM | 1,500; 100; 100 | OF944 |
| keys of GROUP BY; of ORDER BY | 100; 100 | OF944 |
| fields of ROLLUP; of CUBE | 10; 6 | OF943 |

A formula field that is named counts with all that it computes, each time it is named. A query after IN counts 250, the
day or time that an instant has in the org's time zone 30; a division and functions that are long in SQL, such as
SUBSTITUTE and MOD, ten to thirty. Values of a list count nothing beyond the twentieth, neither
do many comparisons of one field that OR (`=`) or AND (`!=`) joins: they are a list. Many values are best given as
one bind: `Name IN :names`. What cannot be computed is null, and raises in `evaluate(..., strict=True)`.

Sums, joined texts, AND, OR and IF in the place of the otherwise may be long. Other functions inside each other SQLite
reads about twelve levels deep, some of them twenty-five; a formula beyond that is OF808 when it is read:
write it flatter.

## Functions

All of them may stand in rules: validations, defaults, filters of lookups and `show_if`; `ISNEW`, `ISCHANGED` and
`PRIORVALUE` in validations alone (OF246). Those marked "no" have no SQL form: Python computes them, in rules and for
what is shown, so that records, columns and SELECT have formula fields with them. No records are chosen, sorted, grouped
or added up by them; metadata and queries that ask for it are refused (OF805). SQLite, PostgreSQL and Python give the
same value, functions in floating point (roots, logarithms, angles, fractional powers, distances) at least to twelve
digits.

`REGEX` reads a regular expression as Java does (`\\d`, `\\w` and `\\s` are ASCII, `.` is no line end, `(?i)` is any
case) and tests the whole text, in time that grows with the text alone. It may look ahead at its start, as in
`^(?=.*\\d)(?!.*x)[a-z0-9]+$`; other look-arounds, references to groups (`\\1`), possessive repeats (`a++`) and the flag
`(?x)` are refused (OF337, or null where the expression is computed): write `AND(REGEX(...), NOT(REGEX(...)))`.

Of Salesforce's functions these are not supported: `CURRENCYRATE`, `FORMAT`, `FORMATCURRENCY`, `GETRECORDIDS`,
`IMAGEPROXYURL`, `INCLUDE`, `JSONPATHVALUE`, `JUNCTIONIDLIST`, `LINKTO`, `PARENTGROUPVAL`, `PREDICT`, `PREVGROUPVAL`,
`REQUIRESCRIPT`, `URLFOR`, `VLOOKUP`, and `HTMLENCODE`, `JSENCODE`, `JSINHTMLENCODE` and `URLENCODE`; the message says
what to write instead. Of its globals there is `$User` alone.
"""

AFTER_FUNCTIONS = """\
## When a record is saved

A new record first gets its defaults. A default sees what is given, what picklists set, parents, and the other defaults,
which are computed before it; defaults in a circle are refused when the metadata is read (OF235). Null is given too:
no default takes its place. Then come the hooks, then the filters of lookups, then the validations: all that is wrong
with a record is told at once.

- A validation is asked on every save, whichever fields it gives: create, update, upsert, load, one record or many.
  It sees the record as it will be. Parents and roll-ups it sees as they are stored before the save.
- `PRIORVALUE` gives what was there before; a formula over a parent is then that over the parent before. For a new
  record `ISNEW()` is true, `PRIORVALUE(field)` is the field's own value, and nothing has changed.
- The filter of a lookup is asked when the lookup changes, or a field that the filter names after `$source.`. It is not
  asked for an empty lookup, nor again because the parent has changed. A lookup to several objects has no filter.
- Deleting a parent empties the links to it, and a record comes back from the bin as it was: neither asks the rules of
  the records concerned, so that a record whose rules have changed since is not lost. The next save does.
- The rows of a file that point at rows of the same file are judged with these links in place. Their defaults are
  computed before.

## Measures

Reports have functions of their own, in `measures` alone: `count()`, `count(path)`, `sum`, `avg`, `min`, `max`,
`percent_of` and `running`. See [a measure](yaml-reference.md#a-measure).
"""
