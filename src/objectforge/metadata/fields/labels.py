"""Which of a label's texts a reader sees."""

from __future__ import annotations

from objectforge.metadata.leaves import Label

__all__ = ["label_in"]


def label_in(label: Label | None, language: str, otherwise: str) -> str:
    """The label in a language (`ja`, `en`, `en_US`), else in its base language, else in English, else its first text.

    `otherwise` is returned when there is no label at all.
    """
    match label:
        case None:
            return otherwise
        case str():
            return label
        case texts:
            base = language.replace("-", "_").split("_")[0]
            for key in (language, base, "en"):
                if key in texts:
                    return texts[key]
            return next(iter(texts.values()), otherwise)
