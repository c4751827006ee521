"""Red team: lines that must not be accepted, grown from kinds, and true ones that must never be.

False are lines with an index captured, repeated or fixed, lines that have no value somewhere within
the task, and derivations in which nothing was derived. True are the roads of `roads.py`, each in
the notations that students bring along.
"""

import re

import pytest

from lessons.proofs.tutor.tasks.catalogue import TASKS
from lessons.proofs.tutor.tutor import ACCEPTED, REFUTED, SHOW_HOW, Tutor

from .roads import ROADS


def road_lines(name):
    """All lines of a task's roads that are no side calculation."""
    lines = [line for road in ROADS[name].values() for line in road if " = " not in line]
    return list(dict.fromkeys([*lines, TASKS[name].goals[0]]))


# Lines that are false.

INDEX_SWAPS = [("[i]", "[j]"), ("[j]", "[i]"), ("[i]", "[k]"), ("[k]", "[i]"), ("[t]", "[i]")]
INDEX_SWAPS += [("[k, q]", "[i, q]"), ("[i, q]", "[k, q]"), ("(i, j)", "(i, i)"), ("[t]", "[k]")]
SPOILS = [("1 - yhat", "1 + yhat"), ("exp(-z)", "exp(z)"), ("^2", ""), ("/S", "/S^2"), ("S", "K")]
SPOILS += [("log(", "exp("), ("*x[q]", ""), (" - y", " + y"), ("-1/yhat", "1/yhat"), ("/yhat", "")]


def is_the_label(line, at):
    """Whether t at a place of a line means i, as it does in Σ y[t]·u[t] but for y[t] itself."""
    chosen = re.search(r"(\by|dL/dyhat)\[t\] ?[*/]", line)
    return bool(chosen) and not line[:at].endswith(chosen[1])


def swapped(name):
    """Each line of a road with one of its indices, or one of its parts, mistaken for another."""
    for line in road_lines(name):
        for right, wrong in INDEX_SWAPS + SPOILS:
            for found in re.finditer(re.escape(right), line):
                if (right, wrong) == ("[t]", "[i]") and is_the_label(line, found.start()):
                    continue
                yield line[: found.start()] + wrong + line[found.end() :]


# What a line may not divide by, or take the logarithm of: it is 0, or negative, within the task.
ZEROS = {
    "binary": ["z", "z - 1", "y*(1 - y)", "exp(z) - 1", "log(yhat) + 1"],
    "multiclass": ["z[i]", "z[i] - 1", "1 - yhat[i]", "S - exp(z[i])", "S - 1", "log(S)", "K - 1"],
    "weights": ["z[i]", "x[q]", "W[i, q]", "x[q] - 2", "1 - yhat[i]", "S - exp(z[i])", "b[i]"],
    "bias": ["z[i]", "b[k]", "z[k] - z[i]", "1 - yhat[i]", "yhat[k] - y[k]", "delta(i, k)"],
}
ZEROS["binary, y = 1"] = [*ZEROS["binary"], "1 - y"]
ZEROS["binary, y = 0"] = [*ZEROS["binary"], "y"]
ZEROS["binary, any y"] = [*ZEROS["binary"], "y", "1 - y", "yhat - y"]
ZEROS["sketch, B4"] = ZEROS["binary, y = 1"]
ZEROS["sketch, M3"] = [*ZEROS["multiclass"], "delta(i, j)", "z[i] - z[j]"]
ZEROS["sketch, W2"] = ZEROS["weights"]


def without_a_value(name):
    """The start, as it stands but for a part that has no value somewhere within the task."""
    start = TASKS[name].start
    for zero in ZEROS.get(name) or ZEROS[name.partition(",")[0]]:
        yield f"{start} * ({zero})/({zero})"
        yield f"{start} + 1/({zero}) - 1/({zero})"
        yield f"{start} + log({zero}) - log({zero})"
        yield f"{start} + 0*log({zero})"


