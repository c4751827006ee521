"""One place decides what follows: a broken road shows in every caller, and no caller hides it."""

from dataclasses import replace

import pytest
from sympy import Integer, Symbol, exp

from lessons.practice import check
from lessons.proofs import Claim, Derivation, Step, Tutor, WrongStep, sketch
from lessons.proofs.arrays import Ones, Transposed, gradient, letter
from lessons.proofs.derivations.multiclass import LABEL_LOSS
from lessons.proofs.notation import L, Partial, W, i, j, k, logit, q, target, x, y, yhat, z
from lessons.proofs.numeric import comparison as numeric
from lessons.proofs.numeric.comparison import Counterexample
from lessons.proofs.setting import BINARY, LINEAR, ONE_HOT, SOFTMAX, Setting
from lessons.proofs.symbolic import equality as symbolic
from lessons.proofs.verdict import RoadsDisagree, judge

RIGHT, WRONG = "exp(-z)/(1 + exp(-z))", "exp(-z)/(1 + exp(z))"


def of_a_derivation(line):
    left, right = 1 - 1 / (1 + exp(-logit)), typed(line)
    try:
        Derivation("Planted", left, (Step(right, "planted"),)).verify()
    except WrongStep:
        return False
    return True


def of_a_claim(line):
    return bool(Claim(1 - 1 / (1 + exp(-logit)), typed(line)))


def of_the_tutor(line):
    return bool(Tutor("binary, y = 1").line(f"1 - sigma(z) = {line}"))


def of_a_line_of_the_sketch(line):
    planted = replace(sketch("B3"), chains=(("1 - yhat", line),))
    try:
        return planted.verdict == "true"
    except RoadsDisagree:
        raise
    except RuntimeError:  # neither proved nor refuted
        return False


def of_a_blank(line):
    from lessons.practice.kinds.expression import decide

    return decide(line, ["1 - sigma(z)"], "BINARY")[0] == "equal"


CALLERS = [of_a_derivation, of_a_claim, of_the_tutor, of_a_line_of_the_sketch, of_a_blank]


def typed(line):
    return {RIGHT: exp(-logit) / (1 + exp(-logit)), WRONG: exp(-logit) / (1 + exp(logit))}[line]


@pytest.fixture(params=CALLERS, ids=lambda caller: caller.__name__)
def accepts(request):
    """One of all who ask whether a line follows."""
    return request.param


def test_all_accept_what_is_right_and_refuse_what_is_wrong(accepts):
    assert accepts(RIGHT)
    assert not accepts(WRONG)


def test_a_symbolic_road_that_proves_anything_shows(accepts, monkeypatch):
    monkeypatch.setattr(symbolic, "equal", lambda *anything: True)
    with pytest.raises(RoadsDisagree, match="proved, yet refuted at z = "):
        accepts(WRONG)


def test_a_numeric_road_that_refutes_anything_shows(accepts, monkeypatch):
    planted = Counterexample({}, {"z": 1.0}, "1", "2")
    monkeypatch.setattr(numeric, "counterexample", lambda *anything: planted)
    with pytest.raises(RoadsDisagree, match="proved, yet refuted at z = 1: 1 against 2"):
        accepts(RIGHT)


@pytest.mark.parametrize("answer", ["exp(z)/(1 + exp(z))", "z + 7"])
@pytest.mark.parametrize("road", [symbolic, numeric])
def test_a_broken_road_shows_in_check_and_no_answer_is_blamed(answer, road, monkeypatch, tmp_path):
    monkeypatch.setenv("LESSONS_PROGRESS", str(tmp_path / "progress.txt"))
    name, says = {
        symbolic: ("equal", True),
        numeric: ("counterexample", Counterexample({}, {"z": 1.0}, "1", "2")),
    }[road]
    monkeypatch.setattr(road, name, lambda *anything: says)
    said = check("chain-rule", answer)
    contradicted = (answer == "z + 7") is (road is symbolic)  # the other road still knows better
    assert ("mistake in this package, please report it" in said.message) == contradicted
    assert (said.status == "stopped") == contradicted


