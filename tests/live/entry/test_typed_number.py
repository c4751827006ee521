"""What is typed into any box is read by one reader, or refused with a sentence."""

import math

import pytest

from lessons.live.entry.typed_number import LONGEST, read_number


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2.5", 2.5),
        ("0,5", 0.5),
        ("\u22121,50", -1.5),
        ("-2", -2.0),
        ("–2", -2.0),
        ("+.5", 0.5),
        (" 7 ", 7.0),
        ("05", 5.0),
        ("10.05", 10.05),
        ("1e-3", 1e-3),
        ("1E5", 1e5),
        ("1/3", 1 / 3),
        ("−2⁄3", -2 / 3),
        ("1,5/2,5", 0.6),
        ("0,125", 0.125),
        ("1,25", 1.25),
        ("1,0000", 1.0),
        ("1000,125", 1000.125),
        ("log(3)", math.log(3)),
        ("Ln(3)", math.log(3)),
        ("ln 3", math.log(3)),
        ("-ln 0,5", math.log(2)),
        ("log(1/3) + 2*pi", math.log(1 / 3) + 2 * math.pi),
        ("exp(-1)", math.exp(-1)),
        ("sqrt(2)", math.sqrt(2)),
        ("2^-3", 0.125),
        ("e", math.e),
    ],
)
def test_a_number_is_read_however_it_is_written(text, value):
    assert read_number(text) == pytest.approx(value, rel=1e-15)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            "abc",
            "1 2",
            "1 000",
            "1_000",
            "0x10",
            "1j",
            "True",
            "nan",
            "inf",
            "½",
            "2pi",
            "1;2",
        ),
        *("().__class__", "__import__('os')", "log", "log(3)(4)", "log(x=3)", "log(*3)"),
        *(
            "inf",
            "lambda: 1",
            "[1]",
            "'1'",
            "1 # two",
            "3//2",
            "3%2",
            "1 if 2 else 3",
            "log()",
            "(",
            "**",
        ),
    ],
)
def test_what_is_no_number_is_refused_with_what_can_be_written(text):
    with pytest.raises(ValueError, match=r"is no number|No number|no finite value"):
        read_number(text)


@pytest.mark.parametrize("text", ["1/0", "log(0)", "sqrt(-1)", "1e999", "exp(1000)", "(-8)^(1/3)"])
def test_what_has_no_finite_value_is_refused(text):
    with pytest.raises(ValueError, match="no finite value"):
        read_number(text)


@pytest.mark.parametrize(
    "text",
    [
        *("1,000.5", "1,2,3", "log(3,2)", "log(3, 2)", ",5,", "1,"),
        *("1,000", "−12,345", "999,999", "1,000/3", "2*1,250", "1,000e3"),
    ],
)
def test_a_comma_that_can_be_read_in_two_ways_is_refused(text):
    with pytest.raises(ValueError, match="two ways: write a decimal point"):
        read_number(text)


@pytest.mark.parametrize(
    "text", ["9^9^9^9^9^9", "9**9**9**9", "1" * 10_000, "(" * 29 + "1" + ")" * 29, "-" * 59 + "1"]
)
def test_no_text_keeps_the_kernel_busy(text):
    """An integer of so many digits would take hours."""
    try:
        value = read_number(text)
    except ValueError as refused:
        value = len(str(refused))
    assert math.isfinite(value)
    assert abs(value) < 3 * LONGEST
