import numpy as np
import pytest

from lessons import model
from lessons.proofs import NAMES, derivation
from lessons.proofs.arrays import is_array
from lessons.proofs.language.reader import read
from lessons.proofs.notation import W, b, i, j, k, logit, q, target, x, z
from lessons.proofs.numeric import comparison as numeric
from lessons.proofs.numeric.points import example_point
from lessons.proofs.printing.text import to_text
from lessons.proofs.symbolic import equality as symbolic
from lessons.proofs.tutor.tasks.catalogue import TASKS, find
from lessons.proofs.tutor.tutor import REFUTED, SHOW_HOW, Tutor


def statuses(tutor, lines):
    return [tutor.line(line).status for line in lines]


def own_lines(task):
    """The lines that the task's own hints offer, and the result."""
    return [milestone.line for milestone in task.milestones] + [task.goals[0]]


@pytest.mark.parametrize("name", TASKS)
def test_the_lines_that_the_hints_offer_finish_the_task(name):
    tutor = Tutor(name)
    assert statuses(tutor, own_lines(tutor.task)) == ["accepted"] * len(own_lines(tutor.task))
    assert tutor.finished


@pytest.mark.parametrize("name", TASKS)
def test_each_hinted_line_shows_its_own_milestone(name):
    tutor = Tutor(name)
    for milestone in tutor.task.milestones:
        tutor.line(milestone.line)
        if "= " not in milestone.line and "d/d" in milestone.line:
            continue  # a derivative that still stands may count only when it is taken
        assert milestone not in tutor.missing


@pytest.mark.parametrize("name", TASKS)
def test_between_two_and_four_things_must_be_shown(name):
    assert 2 <= len(TASKS[name].milestones) <= 4


@pytest.mark.parametrize("name", TASKS)
def test_every_form_of_the_result_is_true_and_none_may_be_jumped_to(name):
    tutor = Tutor(name)
    for goal in tutor.task.goals:
        answer = tutor.line(goal)
        assert answer.status == "true, but show how"
        assert not answer
        assert tutor.task.milestones[0].name in answer.text
        assert tutor.lines == [tutor.task.start]


@pytest.mark.parametrize("name", TASKS)
def test_every_form_of_the_result_finishes_the_task(name):
    tutor = Tutor(name)
    *way, _ = own_lines(tutor.task)
    statuses(tutor, way)
    for goal in tutor.task.goals:
        assert tutor.line(goal).finished
        tutor.undo()
        assert not tutor.finished


@pytest.mark.parametrize("name", TASKS)
def test_the_result_is_what_the_model_computes(name):
    task = TASKS[name]
    (goal,) = read(task.goals[0], task.setting.vocabulary)
    (value,) = numeric.real_values([goal], example_point(task.setting))
    np.testing.assert_allclose(float(value), by_the_model(task), rtol=1e-13)


def by_the_model(task):
    at = task.setting.example
    if logit in at:
        label = at.get(target, float(task.name in ("binary, y = 1", "sketch, B4")))
        return model.binary_cross_entropy_gradient(np.array(float(at[logit])), np.array(label))
    if z in at:
        return model.cross_entropy_gradient(np.array(at[z]), np.array(at[i]))[at.get(j, at[i])]
    features, weights, biases = (np.array(at[letter], dtype=float) for letter in (x, W, b))
    gap = model.cross_entropy_gradient(model.linear(features, weights, biases), np.array(at[i]))
    grad_w, grad_b = model.linear_gradients(features, gap)
    row = at.get(k, at[i])
    return grad_b[row] if q not in at else grad_w[row, at[q]]