# What happens to be equal: a part that was changed is 0, or is the same where the rest is not 0.
TRUE_AFTER_ALL = {
    ("multiclass, j ≠ i", "-1/yhat[i] * (0*K - exp(z[i])*exp(z[j]))/S^2"),
    (
        "multiclass, j ≠ i",
        "sum(-y[t]/yhat[t] * (delta(t, j)*exp(z[t])*K - exp(z[t])*exp(z[j]))/S^2, t)",
    ),
    ("weights, row k = i", "sum((yhat[i] - y[t])*dz[t]/dW[i, q], t)"),
    ("weights, row k = i", "sum((yhat[t] - y[i])*dz[t]/dW[i, q], t)"),
    ("weights, row k = i", "sum(dL/dz[i]*dz[t]/dW[i, q], t)"),
    ("weights, rows k ≠ i", "sum(dL/dz[k]*delta(t, k)*x[q], t)"),
    ("bias", "sum(dL/dz[k]*delta(t, k), t)"),
    ("bias", "sum(dL/dz[k]*dz[t]/db[k], t)"),
    ("sketch, M3", "-S/exp(z[i]) * (delta(i, j)*exp(z[j])*S - exp(z[i])*exp(z[j]))/S^2"),
}
FALSE = {(name, line) for name in TASKS for line in (*swapped(name), *without_a_value(name))}
FALSE = sorted(FALSE - TRUE_AFTER_ALL)


@pytest.mark.sampled(5)
@pytest.mark.parametrize("name", TASKS)
def test_no_false_line_is_accepted(name):
    tutor, accepted = Tutor(name), []
    for line in (line for task, line in FALSE if task == name):
        answer = tutor.line(line)
        if answer:
            accepted.append(line)
            tutor.undo()
    assert accepted == []


def test_at_least_three_hundred_false_lines_are_tried():
    assert len(FALSE) >= 300


@pytest.mark.parametrize("zero", ["y", "1 - y", "y - 1/2"])
def test_a_denominator_that_a_target_can_make_0_is_named(zero):
    answer = Tutor("binary, any y").line(f"dL/dz * ({zero})/({zero})")
    assert not answer
    assert "is never 0" in answer.text or "no value" in answer.text


def test_no_counterexample_lies_outside_the_task():
    for line in ("yhat + y", "(yhat - y)*y", "dL/dz + y^2*(1 - y)", "2*yhat", "-y/yhat"):
        answer = Tutor("binary, any y").line(line)
        assert answer.status == REFUTED
        at = re.search(r"y = ([−0-9.]+)", answer.text)[1].replace("−", "-")
        assert 0 <= float(at) <= 1
    for line in ("dL/dz[j] + delta(i, j) + z[j]", "yhat[i]", "dL/dz[j] - S"):
        place = re.search(r"i = (\d), j = (\d)", Tutor("multiclass, j ≠ i").line(line).text)
        assert place[1] != place[2]


# Derivations in which nothing is derived.


def shows(task):
    """All that shows a milestone of a task, without the equations."""
    for milestone in task.milestones:
        for text in (*milestone.evidence, *milestone.beside):
            if "sum(" not in text:
                yield text.partition(" = ")[0]


def pretences(task):
    """Lines, one after the other, that name what shows a milestone and derive nothing."""
    start, goal = task.start, task.goals[0]
    yield [f"{goal} = {start}"]
    yield [f"{start} = {goal}"]
    for part in dict.fromkeys(shows(task)):
        yield [f"{start} + {part} - ({part})"]
        yield [f"{goal} + {part} - ({part})"]
        yield [f"{part} - ({part}) + {goal}"]
        yield [f"{goal} + ({part})/2 + ({part})/2 - ({part})"]
        yield [f"({goal}) * ({part})/({part})"]
        yield [f"{goal} + 0*({part})"]
        yield [f"{goal} = {start} + {part} - ({part})"]
        if "d/d" not in part:
            yield [f"{part} = {part}"]
            yield [f"1/({part}) = ({part})^-1", f"{part} = 2*({part}) - ({part})"]