@pytest.mark.parametrize("limit", [NotImplementedError, RecursionError])
@pytest.mark.parametrize("road", [(symbolic, "equal"), (numeric, "counterexample")])
def test_a_road_that_decides_nothing_lets_nothing_pass(accepts, monkeypatch, road, limit):
    def gives_up(*anything):
        raise limit

    if road[0] is numeric and limit is NotImplementedError:
        limit = OverflowError
    monkeypatch.setattr(*road, gives_up)
    assert not accepts(RIGHT)


@pytest.mark.parametrize("road", [(symbolic, "equal"), (numeric, "counterexample")])
def test_what_a_road_must_not_raise_is_not_swallowed(accepts, monkeypatch, road):
    def breaks(*anything):
        raise KeyError("planted")

    monkeypatch.setattr(*road, breaks)
    with pytest.raises(KeyError, match="planted"):
        accepts(RIGHT)


def test_the_readable_example_is_tried_first():
    setting = BINARY.with_(example={logit: 3, target: 0.25})
    assert judge(logit, target, setting).counterexample.place == "z = 3, y = 0.25"
    # Where the example shows no difference, another point does.
    assert judge(logit, Integer(3), setting).counterexample.letters["z"] != 3


def test_no_counterexample_lies_outside_the_domain():
    for line in (target**2, target + 1, 1 / (target + 3)):
        found = judge(target, line, BINARY).counterexample
        assert 0 <= found.letters["y"] <= 1
    at_least_two = Setting(domain={Symbol("K", integer=True, positive=True): (2, 9)})
    assert judge(yhat[j], Integer(0), at_least_two).counterexample.whole["j"] >= 0


def test_a_repeated_index_of_entry_is_refused_by_name():
    with pytest.raises(ValueError, match="different indices in entry, got k twice"):
        Setting(entry=(k, k))
    with pytest.raises(ValueError, match="got k twice"):
        ONE_HOT.with_(entry=(k, k))
    with pytest.raises(ValueError, match="got k twice"):
        Claim(letter(W[k, q]), letter(W[k, q]), entry=(k, k))


# Each line is true entry by entry only because the array holds the entry's own index.
CAUGHT = {
    "a vector of one component": (letter(z[k]), z[k] * Ones(k), (k,), "k"),
    "on the left as well": (z[k] * Ones(k), letter(z[k]), (k,), "k"),
    "inside a sum of arrays": (letter(z[k]), letter(z[k]) + z[j] * Ones(k), (j,), "j"),
    "the column's index": (
        letter(W[k, q]),
        (W[k, q] / x[q]) * Ones(k) * Transposed(letter(x[q])),
        (k, q),
        "k, q",
    ),
    "by way of a definition": (letter(yhat[k]), L * Ones(k), (k,), "k"),
}


@pytest.mark.parametrize("case", CAUGHT.values(), ids=CAUGHT)
def test_an_array_that_holds_its_own_entrys_index_is_refused_by_name(case):
    left, right, entry, named = case
    setting = Setting({L: yhat[k]}, entry=entry)
    with pytest.raises(
        ValueError, match=f"expected an array without a free {named}, its own entry"
    ):
        judge(left, right, setting)


def test_no_derivation_ends_in_a_vector_of_one_repeated_component():
    setting = ONE_HOT.with_({L: LABEL_LOSS}, entry=(j,))
    steps = (
        Step(yhat[j] - y[j], "the component"),
        Step((yhat[j] - y[j]) * Ones(j), "false", left=gradient(L, z[k])),
    )
    with pytest.raises(ValueError, match="without a free j"):
        repr(Derivation("Planted", Partial(L, z[j]), steps, setting))


def test_settings_combine_and_keep_their_own():
    both = ONE_HOT.with_(LINEAR, {L: LABEL_LOSS}, entry=(k,))
    assert {L, z[k], y[k], yhat[k]} < set(both.definitions)
    assert both.entry == (k,)
    assert L not in ONE_HOT.definitions
    assert not SOFTMAX.entry
    assert SOFTMAX.with_({yhat[i]: z[i]}) is not SOFTMAX