ROADS = {
    "quotient rule at once": (
        "multiclass, j ≠ i",
        "-(S/exp(z[i]))*(0*S - exp(z[i])*exp(z[j]))/S^2",
        "exp(z[j])/sum(exp(z[t]), t)",
        "yhat[j]",
    ),
    "derivatives standing in the quotient rule": (
        "multiclass, j = i",
        "-S/exp(z[i]) * d/dz[i](exp(z[i])/S)",
        "-S/exp(z[i]) * (d/dz[i](exp(z[i]))*S - exp(z[i])*d/dz[i](S))/S^2",
        "-S/exp(z[i]) * (exp(z[i])*S - exp(z[i])^2)/S^2",
        "-(S - exp(z[i]))/S",
        "softmax(z)[i] - 1",
    ),
    "logarithm split": (
        "multiclass, j ≠ i",
        "D(log(S), z[j]) - D(z[i], z[j])",
        "1/S * D(S, z[j])",
        "exp(z[j])/S",
        "yhat[j]",
    ),
    "through ŷ": (
        "binary, y = 1",
        "d/dyhat(-log(yhat)) * d/dz(yhat)",
        "(-1/yhat) * yhat(1 - yhat)",
        "-(1 - yhat)",
        "ŷ − y",
    ),
    "softplus": (
        "binary, y = 0",
        "d/dz(log(1 + e^z))",
        "1/(1 + e^z) * d/dz(1 + e^z)",
        "e^z/(1 + e^z)",
        "sigma(z)",
        "yhat - y",
    ),
    "any target by the quotient": (
        "binary, any y",
        "-y*d/dz(log(yhat)) - (1 - y)*d/dz(log(1 - yhat))",
        "(-y/yhat + (1 - y)/(1 - yhat)) * yhat*(1 - yhat)",
        "-y*(1 - yhat) + (1 - y)*yhat",
        "yhat - y",
    ),
    "through the logit": (
        "weights, row k = i",
        "dL/dW[i,q] = dL/dz[i] * d/dW[i,q](z[i])",
        "dL/dz[i] = yhat[i] - 1",
        "(yhat[i] - 1) * d/dW[i,q](sum(W[i,p]*x[p], p) + b[i])",
        "(yhat[i] - 1) x[q]",
    ),
    "straight to the row": (
        "weights, rows k ≠ i",
        "d/dW[k,q](log(S)) - d/dW[k,q](z[i])",
        "d/dW[k,q](S)/S",
        "exp(z[k])*x[q]/S",
        "yhat[k]*x[q]",
    ),
    "through all logits": (
        "bias",
        "sum(dL/dz[t]*dz[t]/db[k], t)",
        "sum(dL/dz[t]*delta(t, k), t)",
        "dL/dz[k]",
        "yhat[k] - y[k]",
    ),
    "bias by the quotient rule": (
        "bias",
        "-S/exp(z[i]) * (delta(i,k)*exp(z[i])*S - exp(z[i])*exp(z[k]))/S^2",
        "yhat[k] - delta(i, k)",
    ),
}


@pytest.mark.parametrize("road", ROADS)
def test_a_student_may_take_another_road(road):
    name, *lines = ROADS[road]
    tutor = Tutor(name)
    assert statuses(tutor, lines) == ["accepted"] * len(lines)
    assert tutor.finished


@pytest.mark.parametrize("name", [name for name in TASKS if name in NAMES])
def test_the_plain_text_of_the_series_own_proof_can_be_typed_and_finishes_the_task(name):
    tutor = Tutor(name)
    for step in derivation(name).steps:
        if not is_array(step.expression):
            answer = tutor.line(to_text(step.expression))
            assert answer, f"{to_text(step.expression)}: {answer}"
    assert tutor.finished


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("binary, y = 0", "-1/(1 - yhat) * dyhat/dz"),
        ("multiclass, j ≠ i", "1/yhat[i] * dyhat[i]/dz[j]"),
        ("weights, row k = i", "(1 - yhat[i])*x[q]"),
    ],
)
def test_a_line_of_which_only_the_sign_is_wrong_is_told_so(name, line):
    answer = Tutor(name).line(line)
    assert answer.status == "refuted"
    assert answer.text.endswith(". They differ by their sign alone.")


def test_nothing_is_said_of_the_sign_where_more_is_wrong():
    assert "sign" not in Tutor("binary, y = 0").line("-yhat*yhat").text
    assert "sign" not in Tutor("binary, y = 0").line("1/0").text