PADDED = [
    ("binary, y = 1", ["2*(yhat - 1) + 1/yhat*yhat*(1 - yhat)"]),
    ("binary, y = 1", ["(yhat - 1)/2 - 1/2*1/yhat*yhat*(1 - yhat)"]),
    ("binary, y = 1", ["yhat/2 + yhat/2 + yhat - 2 + 1/yhat*yhat*(1 - yhat)"]),
    ("binary, y = 1", ["(yhat - 1)*(2 - 1/yhat*yhat*(1 - yhat)/(1 - yhat))"]),
    ("binary, y = 1", ["yhat*(yhat - 1) - (1 - yhat)*1/yhat*yhat*(1 - yhat)"]),
    ("binary, y = 1", ["2*(yhat - 1) + 1/yhat*dyhat/dz", "dyhat/dz = yhat*(1 - yhat)"]),
    (
        "binary, y = 1",
        ["2*(yhat - 1) - d/dz(log(1 + exp(-z)))", "2*(yhat - 1) + exp(-z)/(1 + exp(-z))"],
    ),
    ("binary, any y", ["2*(yhat - y) - (-y/yhat + (1 - y)/(1 - yhat))*yhat*(1 - yhat)"]),
    ("multiclass, j ≠ i", ["2*yhat[j] - 1/yhat[i]*yhat[i]*yhat[j]"]),
    ("multiclass, j ≠ i", ["2*yhat[j] - d/dz[j](S)/S", "d/dz[j](S) = exp(z[j])"]),
    ("multiclass, j ≠ i", ["sum(y[t]*(2*yhat[j] - 1/yhat[t]*yhat[t]*yhat[j]), t)"]),
    ("multiclass, j ≠ i", ["yhat[j] + sum(dyhat[t]/dz[j], t)"]),
    (
        "multiclass, j ≠ i",
        [
            "yhat[j]*sum(yhat[t] + dyhat[t]/dz[j], t)",
            "yhat[j]*sum(yhat[t] + yhat[t]*(delta(t, j) - yhat[j]), t)",
        ],
    ),
    ("weights, row k = i", ["2*(yhat[i] - 1)*x[q] - dL/dz[i]*x[q]"]),
    ("bias", ["yhat[k] - y[k] + sum(dyhat[t]/db[k], t)"]),
    (
        "sketch, M3",
        [
            "2*(yhat[j] - delta(i, j))"
            " + S/exp(z[i])*(delta(i, j)*exp(z[i])*S - exp(z[i])*exp(z[j]))/S^2"
        ],
    ),
]


@pytest.mark.parametrize(("name", "lines"), PADDED)
def test_the_result_with_a_proof_added_and_taken_away_is_not_derived(name, lines):
    tutor = Tutor(name)
    for line in (*lines, tutor.task.goals[0]):
        tutor.line(line)
    assert not tutor.finished


AT_ONCE = ("binary, y = 1", "multiclass, j ≠ i")


@pytest.mark.parametrize(
    "name", [pytest.param(n, marks=() if n in AT_ONCE else pytest.mark.slow) for n in TASKS]
)
def test_no_derivation_is_finished_in_which_nothing_was_derived(name):
    task = TASKS[name]
    for lines in pretences(task):
        tutor = Tutor(name)
        for line in (*lines, task.goals[0]):
            tutor.line(line)
        assert not tutor.finished, lines


def test_an_equation_between_values_shows_nothing():
    tutor = Tutor("binary, y = 1")
    for line in ("1/yhat = 1 + exp(-z)", "yhat*(1 - yhat) = yhat - yhat^2", "exp(z) = 1/exp(-z)"):
        assert tutor.line(line).text == "The side calculation is right."
    assert len(tutor.missing) == len(tutor.task.milestones)
    assert tutor.line("yhat - y").status == "true, but show how"


