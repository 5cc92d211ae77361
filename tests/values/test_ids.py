import pytest
from hypothesis import given
from hypothesis import strategies as st

from objectforge.values.ids import (
    MAX_COUNTER,
    MAX_OBJECT_NUMBER,
    STANDARD_PREFIXES,
    BadId,
    IdProblem,
    checksum,
    counter,
    format_id,
    make_id,
    object_number,
    object_prefix,
    parse_id,
)

PREFIXES = {"001": 1, "00Q": 2, "a03": 3}
GOOD = format_id(make_id(1, 123456), "001")


@given(number=st.integers(0, MAX_OBJECT_NUMBER), count=st.integers(0, MAX_COUNTER))
def test_an_id_gives_back_its_object_and_counter_and_fits_64_bits(number, count):
    made = make_id(number, count)
    assert (number, count) == (object_number(made), counter(made))
    assert 0 <= made < 2**63


@given(prefix=st.sampled_from(sorted(PREFIXES)), count=st.integers(0, MAX_COUNTER))
def test_both_lengths_read_back_what_was_formatted(prefix, count):
    made = make_id(PREFIXES[prefix], count)
    text = format_id(made, prefix)
    assert len(text) == 18
    assert made == parse_id(text, PREFIXES) == parse_id(text[:15], PREFIXES)


@given(a=st.integers(0, MAX_COUNTER), b=st.integers(0, MAX_COUNTER))
def test_texts_sort_as_their_numbers_do(a, b):
    assert (a < b) == (format_id(make_id(1, a), "001")[:15] < format_id(make_id(1, b), "001")[:15])


@pytest.mark.parametrize(
    ("check", "short"),
    [
        pytest.param("AAA", "001000000000000", id="no capitals"),
        pytest.param("EAA", "00Q000000000000", id="the third of a block counts four"),
        pytest.param("555", "ABCDEFGHIJKLMNO", id="all capitals"),
        pytest.param("IAZ", "001D000000IqhSL", id="a published Salesforce id"),
    ],
)
def test_the_checksum_is_salesforces(check, short):
    assert check == checksum(short)


@pytest.mark.parametrize(
    ("reason", "text"),
    [
        pytest.param(IdProblem.WRONG_LENGTH, "", id="empty"),
        pytest.param(IdProblem.WRONG_LENGTH, GOOD[:16], id="sixteen characters"),
        pytest.param(IdProblem.BAD_CHARACTER, GOOD[:14] + "-", id="a dash"),
        pytest.param(IdProblem.BAD_CHARACTER, GOOD[:14] + "é", id="a letter beyond ASCII"),
        pytest.param(IdProblem.WRONG_CHECKSUM, GOOD[:15] + "AAB", id="another checksum"),
        pytest.param(IdProblem.WRONG_CHECKSUM, GOOD.lower(), id="capitals lost on the way"),
        pytest.param(IdProblem.UNKNOWN_PREFIX, "003000000000001", id="an object that is not there"),
        pytest.param(IdProblem.OUT_OF_RANGE, "001zzzzzzzzzzzz", id="a counter past 40 bits"),
    ],
)
def test_a_text_that_is_no_id_says_why(reason, text):
    with pytest.raises(BadId) as caught:
        parse_id(text, PREFIXES)
    assert reason is caught.value.reason


@pytest.mark.parametrize(
    ("prefix", "number"),
    [("a00", 0), ("a01", 1), ("a0z", 61), ("a10", 62), ("azz", 3843), ("b00", 3844), ("zzz", 99_943)],
)
def test_custom_objects_count_their_prefixes_in_base_62(prefix, number):
    assert prefix == object_prefix(number)


@pytest.mark.parametrize("number", [-1, 99_944])
def test_there_is_no_prefix_beyond_the_last(number):
    with pytest.raises(ValueError, match="no prefix"):
        object_prefix(number)


def test_standard_prefixes_are_distinct_and_never_look_like_custom_ones():
    assert len(STANDARD_PREFIXES) == len(set(STANDARD_PREFIXES.values()))
    assert all(len(prefix) == 3 and prefix[0].isdigit() for prefix in STANDARD_PREFIXES.values())


@pytest.mark.parametrize(("number", "count"), [(-1, 0), (0, -1), (MAX_OBJECT_NUMBER + 1, 0), (0, MAX_COUNTER + 1)])
def test_numbers_that_do_not_fit_their_bits_make_no_id(number, count):
    with pytest.raises(ValueError, match="is not within"):
        make_id(number, count)
