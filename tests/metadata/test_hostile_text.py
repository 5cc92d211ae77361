"""Whatever the text is, the answer is metadata or issues with places."""

from __future__ import annotations

from random import Random

from hostile_texts import spoiled_text, texts
from hypothesis import given
from hypothesis import strategies as st

from objectforge.errors.exceptions import MetadataError
from objectforge.metadata.metadata import collect_text
from objectforge.relations.resolve import examine
from objectforge.testing import temp_org

TEXTS = texts()


@given(st.integers(0, 10**9))
def test_a_spoiled_text_is_an_org_or_has_issues_with_places(seed: int) -> None:
    text = spoiled_text(Random(seed), TEXTS)  # noqa: S311

    metadata, issues = collect_text(text)
    schema, more = examine(metadata) if metadata is not None else (None, ())

    assert all(issue.span is not None for issue in (*issues, *more))
    assert str(MetadataError((*issues, *more))) or schema is not None
    if schema is not None and metadata is not None and not issues:
        with temp_org(metadata) as org:
            assert set(metadata.objects) <= set(org.schema.objects)