@pytest.mark.parametrize(
    ("name", "beside"),
    [
        ("binary, y = 1", ["d/dz(exp(z)) = exp(z)", "dL/dyhat = -1/yhat"]),
        ("binary, y = 1", ["d/dz(exp(-z)) = -exp(-z)", "dL/dyhat = -1/yhat"]),
        ("binary, any y", ["d/dyhat(log(yhat)) = 1/yhat", "dyhat/dz = yhat*(1 - yhat)"]),
        ("binary, any y", ["d/dz(exp(z)) = exp(z)", "d/dyhat(log(1 - yhat)) = -1/(1 - yhat)"]),
        ("weights, row k = i", ["dL/dyhat[i] = -1/yhat[i]", "dz[i]/dW[i,q] = x[q]"]),
        ("weights, rows k ≠ i", ["dL/dyhat[i] = -1/yhat[i]", "dz[k]/dW[k,q] = x[q]"]),
        ("bias", ["dL/dyhat[i] = -1/yhat[i]", "dz[k]/db[k] = 1"]),
        ("bias", ["dL/dz[k] = 0 + dL/dz[k]", "dz[k]/db[k] = 1"]),
        ("binary, y = 1", ["dL/dyhat*dyhat/dz = yhat - 1"]),
        ("binary, any y", ["dL/dyhat*dyhat/dz = yhat - y"]),
        ("binary, any y", ["(dL/dyhat + 1)*dyhat/dz = yhat - y + yhat*(1 - yhat)"]),
        ("multiclass, j ≠ i", ["dL/dyhat[i]*d/dz[j](exp(z[i])/S) = yhat[j]"]),
        (
            "multiclass, j = i",
            ["d/dz[i](S)*dL/dyhat[i]*dyhat[i]/dz[i] = exp(z[i])*(yhat[i] - 1)"],
        ),
    ],
)
def test_a_derivative_beside_shows_nothing_of_another(name, beside):
    tutor = Tutor(name)
    for line in beside:
        assert tutor.line(line)
    answer = tutor.line(tutor.task.goals[0])
    assert (answer.status, tutor.finished) == (SHOW_HOW, False)


@pytest.mark.parametrize(
    "line",
    ["(yhat - 1)/(yhat*(1 - yhat)) * dyhat/dz", "(yhat - 1) * dyhat/dz / (dyhat/dz)"],
)
def test_a_derivative_that_came_for_show_shows_nothing(line):
    tutor = Tutor("binary, y = 1")
    assert tutor.line(line).status == SHOW_HOW


def test_a_product_taken_apart_beside_shows_both_of_its_derivatives():
    tutor = Tutor("binary, y = 1")
    assert tutor.line("dL/dyhat*dyhat/dz = -1/yhat*yhat*(1 - yhat)")
    assert tutor.line("yhat - y")
    assert tutor.finished


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("multiclass, j ≠ i", "d/dyhat[i](log(exp(z[i])/S) + yhat[i] - yhat[i]) = 0"),
        ("multiclass, j ≠ i", "d/dyhat[i](exp(z[i])/S + yhat[i]) = 1"),
        ("multiclass, j ≠ i", "d/dS(sum(exp(z[t]),t) + S) = 1"),
        ("weights, row k = i", "d/dz[i](sum(W[i,p]*x[p],p) + b[i] + z[i]) = 1"),
    ],
)
def test_what_a_variable_is_computed_from_is_no_constant_beside_it(name, line):
    assert "is computed from it" in Tutor(name).line(line).text


def test_beside_the_denominator_a_logit_is_one_more_variable():
    assert Tutor("multiclass, j ≠ i").line("d/dS(log(S) - z[i]) = 1/S")


def test_what_is_no_function_of_z_has_the_slope_0_and_arguments_may_be_written():
    for line in ("d/dz(y) = 0", "dy/dz = 0", "d/dz(y*z) = y + z*dy/dz"):
        assert Tutor("binary, any y").line(line), line
    for line in ("-1/yhat(z) * yhat'(z)", "d/dz(L(z)) = -1/yhat * dyhat/dz"):
        assert Tutor("binary, y = 1").line(line), line