def test_a_line_that_stands_already_is_no_step():
    tutor = Tutor("binary, y = 1")
    tutor.line("-1/yhat * dyhat/dz")
    for line, number in (("dL/dz", 1), ("-1/yhat * d/dz(yhat)", 2), ("∂L/∂z", 1)):
        answer = tutor.line(line)
        assert answer.status == "true, but show how"
        assert answer.text == f"Line 3 would be line {number} again: write what follows."
    assert len(tutor.lines) == 2


def mutants(line):
    yield f"-({line})"
    yield f"2*({line})"
    yield f"{line} + 1"
    yield f"({line})/3"
    for one, other in (("- ", "+ "), ("/S^2", "/S"), ("^2", "^3"), ("*x[q]", ""), ("- y", "+ y")):
        if one in line:
            yield line.replace(one, other, 1)
    for one, other in (("[i]", "[j]"), ("[j]", "[i]"), ("[k]", "[i]"), ("exp(-z)", "exp(z)")):
        if one in line and ("[j]" in line or other != "[j]"):
            yield line.replace(one, other, 1)


def wrong_lines():
    for name, task in TASKS.items():
        roads = [[line for line in own_lines(task) if " = " not in line]]
        roads += [lines for other, *lines in ROADS.values() if other == name]
        for lines in roads:
            for line in lines:
                if " = " not in line:
                    yield from ((name, mutant) for mutant in mutants(line))


# Changes that change nothing: what they touch is 0.
HARMLESS = {
    ("binary, y = 0", "yhat + y"),
    ("multiclass, j ≠ i", "D(log(S), z[j]) + D(z[i], z[j])"),
    ("weights, rows k ≠ i", "d/dW[k,q](log(S)) + d/dW[k,q](z[i])"),
}
WRONG = sorted(set(wrong_lines()) - HARMLESS)


@pytest.mark.parametrize(("name", "line"), sorted(HARMLESS))
def test_a_change_that_changes_nothing_is_no_mistake(name, line):
    assert Tutor(name).line(line).status in ("accepted", "true, but show how")


def test_hundreds_of_mistakes_are_planted():
    assert len(WRONG) > 200


@pytest.mark.sampled(3)
@pytest.mark.parametrize(("name", "line"), WRONG)
def test_a_planted_mistake_is_refused_with_numbers_and_not_kept(name, line):
    tutor = Tutor(name)
    answer = tutor.line(line)
    assert answer.status == "refuted"
    assert not answer
    assert "line 1 is " in answer.text
    assert tutor.lines == [tutor.task.start]


SCANNED = {
    "sketch, B4": "-(1/(1 + e^-z)) * 1/(1 + e^-z)^2 * (-e^-z)",
    "sketch, M3": "-(exp(z[i]) - exp(z[i])*S/S)/S",
    "sketch, W2": "-(exp(z[i]) - exp(z[i])*S/S)/S",
}


@pytest.mark.parametrize("name", SCANNED)
def test_the_line_of_the_sketch_is_refused(name):
    assert Tutor(name).line(SCANNED[name]).status == "refuted"


def test_a_refusal_names_the_lines_the_point_and_both_values():
    tutor = Tutor("sketch, B4")
    assert tutor.line(SCANNED["sketch, B4"]).text == (
        "Line 2 does not follow from line 1: at z = 1, line 1 is −0.2689 and line 2 is 0.1437."
    )
    tutor = Tutor("multiclass, j ≠ i")
    tutor.line("1/S * d/dz[j](S)")
    assert tutor.line("yhat[i]").text == (
        "Line 3 does not follow from line 2: at z = (0.3, −1.2, 0.8), i = 0, j = 2, "
        "line 2 is 0.5741 and line 3 is 0.3482."
    )


def test_a_line_that_agrees_at_the_readable_point_alone_is_refused_at_another():
    answer = Tutor("binary, y = 1").line("dL/dz + (z - 1)")
    assert answer.status == "refuted"
    assert "z = 1," not in answer.text


def test_close_values_are_shown_with_enough_digits_to_differ():
    answer = Tutor("binary, y = 1").line("dL/dz + 1/9999/9999")
    assert "−0.26894142 and line 2 is −0.26894141" in answer.text


