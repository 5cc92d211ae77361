"""Every issue code, with the sentence that explains it. Codes never change their meaning.

Ranges: OF0 reading YAML, OF1 definitions and fields, OF2 names and relationships, OF3 expressions, OF4 list views,
layouts and dashboards, OF5 reports, OF6 packages and settings, OF7 plans, OF8 queries at run time, OF9 fixture records,
OF92 to OF94 SOQL.
"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["CODES", "MALFORMED", "Code"]


MALFORMED = "MALFORMED_QUERY"
"""What Salesforce's API says of a query where it says nothing more."""


@dataclass(frozen=True, slots=True)
class Code:
    """What an issue code means: a title, and a paragraph for the error pages and `objectforge explain`.

    `api` is the error code that Salesforce's API gives a query with such a mistake.
    """

    title: str
    text: str
    api: str = MALFORMED


CODES: dict[str, Code] = {
    "OF001": Code(
        "not UTF-8",
        "Metadata files are UTF-8 text, with or without a byte order mark. Save the file as UTF-8.",
    ),
    "OF002": Code(
        "character not allowed",
        "Control characters, halves of surrogate pairs and invisible line separators may not stand in a YAML "
        "file. Where one is meant, write it as an escape inside double quotes.",
    ),
    "OF003": Code(
        "too large",
        "A file is at most 10 MB long and 64 levels deep and holds at most 200,000 keys and values, where every "
        "alias counts as the whole value it repeats. A text in it has at most 131,072 characters. What aliases repeat "
        "is at most as long as the file, or 200,000 characters where that is more. A folder of metadata holds at most "
        "50,000 files and folders, one of a package 5,000.",
    ),
    "OF004": Code("not YAML", "The text cannot be read as YAML. The message says what was met, the hint what to type."),
    "OF005": Code("tab", "YAML is indented with spaces; a tab may not stand there."),
    "OF006": Code("quote never closed", "A text begins with a quote that is not closed before the file ends."),
    "OF010": Code("duplicate key", "A key stands twice in one mapping. Keep one of them, or merge what they hold."),
    "OF011": Code(
        "not a key", "A key is a name of at most 1,000 characters: not null, not a mapping or a list, not an alias."
    ),
    "OF012": Code("merge key", "Merge keys (`<<`) are not read. Write the keys out."),
    "OF013": Code("tag", "YAML tags (`!name`, `!!type`) are not read. Quote a text that begins with `!`."),
    "OF014": Code("second document", "A file holds one YAML document. Move what follows `---` to a file of its own."),
    "OF015": Code("unknown alias", "An alias (`*name`) repeats the value that an anchor (`&name`) marks above it."),
    "OF101": Code(
        "unknown section",
        "A metadata file is a mapping of sections: uses, package, settings, objects, extend, value_sets, "
        "list_views, reports, dashboards and layouts. This key is none of them.",
    ),
    "OF102": Code("unknown key", "A definition has a key that means nothing there. It is never silently ignored."),
    "OF103": Code("key missing", "A definition lacks a key it cannot do without."),
    "OF104": Code("unknown field type", "The word after `type:` is no field type, built-in or installed."),
    "OF105": Code(
        "wrong kind of value",
        "A text, number, flag, list or mapping is wanted, and something else is given.",
    ),
    "OF106": Code(
        "nothing given",
        "A text is wanted and nothing stands there: an empty value, `null` or `~`. Quote it if the word itself is"
        " meant.",
    ),
    "OF107": Code("out of range", "A number is too small or too large, or a list too short or too long."),
    "OF108": Code("not a possible value", "Only certain words can stand here, and this is none of them."),
    "OF109": Code("bad parameter", "The parameters of a field contradict each other, or one of them cannot be."),
    "OF110": Code(
        "no short form",
        "Short forms of a field are its type, `currency`, the type with its parameters, `text(20)`, "
        "`number(5,3)`, `lookup(Account)`, and a list of picklist values.",
    ),
    "OF111": Code("defined twice", "The same thing is defined in two places of one layer. Keep one of them."),
    "OF112": Code(
        "already defined by a package",
        "A definition of the same name comes from a package. With `replaces: true` this one takes its place.",
    ),
    "OF113": Code(
        "replaces nothing",
        "A definition says `replaces: true`, but no package defines anything of its name.",
    ),
    "OF114": Code("unknown object to extend", "`extend:` names an object that neither a package nor the org defines."),
    "OF115": Code("unknown field to override", "`override:` names a field that the object does not have."),
    "OF116": Code(
        "cannot be overridden",
        "An override may change any key of a package's field except its type, its target and its history.",
    ),
    "OF117": Code(
        "name with or without its object",
        "List views and layouts are named `Object.name` at the top of a file, and `name` alone inside their object.",
    ),
    "OF119": Code("field exists already", "An extension adds a field that the object has already."),
    "OF120": Code("prefix given twice", "Two objects ask for the same first three characters of their ids."),
    "OF121": Code(
        "too many",
        "An org, and each package, has at most 3,000 objects. In a definition a mapping has at most 2,000 keys (the "
        "fields of an object, the measures of a report) and a list 5,000 entries (the values of a picklist, the "
        "columns of a view). A file uses at most 500 packages. All picklists together take at most 1,000,000 values "
        "from value sets, where each field that a value sets counts ten more.",
    ),
    "OF201": Code(
        "not an API name",
        "API names begin with a letter; letters, digits and underscores follow, 80 characters at most.",
    ),
    "OF202": Code("name is an operator", "The name is a word that expressions keep for themselves, such as AND or IN."),
    "OF203": Code(
        "name of a system field",
        "Every object has the system fields and their paths; no other has their name.",
    ),
    "OF204": Code("names differ in case only", "Names are found in any case, so that two may not differ in it alone."),
    "OF205": Code(
        "custom field without __c",
        "A field that is added to an object of a package ends in __c, so that no later version of the package, "
        "which never uses that ending, can collide with it.",
    ),
    "OF220": Code(
        "name taken",
        "The fields of an object, the paths of its lookups and its child relationships share one namespace, in "
        "any case. Only a lookup and its own path may have the same name.",
    ),
    "OF221": Code(
        "child relationship name taken",
        "What a parent calls the records that point at it must differ from its fields, paths and other child "
        "relationships. `children:` on the lookup gives it another name, `plural:` on the child object all its "
        "lookups.",
    ),
    "OF222": Code("unknown lookup target", "A lookup or master_detail field points to an object that is not defined."),
    "OF224": Code(
        "too many masters",
        "A record can be part of two others at most: an object has two master_detail fields.",
    ),
    "OF225": Code("masters in a circle", "Objects that are each other's details could have no first record."),
    "OF226": Code("hierarchy to another object", "A hierarchy is a lookup to the object that has it, and to no other."),
    "OF228": Code("unknown value set", "A picklist takes its values from a value set that is not defined."),
    "OF229": Code(
        "cannot control",
        "`controlled_by:` names another field of the object that is a picklist or a checkbox.",
    ),
    "OF230": Code(
        "unknown value in when",
        "`when:` gives, for values of the controlling field, values of the dependent picklist.",
    ),
    "OF231": Code(
        "cannot be set",
        "The `sets:` of a picklist value name other fields of the object that can be written.",
    ),
    "OF232": Code("wrong value in sets", "What `sets:` gives to a field must be a value of that field."),
    "OF233": Code("wrong default", "A default is a literal of the field's type, or an expression after `=`."),
    "OF234": Code("no such column", "Indexes and unique rules name fields of the object that are stored."),
    "OF235": Code(
        "computed in a circle", "Formulas, roll-ups and defaults cannot, even through others, compute themselves."
    ),
    "OF236": Code("unknown child relationship", "A roll-up is over a child relationship of its object."),
    "OF237": Code("cannot be rolled up", "sum and avg add up numbers; min and max compare numbers, dates and times."),
    "OF238": Code("unknown field of a validation", "`field:` names the field beside which the message is shown."),
    "OF239": Code(
        "filter on several objects",
        "A lookup with a filter points to one object, whose fields the filter names.",
    ),
    "OF240": Code("unknown name", "A path names a field or a lookup that the object does not have.", "INVALID_FIELD"),
    "OF241": Code("unknown object", "What a view, report, layout or query is about is not defined.", "INVALID_TYPE"),
    "OF242": Code(
        "path too long",
        "Paths go up over five lookups at most; formulas over ten, those of formulas they name included.",
    ),
    "OF243": Code(
        "which object?",
        "A lookup to several objects leads upwards with the object's name beside it, `What:Account.Name`; no "
        "other lookup takes one.",
    ),
    "OF244": Code(
        "path or field",
        "`AccountId` is a field, `Account` the path it opens: the field stands alone or last, the path before a dot.",
        "INVALID_FIELD",
    ),
    "OF245": Code(
        "unknown parameter",
        "A bind `:name` is one of the `params:` of its list view or report, or a value passed with the condition.",
    ),
    "OF246": Code("not here", "This kind of name or function means nothing in this place."),
    "OF247": Code(
        "many records",
        "A child relationship is many records. Joins, roll-ups and related lists lead to them, paths do not.",
        "INVALID_FIELD",
    ),
    "OF249": Code(
        "not to be counted",
        "`count(...)` and the second argument of an aggregate name records: a join path, a path upwards, or the "
        "report's base object.",
    ),
    "OF250": Code(
        "not a value of the picklist",
        "A condition or formula compares a picklist with a value that it does not declare. This is a warning: records "
        "may still hold a value that was declared once.",
    ),
    "OF301": Code("empty expression", "A condition or formula holds nothing but white space and comments."),
    "OF302": Code(
        "character without meaning",
        "The character has no meaning in an expression. Typographic quotes and dashes and full-width signs often "
        "come with text copied from elsewhere: the plain ASCII sign is meant.",
    ),
    "OF303": Code("text never closed", "A text begins with a quote and the same quote does not follow."),
    "OF304": Code(
        "unknown escape",
        "In a text a backslash stands before one of n r t b f \" ' \\ % _ and uXXXX, a character by its number, only. "
        "Write \\\\ for a backslash itself.",
    ),
    "OF305": Code("not a number", "A number is digits with at most one point: no exponent, no separators, no unit."),
    "OF306": Code(
        "not a date or time",
        "Dates are written 2026-04-01, instants 2026-04-01T09:00:00Z or with an offset such as +09:00, times of "
        "day 12:30:00Z, and the calendar or the clock must know them.",
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
        "An expression has at most 200 levels. AND, OR and lists are one level however long they are; "
        "parentheses, calls, signs and every operator of a chain such as `a + b + c` are a level each.",
        "QUERY_TOO_COMPLICATED",
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
    "OF316": Code(
        "not a bind",
        "A bind is a name, with attributes and items of what is given: `:ids`, `:user.Id`, `:accounts[0].Id`. "
        "It calls nothing and computes nothing.",
    ),
    "OF317": Code(
        "too long to be read",
        "A query, condition or formula has at most 100,000 characters, a pattern of LIKE 4,000. Many values are given "
        "beside it, as one list: `Name IN :names`.",
    ),
    "OF320": Code("unknown function", "The language has no function of this name. docs/expressions.md lists them all."),
    "OF321": Code("wrong number of arguments", "The function takes more or fewer arguments. The hint shows its form."),
    "OF322": Code("wrong argument", "The argument is not the kind of value the function takes at this place."),
    "OF323": Code(
        "values of different kinds",
        "Only values of one kind are compared: a text with a text, a number with a number. A text literal stands "
        "in quotes; numbers, dates and times do not.",
        "INVALID_FIELD",
    ),
    "OF324": Code(
        "operator does not fit", "The operator does not go with values of this kind.", "INVALID_QUERY_FILTER_OPERATOR"
    ),
    "OF325": Code(
        "not a condition",
        "A condition is expected: a comparison, a checkbox, or several joined by AND and OR.",
    ),
    "OF326": Code("other type declared", "The formula gives a value of another kind than the one its field declares."),
    "OF327": Code("results differ", "All results of IF, CASE and the like are values of one kind."),
    "OF328": Code(
        "wrong measure",
        "A measure is made of count(), count(path), sum, avg, min or max of an expression over fields, percent_of"
        " and running of another measure, and arithmetic over these. Aggregates do not stand inside one another.",
    ),
    "OF330": Code(
        "period is no date",
        "A word such as THIS_YEAR means many days: it can be compared with, not computed.",
    ),
    "OF331": Code(
        "too many digits",
        "Numbers are exact, and this one could grow past every limit. ROUND keeps it short.",
    ),
    "OF332": Code(
        "no order with null",
        "Nothing is less or more than null. Test for it with = null or != null.",
        "INVALID_QUERY_FILTER_OPERATOR",
    ),
    "OF334": Code(
        "not a path",
        "A field of the object, or a path to one through lookups, is expected: `Account.Name`.",
    ),
    "OF335": Code(
        "test does not fit",
        "LIKE is for texts, INCLUDES and EXCLUDES are for multipicklists.",
        "INVALID_QUERY_FILTER_OPERATOR",
    ),
    "OF337": Code("bad constant", "The function cannot work with this literal: no such unit, no regular expression."),
    "OF338": Code("unknown name", "An expression evaluated on its own knows only the names it was given types for."),
    "OF339": Code(
        "too large to be computed",
        "The SQL of a formula field has at most 4,000 names, values and operations, that of a condition, and of what a "
        "query computes, at most 5,000. A formula field that is named counts with all that it computes, each time; "
        "the values of a long list count nothing, and neither do many comparisons of one field that OR or AND joins.",
        "QUERY_TOO_COMPLICATED",
    ),
    "OF403": Code("no order", "Compound fields, JSON and very long texts can be shown, but not sorted or grouped by."),
    "OF404": Code(
        "kanban without a picklist",
        "A kanban has a column per value of a picklist of the view's own object.",
    ),
    "OF405": Code("unknown field in a layout", "A layout shows fields of the record itself."),
    "OF406": Code("unknown related list", "A related list is a child relationship of the layout's object."),
    "OF407": Code("one thing per component", "A dashboard's component shows either a report or a list view."),
    "OF408": Code("unknown component", "A dashboard shows reports and list views that are defined."),
    "OF409": Code("row too wide", "The widths of a dashboard's row add up to twelve at most."),
    "OF410": Code("unknown field in a filter", "A dashboard's filter is `on:` fields, each written Object.Field."),
    "OF411": Code("wrong default of a filter", "The default of a dashboard's filter suits every field it is on."),
    "OF501": Code("unknown join", "A join is a child relationship of the object above it or the path of its lookup."),
    "OF502": Code(
        "join without its parent",
        "A join below another is written with the other's path, which is joined, too.",
    ),
    "OF503": Code(
        "too many objects",
        "A report joins four objects; `settings: {org: {report_objects: 6}}` allows more. Parents on paths do not"
        " count.",
    ),
    "OF504": Code("inner below outer", "Below an outer join only outer joins stand: an inner one would undo it."),
    "OF505": Code("join below without", "Nothing is joined below a `without` join, which asks for what is not there."),
    "OF506": Code("joined twice", "A relationship is joined once."),
    "OF507": Code("not joined", "A path leads through child records that the report does not join."),
    "OF508": Code(
        "path through without",
        "Of a `without` join nothing is in the rows: only its own `where` names its fields.",
    ),
    "OF509": Code(
        "which records count?",
        "An aggregate counts every record once. Where its fields lie on several branches, a second argument says "
        "whose.",
    ),
    "OF510": Code("unknown measure", "Outside an aggregate a name is one of the report's measures."),
    "OF511": Code("wrong granularity", "`by:` groups dates: day, week, month, quarter, year and so on."),
    "OF512": Code(
        "wrong bucket",
        "A bucket has rising limits of a number or date, or lists of values of a text or picklist.",
    ),
    "OF513": Code("wrong labels", "n limits make n+1 ranges and labels; a bucket of values is labelled by its keys."),
    "OF514": Code("wrong value in a bucket", "A bucket gathers values that the field has, each of them once."),
    "OF516": Code(
        "same name in results",
        "Keys and measures share the names of a report's results; `as:` gives another.",
    ),
    "OF517": Code("having without groups", "`having` chooses among the groups of `rows`."),
    "OF518": Code(
        "columns on two branches",
        "Columns lie on one branch of joins; two would multiply each other's rows.",
    ),
    "OF519": Code(
        "cannot sort by this",
        "Groups are sorted by keys and measures, rows by the fields of their records.",
    ),
    "OF520": Code("empty report", "A report has columns, or keys and measures."),
    "OF521": Code("format against keys", "`across` makes a matrix, `rows` a summary, neither a tabular report."),
    "OF522": Code("unknown name in a chart", "A chart draws the keys and measures of its report."),
    "OF523": Code("measures in a circle", "Measures cannot, even through others, name themselves."),
    "OF524": Code("measure of another type", "`returns:` and `scale:` belong to measures that are numbers."),
    "OF525": Code("wrong axis", "Each type of chart has axes that are keys and axes that are measures."),
    "OF601": Code(
        "unknown package",
        "`uses:` names a package that is neither bundled nor installed nor a folder beside the file.",
    ),
    "OF602": Code("packages in a circle", "A package uses, directly or through others, itself."),
    "OF603": Code(
        "version does not fit",
        "A package requires another version of ObjectForge's metadata or of a package.",
    ),
    "OF604": Code(
        "not a version",
        "Versions are numbers with dots, 1.2.0; requirements compare with them, `>=1.2, <2`.",
    ),
    "OF605": Code("settings in a package", "Settings belong to the org; a package cannot bring them."),
    "OF606": Code(
        "package head out of place",
        "A package has one head, in one of its files; the org's own files have none.",
    ),
    "OF607": Code("bad setting", "A time zone, locale or currency that does not exist."),
    "OF608": Code("nothing to load", "There is no such file or folder, or no metadata file in it."),
    "OF609": Code("cannot be read", "The file or folder is there but cannot be read."),
    "OF610": Code("folder in a circle", "A symbolic link leads from a folder to one above it."),
    "OF611": Code("package loaded twice", "Two packages of the same name are used."),
    "OF701": Code(
        "one history twice",
        "Two objects, fields or values say by `was:` that they were the same stored one. Only one of them can be it.",
    ),
    "OF702": Code(
        "shortened history",
        "`was:` is a thing's history, newest first, and only ever grows at its front. This one fits nothing that the "
        "org has, though it shares a name with something there. The hint gives the whole list to paste.",
    ),
    "OF703": Code(
        "impossible history",
        "`was:` says that a thing had its own name, one name twice in a row, or a name that nothing ever loses: that "
        "of a system field, or User.",
    ),
    "OF801": Code(
        "not a cursor", "The text given as `after` is not a cursor that a page gave out.", "INVALID_QUERY_LOCATOR"
    ),
    "OF802": Code(
        "cursor of another question",
        "A cursor holds for the view, sort, condition, parameters and metadata version it came from.",
    ),
    "OF803": Code(
        "unknown parameter",
        "The list view or report declares no parameter of that name, or the condition has no such bind.",
    ),
    "OF804": Code("wrong value given", "The value of a parameter or bind is none of its type."),
    "OF805": Code(
        "function without SQL",
        "Which records a query finds, in which order and groups, and what is added up of them, the database computes. "
        "It does not have this function.",
    ),
    "OF806": Code(
        "too many relationships",
        "One query joins a limited number of tables, as the engines do.",
        "QUERY_TOO_COMPLICATED",
    ),
    # OF807 said that roll-ups are not computed; no other problem takes its number.
    "OF808": Code(
        "query too large",
        "An engine takes so many values, and so deep an expression, in one query.",
        "QUERY_TOO_COMPLICATED",
    ),
    "OF809": Code(
        "value missing",
        "A list view or report has a parameter without a default: whoever asks gives its value.",
    ),
    "OF901": Code(
        "not fixture records",
        "A fixture file holds objects, each of them records by a name of their own (or a list of records), each "
        "record fields: `Account: {acme: {Name: Acme}}`.",
    ),
    "OF902": Code("unknown object", "Fixture records stand under the name of an object of the org."),
    "OF903": Code("unknown field", "A fixture record gives a field that its object does not have."),
    "OF904": Code("cannot be given", "Numbers of a series, formulas and system fields are filled by the org."),
    "OF905": Code("unknown record", "A lookup of a fixture record holds the name of another one, or null."),
    "OF906": Code("name given twice", "The names of fixture records are one namespace over all objects and files."),
    "OF907": Code("record of another object", "A lookup names a fixture record of an object it does not point to."),
    "OF908": Code(
        "records need each other",
        "Fixture records point at each other by required lookups in a circle, so that none of them can be the first.",
    ),
    "OF909": Code("record refused", "The org's rules refuse a fixture record, as they would refuse any other."),
    "OF910": Code(
        "value of another shape",
        "A field takes one value; lists are for multipicklists, mappings for compounds and lookups by a unique field.",
    ),
    "OF920": Code("not a query", "A query begins with SELECT and says FROM which object: `SELECT Name FROM Account`."),
    "OF921": Code(
        "wrong item after SELECT",
        "After SELECT stand fields, paths, functions, child queries in parentheses, TYPEOF and FIELDS(...), with "
        "commas between them.",
    ),
    "OF922": Code("object missing", "FROM is followed by the name of an object, which may have an alias."),
    "OF923": Code(
        "not the place for this",
        "The clauses of a query stand in one order: FROM, USING SCOPE, WHERE, WITH, GROUP BY, HAVING, ORDER BY, LIMIT, "
        "OFFSET, ALL ROWS, FOR, UPDATE, each at most once.",
    ),
    "OF924": Code(
        "incomplete clause",
        "A clause has begun and what belongs to it does not follow: the fields of GROUP BY and ORDER BY, the condition "
        "of WHERE and HAVING, one of the known words after WITH, FOR, UPDATE and USING SCOPE.",
    ),
    "OF925": Code("not a number of rows", "LIMIT and OFFSET take a whole number or a bind: `LIMIT 50`, `LIMIT :most`."),
    "OF926": Code(
        "number of rows out of range",
        "LIMIT and OFFSET are zero or more, and less than two thousand million.",
        "NUMBER_OUTSIDE_VALID_RANGE",
    ),
    "OF927": Code(
        "HAVING without GROUP BY", "HAVING chooses among the groups that GROUP BY makes; WHERE among records."
    ),
    "OF928": Code(
        "COUNT() not alone",
        "`COUNT()` counts the rows and stands alone after SELECT, without an alias. `COUNT(Id)` stands beside other "
        "fields and takes an alias.",
    ),
    "OF929": Code(
        "not in the strict grammar",
        "Read with `strict=True`, a query is what Salesforce's API takes, and nothing more: no mixed AND and OR "
        "without parentheses, no comments, binds or ALL ROWS, a field or function on the left of a comparison and a "
        "literal on its right.",
    ),
    "OF930": Code(
        "queries nested too deeply", "Queries stand inside each other at most 20 levels deep.", "QUERY_TOO_COMPLICATED"
    ),
    "OF931": Code(
        "wrong query after IN",
        "The query after IN selects one field of one object and may have a condition: "
        "`Id IN (SELECT AccountId FROM Contact WHERE ...)`.",
    ),
    "OF932": Code(
        "no query after IN here",
        "IN (SELECT ...) stands in SOQL and in the `where` of list views, reports and related lists; not in formulas, "
        "validations, roll-ups and the filters of lookups.",
    ),
    "OF933": Code(
        "wrong TYPEOF",
        "The form is `TYPEOF What WHEN Account THEN Phone, Name WHEN Opportunity THEN Amount ELSE Name END`, with "
        "plain fields after THEN and ELSE.",
    ),
    "OF934": Code("wrong FIELDS", "FIELDS takes one of ALL, STANDARD and CUSTOM, and stands alone: `FIELDS(ALL)`."),
    "OF935": Code(
        "unknown relationship",
        "A child query is over a child relationship of the object around it: `(SELECT Name FROM Contacts)`. After the "
        "first object of a query stand parents of it: `FROM Contact c, c.Account a`.",
        "INVALID_TYPE",
    ),
    "OF936": Code(
        "neither grouped nor added up",
        "In a query with GROUP BY or aggregates every field stands in GROUP BY or inside an aggregate.",
    ),
    "OF937": Code(
        "not with groups",
        "Aggregates are about groups: they stand after SELECT, in HAVING and in ORDER BY, not in WHERE. A "
        "query that groups has neither child queries nor TYPEOF nor FIELDS.",
    ),
    "OF938": Code(
        "function out of place",
        "FORMAT stands outermost after SELECT, convertTimezone inside a date function, GROUPING beside ROLLUP or CUBE "
        "on a field that the query is grouped by.",
    ),
    "OF939": Code(
        "beyond the API's limits",
        "Read with `strict=True`, a query keeps to the limits of Salesforce's API: FIELDS(ALL) and FIELDS(CUSTOM) with "
        "a LIMIT of at most 200, two queries after IN and none beside OR, twenty child queries on each of five levels, "
        "texts of 4,000 characters, three fields in ROLLUP and CUBE, no aliases of plain fields.",
    ),
    "OF940": Code("unknown scope", "USING SCOPE takes one of a few words: `mine`, `everything`."),
    "OF941": Code(
        "two columns of one name",
        "Each value of a row has a name of its own. The same field twice is shown once, but not in a strict query.",
    ),
    "OF942": Code("another currency", "An org keeps its amounts in one currency, that of its settings."),
    "OF943": Code(
        "too many subtotals",
        "CUBE makes a kind of group of every choice of its fields and takes at most 6, ROLLUP one of every first few "
        "of them and takes at most 10.",
        "QUERY_TOO_COMPLICATED",
    ),
    "OF944": Code(
        "too many parts",
        "A query shows at most 1,500 columns and has at most 100 keys in GROUP BY and in ORDER BY, 100 objects after "
        "FROM and 100 child queries.",
        "QUERY_TOO_COMPLICATED",
    ),
}