@pytest.mark.parametrize(
    ("name", "line", "words"),
    [
        ("weights, row k = i", "dL/dW[i,q]*sum(x[p]^2,p)/sum(x[p]^2,p)", "sum_p(x[p]^2) is never"),
        ("multiclass, j = i", "sum(1/z[t],t)*0 + dL/dz[i]", "z[t] is never 0"),
        ("multiclass, j = i", "dL/dz[i]*(K-1)/(K-1)", "line 1 is 0 and line 2 has no value"),
        ("binary, y = 1", "dL/dz + log(z^2)-2*log(z)", "line 2 has no value"),
        ("binary, y = 1", "-exp(log(1-y)+log(1-yhat))", "line 2 has no value"),
        ("weights, row k = i", "z[i] = sum(W[i,q]*x[q],q)+b[i]", "another letter, p."),
    ],
)
def test_what_is_said_holds_no_internals_and_no_rounding(name, line, words):
    assert words in Tutor(name).line(line).text


def test_the_result_turned_round_is_not_the_next_line():
    tutor = Tutor("binary, y = 1")
    for line in ("yhat - 1 = dL/dz", "yhat - y = d/dz(-log(yhat))", "-exp(-z)*yhat = dL/dz"):
        assert tutor.line(line).status == "true, but show how"
    assert tutor.lines == ["dL/dz"]


def test_what_is_asked_for_is_the_derivative_that_stands_on_the_students_own_road():
    tutor = Tutor("binary, y = 0")
    tutor.line("1/(1 - yhat) * d/dz(1/(1 + exp(-z)))")
    assert tutor.line("sigma(z)").text.endswith("What is ∂/∂z(1/(1 + exp(−z)))?")


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("multiclass, j = i", "sum(-1/yhat[t]*dyhat[t]/dz[i], t)"),
        ("multiclass, j = i", "dL/dS*dS/dz[i]"),
        ("multiclass, j ≠ i", "sum(-y[t]/yhat[t]*yhat[t]*(delta(t, j) - yhat[t]), t)"),
        ("multiclass, j ≠ i", "-sum(y[t]*(delta(i, j) - exp(z[i])/S), t)"),
        ("multiclass, j ≠ i", "dL/dS = S"),
        ("weights, row k = i", "dL/dS*d/dW[i, q](S)"),
        ("weights, rows k ≠ i", "-sum(y[t]*(delta(t, k) - exp(z[t])/S)*x[q], t)"),
        ("bias", "sum(-y[t]/yhat[t]*yhat[t]*(1 - yhat[k]), t)"),
        ("sketch, M3", "dL/dS*dS/dz[j] + delta(i, j)"),
        ("sketch, W2", "-sum(y[t]*(delta(t, i) - exp(z[i])/S), t)"),
    ],
)
def test_a_false_sum_over_the_targets_is_refuted(name, line):
    assert Tutor(name).line(line).status == REFUTED


@pytest.mark.parametrize(
    "line", ["sigma(z)", "1/(1 + exp(-z))", "yhat", "-exp(-z)/(1 + exp(-z)) + 1"]
)
def test_the_last_line_is_written_by_the_student(line):
    tutor = Tutor("binary, y = 0")
    tutor.line("1/(1 - yhat) * yhat*(1 - yhat)")
    answer = tutor.line(line)
    assert answer
    assert not answer.finished
    assert answer.text.endswith("What is left is to simplify to yhat - y.")
    assert tutor.line("yhat - y").finished


@pytest.mark.parametrize(
    "line",
    [
        "yhat(-z) = 1 - yhat(z)",
        "1/yhat(z) - 1 = exp(-z)",
        "L(yhat) = -y*log(yhat) - (1 - y)*log(1 - yhat)",
        "L'(yhat)*yhat'(z) = L'(z)",
        "yhat'(z) = yhat(z)*yhat(-z)",
        "yhat(z)^2 = yhat - yhat(1 - yhat)",
        "z(yhat) = log(yhat/(1 - yhat))",
        "z'(yhat) = 1/(yhat(1 - yhat))",
        "d/dyhat(1/(1 + exp(-z))) = 1",
    ],
)
def test_a_true_line_in_function_notation_is_accepted(line):
    assert Tutor("binary, any y").line(line)