@pytest.mark.parametrize("line", ["1/0", "log(0)", "log(-1)", "0^-1 * 0", "0/0"])
def test_a_line_without_a_value_is_refused(line):
    tutor = Tutor("binary, y = 1")
    assert "has no value" in tutor.line(line).text
    assert "has no value" in tutor.line(f"{line} = {line}").text
    assert tutor.lines == ["dL/dz"]


def test_where_the_symbolic_road_finds_no_proof_nothing_is_accepted(monkeypatch):
    monkeypatch.setattr(symbolic, "equal", lambda *anything: False)
    for name, task in TASKS.items():
        answer = Tutor(name).line(task.milestones[0].line)
        assert answer.status == "undecided"
        assert not answer
        assert answer.text == "I cannot decide this line; write a smaller step."


def test_where_the_numeric_road_is_blind_the_symbolic_road_still_refuses(monkeypatch):
    for road in ("counterexample", "example_counterexample"):
        monkeypatch.setattr(numeric, road, lambda *anything: None)
    for name, line in WRONG[::15]:
        assert Tutor(name).line(line).status == "undecided"


@pytest.mark.parametrize("broken", [(numeric, "counterexample"), (symbolic, "equal")])
def test_a_road_that_comes_to_its_limit_is_no_proof(monkeypatch, broken):
    def fails(*anything):
        raise RecursionError("deeper than Python goes")

    monkeypatch.setattr(*broken, fails)
    assert Tutor("binary, y = 1").line("d/dz(-log(yhat))").status == "undecided"


@pytest.mark.parametrize(
    "line", ["2*yhat[j]/2", "yhat[j] - y[j] + y[j]", "exp(z[j])*S/S^2", "yhat[j] + delta(i, j)"]
)
def test_a_result_that_is_not_simplified_does_not_finish(line):
    tutor = Tutor("multiclass, j ≠ i")
    *way, goal = own_lines(tutor.task)
    statuses(tutor, way)
    answer = tutor.line(line)
    assert not answer.finished
    assert answer.text.endswith("What is left is to simplify to yhat[j].")
    assert tutor.line(goal).finished


def test_the_order_of_terms_and_factors_does_not_matter_in_the_result():
    tutor = Tutor("weights, row k = i")
    *way, _ = own_lines(tutor.task)
    statuses(tutor, way)
    assert tutor.line("x[q]*(-1 + yhat[i])").finished


def test_a_derivative_counts_as_shown_when_it_is_taken_not_when_it_is_written_down():
    tutor = Tutor("multiclass, j ≠ i")
    tutor.line("1/S * d/dz[j](S)")
    assert [m.name for m in tutor.missing] == ["the derivative of the denominator S"]
    assert "the derivative of the denominator S" in tutor.line("yhat[j]").text


def test_a_side_calculation_is_checked_by_itself_and_leaves_the_derivation_where_it_was():
    tutor = Tutor("multiclass, j ≠ i")
    answer = tutor.line("d/dz[j](S) = exp(z[j])")
    assert answer.text == (
        "The side calculation is right. You have shown the derivative of the denominator S."
    )
    answer = tutor.line("d/dz[j](S) = S")
    assert answer.status == "refuted"
    assert answer.text.startswith("The two sides are not equal: at z = (0.3, −1.2, 0.8)")
    assert tutor.line("d/dz[j](log(S))").text.startswith("Line 3 follows from line 1.")


def test_an_equation_between_derivatives_that_both_stand_shows_none_of_them_taken():
    tutor = Tutor("multiclass, j ≠ i")
    assert tutor.line("d/dz[j](S) = d/dz[j](S)")
    assert len(tutor.missing) == 3


def test_an_equation_that_starts_from_the_last_line_continues_the_derivation():
    tutor = Tutor("binary, y = 1")
    assert tutor.line("dL/dz = -1/yhat * d/dz(yhat)").text.startswith("Line 2 follows from line 1.")
    assert tutor.line("dL/dz = -1/yhat * yhat*(1 - yhat)")
    assert tutor.line("dL/dz = yhat - y").finished
    assert tutor.line("dL/dz = y - yhat").status == "refuted"


