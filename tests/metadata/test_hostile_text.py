"""Whatever the text is, the answer is metadata or issues with places."""

from __future__ import annotations

from random import Random

from hypothesis import given
from hypothesis import strategies as st
from hostile_texts import spoiled_text, texts

from objectforge.errors.exceptions import MetadataError
from objectforge.metadata.metadata import Metadata
from objectforge.relations.resolve import resolve
from objectforge.testing import temp_org

TEXTS = texts()


@given(st.integers(0, 10**9))
def test_a_spoiled_text_is_an_org_or_has_issues_with_places(seed: int) -> None:
    text = spoiled_text(Random(seed), TEXTS)  # noqa: S311

    try:
        metadata = Metadata.parse(text)
        resolve(metadata)
    except MetadataError as wrong:
        assert str(wrong)
        assert all(issue.span is not None for issue in wrong.issues)
    else:
        with temp_org(metadata) as org:
            assert set(metadata.objects) <= set(org.schema.objects)