@pytest.mark.parametrize(
    "line",
    [
        "yhat(1) = yhat",
        "yhat(-z) = -yhat*z",
        "yhat(z)^2 = yhat*z^2",
        "L(yhat) = L*yhat",
        "L(0) = 0",
        "y(z) = y*z",
        "yhat'(z) = z*yhat'",
        "L'(yhat) = L'",
        "z(yhat) = z*yhat",
        "dL/dz^2 = (dL/dz)^2",
        "d/dz(1 + exp(-z))^2 = exp(-z)^2",
        "d/dz(step(z)) = 0",
        "d/dz(relu(z)) = step(z)",
        "d/dyhat(1/(1 + exp(-z))) = yhat*(1 - yhat)",
    ],
)
def test_an_argument_is_never_taken_for_a_factor(line):
    assert not Tutor("binary, any y").line(line)


def test_the_inverse_function_has_its_meaning():
    for line in (
        "dz/dyhat = 1/(yhat*(1 - yhat))",
        "dyhat/dz = 1/(dz/dyhat)",
        "dz/dyhat*dyhat/dz = 1",
    ):
        assert Tutor("binary, any y").line(line)
    assert Tutor("binary, any y").line("dz/dyhat = 0").status == REFUTED


# Lines that are true, in the notations of students.


def subscripts(line):
    return re.sub(r"\[(\w)(?:, (\w))?\]", lambda at: f"_{at[1]}{at[2] or ''}", line)


def bracketed(line):
    """Write `d/dz(u)` as `d(u)/dz`, where u holds no brackets within brackets."""
    return re.sub(r"d/d(\w+(?:\[[\w, ]+\])?)\(((?:[^()]|\([^()]*\))*)\)", r"d(\2)/d\1", line)


NOTATIONS = {
    "as it stands": str,
    "z_j for z[j]": subscripts,
    "∂": lambda line: re.sub(r"\bd(?=[A-Za-z(]*/?d?/?)(?!elta)", "∂", line.replace("d/d", "∂/∂")),
    "d(u)/dz": bracketed,
    "D(u, z)": lambda line: re.sub(
        r"d/d(\w+(?:\[[\w, ]+\])?)\(((?:[^()]|\([^()]*\))*)\)", r"D(\2, \1)", line
    ),
    "e^(...)": lambda line: line.replace("exp(", "e^("),
    "hats": lambda line: line.replace("dyhat", "dŷ").replace("yhat", "ŷ"),
    "y_hat": lambda line: subscripts(line).replace("yhat", "y_hat"),
    "ln": lambda line: line.replace("log(", "ln("),
    "· and −": lambda line: line.replace("*", " · ").replace("-", "−"),
}
TRUE = [(name, road, how) for name in ROADS for road in ROADS[name] for how in NOTATIONS]


@pytest.mark.sampled(29)
@pytest.mark.parametrize("how", NOTATIONS)
@pytest.mark.parametrize("name", ROADS)
def test_every_road_is_open_in_every_notation(name, how):
    for road, lines in ROADS[name].items():
        tutor = Tutor(name)
        for line in (*lines, tutor.task.goals[0]):
            answer = tutor.line(NOTATIONS[how](line))
            assert answer.status == ACCEPTED, (road, NOTATIONS[how](line), answer)
        assert tutor.finished, road


def test_at_least_three_hundred_true_lines_are_tried():
    written = {
        (name, NOTATIONS[how](line))
        for name, road, how in TRUE
        for line in (*ROADS[name][road], TASKS[name].goals[0])
    }
    assert len(written) >= 300


@pytest.mark.parametrize(
    "lines",
    [
        ["-log(yhat)’", "-(yhat)'/yhat", "-yhat*(1 - yhat)/yhat", "yhat - y"],
        ["-1/yhat * yhat'", "-1/yhat * sigma'(z)", "-1/yhat * yhat (1 - yhat)", "ŷ − y"],
        ["(log(1 + e^-z))'", "1/(1 + e^-z) * (1 + e^-z)'", "-e^-z/(1 + e^-z)", "yhat - y"],
    ],
)
def test_a_prime_is_read_where_there_is_one_variable(lines):
    tutor = Tutor("binary, y = 1")
    for line in lines:
        answer = tutor.line(line)
        assert answer, answer
    assert tutor.finished