def test_what_cannot_be_read_is_answered_with_a_caret_and_a_sentence():
    tutor = Tutor("multiclass, j ≠ i")
    answer = tutor.line("exp(z[j]/S")
    assert answer.status == "not understood"
    assert answer.text == "exp(z[j]/S\n   ^\nThis bracket is never closed."
    assert tutor.line("").text == "The line is empty."
    assert tutor.lines == ["dL/dz[j]"]


def test_hints_come_one_at_a_time_and_end_with_a_line_to_type():
    tutor = Tutor("binary, y = 1")
    first, second, third = tutor.hint(), tutor.hint(), tutor.hint()
    assert first.endswith("multiply it?")
    assert second == third == "You could write -1/yhat * d/dz(yhat)"
    tutor.line("-1/yhat * d/dz(yhat)")
    assert tutor.hint().startswith("Write ŷ as 1/(1 + e^(−z)).")
    tutor.line("-1/yhat * yhat*(1 - yhat)")
    assert tutor.hint() == "What is left is to simplify to yhat - y."
    tutor.line("yhat - y")
    assert tutor.hint() == "The derivation is finished."


def test_undo_takes_back_the_last_line_and_what_it_showed_but_never_the_first():
    tutor = Tutor("binary, y = 1")
    tutor.line("-1/yhat * d/dz(yhat)")
    tutor.undo()
    tutor.undo()
    assert tutor.lines == ["dL/dz"]
    assert len(tutor.missing) == 2
    assert tutor.line("-1/yhat * d/dz(yhat)").text.startswith("Line 2 follows from line 1.")
    tutor.restart()
    assert tutor.lines == ["dL/dz"]


def test_an_answer_shows_what_was_understood_in_latex():
    answer = Tutor("multiclass, j ≠ i").line("ŷ[j]/1 - y[j]")
    assert answer.latex().count(r"\textcolor{#0072B2}{\hat{y}_{j}}") == 1
    assert Tutor("binary, y = 1").line("1 +").latex() == ""


def test_the_same_lines_give_the_same_words():
    one, other = Tutor("bias"), Tutor("bias")
    for line in own_lines(one.task):
        assert repr(one.line(line)) == repr(other.line(line))
    assert repr(one) == repr(other)
    assert repr(one).endswith("4: yhat[k] - y[k]\n(finished)")


def test_a_task_is_found_by_its_name_and_an_unknown_one_named_with_those_that_exist():
    assert find("multiclass,  j != i").name == "multiclass, j ≠ i"
    with pytest.raises(ValueError, match="no task named `ternary`"):
        Tutor("ternary")
    with pytest.raises(ValueError, match="no task named `3`"):
        Tutor(3)
    with pytest.raises(TypeError, match="a line is a string, got int"):
        Tutor("bias").line(3)


@pytest.mark.parametrize(
    ("name", "lines", "asked"),
    [
        ("bias", ("dL/dz[k]", "yhat[k] - y[k]"), "Which term contains b[k]"),
        ("binary, y = 1", ("-1/yhat*dyhat/dz", "yhat - y"), "What is ∂ŷ/∂z?"),
    ],
)
def test_what_is_asked_for_is_what_is_missing(name, lines, asked):
    """Of ∂L/∂z[k], just written, nothing is asked where ∂z/∂b is missing."""
    tutor = Tutor(name)
    *_, last = [tutor.line(line) for line in lines]
    assert (last.status, asked in last.text) == (SHOW_HOW, True)


@pytest.mark.parametrize(
    ("name", "loss", "asked"),
    [
        ("binary, y = 0", "-log(1 - yhat)", "d/dz(...)"),
        ("binary, y = 1", "log(1 + e^(-z))", "d/dz(...)"),
        ("multiclass, j ≠ i", "log(S) - z[i]", "d/dz[j](...)"),
        ("bias", "-log(yhat[i])", "d/db[k](...)"),
    ],
)
def test_the_loss_in_place_of_its_derivative_is_named(name, loss, asked):
    answer = Tutor(name).line(loss)
    assert (
        answer.status,
        f"It is L itself: its derivative is written {asked}." in answer.text,
    ) == (
        REFUTED,
        True,
    )
    assert "L itself" not in Tutor(name).line(f"2*({loss})").text
