"""The grammar: what a line parses to, and what is refused with one sentence at its column."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lessons.proofs.language.grammar import (
    ALLOWED,
    MAX_DEPTH,
    MAX_LENGTH,
    NotUnderstood,
    parse,
    pointed,
)


def shape(text):
    """The parse without its tokens: rule names nested as in the tree."""

    def bare(node):
        if not hasattr(node, "data"):
            return str(node)
        return (str(node.data), *map(bare, node.children))

    return bare(parse(text).children[0])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("2x", "2 x"),
        ("x y", "x  y"),
        ("ŷ[j]", "y\u0302[j]"),
        ("  yhat - y ", "yhat-y"),
        ("D(L, z [ j ])", "D(L,z[j])"),
        ("−1·S – ∑(z[t], t)", "−1⋅S - Σ(z[t], t)"),
    ],
)
def test_blanks_and_accents_do_not_change_the_reading(one, other):
    assert shape(one) == shape(other)


def test_a_power_binds_tighter_than_a_sign_and_a_product_tighter_than_a_sum():
    power = ("power", ("name", "a"), "^", ("number", "2"))
    assert shape("-a^2") == ("run", "-", power)
    assert shape("b + c*a^2") == (
        "sum_",
        ("run", ("name", "b")),
        "+",
        ("product", ("run", ("name", "c")), "*", ("run", power)),
    )


def test_an_equation_has_two_sides_and_a_leading_equals_sign_is_ignored():
    assert parse("d/dz[j](S) = exp(z[j])").data == "equation"
    assert parse("= yhat - y").data == "single"


@pytest.mark.parametrize(
    ("text", "column", "words"),
    [
        ("", None, "empty"),
        (" \t ", None, "empty"),
        ("exp(z[j]/S", 3, "never closed"),
        ("exp(z[j]))/S", 9, "closes none"),
        ("exp(z[j)]", 7, "closes none"),
        ("log z", 4, "needs brackets"),
        ("9**9**9", 4, "power of a power"),
        ("z[j]^^2", 5, "power of a power"),
        ("a = b = c", 6, "One equals sign"),
        ("sum(exp(z[t]))", 13, "after a comma"),
        ("delta(i)", 7, "after a comma"),
        ("exp(z)[j]", 6, "Only a name"),
        ("z[0]", 2, "A letter must stand here"),
        ("1 +", 3, "ends too soon"),
        ("a +* b", 3, "did not expect '*'"),
        ("foo.bar", 3, "cannot read on"),
        ("__import__('os')", 11, "did not expect"),
        ("еxp(z)", 0, "cyrillic small letter ie"),
        ("1 + ２", 4, "fullwidth digit two"),
        ("z[j]; z[i]", 4, "semicolon"),
        ("\\frac{1}{2}", 0, "LaTeX is not read here"),
        ("'yhat", 0, "did not expect"),
        ("yhat''", 5, "the second one d/dz(dL/dz)"),
        ("zⱼ", 1, "in square brackets: z[j]"),
        ("e⁻ᶻ", 1, "A power is written ^2"),
        ("xᵀ", 1, "nothing is transposed"),
        ("1 ÷ 2", 2, "with a slash"),
        ("δ_ij", 0, "δ stands as in delta(i, j)"),
        ("σ z", 2, "sigma(...)"),
        ("1 - sigma", 9, "sigma(...)"),
        ("δ j", 2, "delta(i, j)"),
        ("1 - delta", 9, "delta(i, j)"),
        ("Σ exp(z[t])", 2, "needs brackets"),
        ("softmax(z[j])", 9, "Softmax takes all logits"),
        ("softmax(z)_j", 10, "Softmax takes all logits"),
        ("softmax(z_j)", 12, "Softmax takes all logits"),
        ("z[j]²^2", 5, "power of a power"),
        ("a\nb", 1, "control character"),
        ("a \x00", 2, "control character"),
    ],
)
def test_a_mistake_is_explained_at_its_place(text, column, words):
    with pytest.raises(NotUnderstood) as caught:
        parse(text)
    assert words in caught.value.sentence
    assert caught.value.position == column


def test_the_caret_stands_under_the_mistake():
    assert pointed("exp(z[j]/S", 3) == "exp(z[j]/S\n   ^"


def test_the_caret_stays_in_view_in_a_long_line():
    line, caret = pointed("a + " * 70 + "$", 280).splitlines()
    assert line[caret.index("^")] == "$"
    assert len(line) <= 80


@pytest.mark.parametrize("line", [None, 3, b"yhat", ["yhat"]])
def test_what_is_no_text_is_a_type_error(line):
    with pytest.raises(TypeError, match="a line is a string, got"):
        parse(line)


HOSTILE = {
    "a million brackets": "(" * 10**6,
    "a million closed brackets": "(" * 10**6 + "1" + ")" * 10**6,
    "brackets to the length limit": "(" * (MAX_LENGTH // 2 - 1) + "1" + ")" * (MAX_LENGTH // 2 - 1),
    "brackets one beyond the depth limit": "(" * (MAX_DEPTH + 1) + "1" + ")" * (MAX_DEPTH + 1),
    "a million digits": "9" * 10**6,
    "ten million blanks": " " * 10**7,
    "tower": "9**9**9",
    "signs": "-" * 250 + "1",
    "combining accents": "y" + "\u0302" * 10**6,
    "import": "__import__('os').system('true')",
    "attributes": "().__class__.__bases__[0]",
    "lambda": "lambda: 1",
    "format": "{0.__class__}",
    "right to left": "\u202eexp(z)",
    "surrogate": "\ud800",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_is_refused_at_once(name):
    start = time.process_time()
    with pytest.raises(NotUnderstood):
        parse(HOSTILE[name])
    assert time.process_time() - start < 2  # the promise is "within 2 s"; it takes milliseconds


def test_the_deepest_and_longest_allowed_lines_are_read():
    parse("(" * MAX_DEPTH + "1" + ")" * MAX_DEPTH)
    parse("1+" * (MAX_LENGTH // 2 - 1) + "1")
    parse("a " * (MAX_LENGTH // 2 - 1) + "a")


def refused(text):
    try:
        parse(text)
    except NotUnderstood as refusal:
        return refusal
    return None


@given(st.text(alphabet=sorted(ALLOWED), max_size=40) | st.text(max_size=20))
def test_any_text_is_read_or_refused_with_a_column_in_the_line(text):
    refusal = refused(text)
    if refusal:
        assert refusal.sentence.endswith(".")
        assert 0 <= (refusal.position or 0) <= len(text) + 1
        pointed(text, refusal.position or 0)
