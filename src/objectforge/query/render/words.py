"""The few words that results need besides labels, in the reader's language."""

from __future__ import annotations

from objectforge.values.locales import Locale, pick_label

__all__ = ["say"]

_WORDS = {
    "total": {"en": "Total", "ja": "合計"},
    "subtotal": {"en": "Subtotal", "ja": "小計"},
    "nothing": {"en": "Nothing to show: no records meet the conditions.", "ja": "条件に合うレコードはありません。"},
    "limited_groups": {
        "en": "Only the first {count} of {by} are shown; totals are over all of them.",
        "ja": "{by}の最初の{count}件だけを表示しています。合計は全件のものです。",
    },
    "limited_rows": {"en": "Only the first {count} rows are shown.", "ja": "最初の{count}件だけを表示しています。"},
    "one_row": {"en": "1 row", "ja": "1件"},
    "rows": {"en": "{count} rows", "ja": "{count}件"},
    "more": {"en": "{rows}, more to come", "ja": "{rows}、続きあり"},
    "more_before": {"en": "{rows}, more before", "ja": "{rows}、前にもあり"},
    "more_around": {"en": "{rows}, more before and to come", "ja": "{rows}、前後にもあり"},
    "none": {"en": "none", "ja": "なし"},
}


def say(word: str, locale: Locale, **values: object) -> str:
    """A word or sentence, its gaps filled in."""
    return pick_label(_WORDS[word], locale).format(**values)
