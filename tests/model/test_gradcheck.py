"""The tester is tested: planted gradients must be refused, right ones accepted, at every scale."""

import numpy as np
import pytest

from lessons.model import (
    binary_cross_entropy,
    binary_cross_entropy_gradient,
    check_gradient,
    complex_step_gradient,
    cross_entropy,
    cross_entropy_gradient,
    linear,
    linear_gradients,
    log_softmax,
    loss_and_gradients,
    mean_cross_entropy_with_gradient,
    numerical_gradient,
    softmax,
)

N, K, D = 5, 3, 4
LABELS = np.array([0, 2, 1, 1, 0])


@pytest.fixture
def problem():
    rng = np.random.default_rng(8)
    return rng.normal(size=(N, D)), rng.normal(size=(K, D)), rng.normal(size=K)


def losses_by_parameter(X, W, b):
    return {
        "W": (lambda V: loss_and_gradients(X, LABELS, V, b)[0], W),
        "b": (lambda c: loss_and_gradients(X, LABELS, W, c)[0], b),
    }


def test_our_own_gradients_pass(problem):
    X, W, b = problem
    _, grad_W, grad_b = loss_and_gradients(X, LABELS, W, b)
    for name, gradient in (("W", grad_W), ("b", grad_b)):
        f, x = losses_by_parameter(X, W, b)[name]
        report = check_gradient(f, gradient, x)
        assert report, report
        assert report.passed is True
        assert report.index is report.absolute_difference is report.relative_difference is None
    logits = linear(X, W, b)
    assert check_gradient(
        lambda z: cross_entropy(z, LABELS).sum(),
        lambda z: cross_entropy_gradient(z, LABELS),
        logits,
    )
    z, y = logits[:, 0], np.linspace(0, 1, N)
    assert check_gradient(
        lambda z: binary_cross_entropy(z, y).sum(),
        lambda z: binary_cross_entropy_gradient(z, y),
        z,
    )


def planted(name):
    def one_wrong_entry(g):
        g[1, 2] += 2e-3
        return g

    return {
        "factor 1.001": lambda g: 1.001 * g,
        "one wrong entry": one_wrong_entry,
        "flipped sign": lambda g: -g,
        "one flipped sign": lambda g: g * np.where(np.arange(D) == 3, -1, 1),
        "divided by K instead of n": lambda g: g * N / K,
        "transposed": lambda g: g.T,
        "summed over the classes": lambda g: g.sum(axis=0),
        "summed over the classes and broadcast": lambda g: np.broadcast_to(g.sum(axis=0), g.shape),
        "rows in the wrong order": lambda g: g[::-1],
        "zero": np.zeros_like,
        "not a number": lambda g: g * np.nan,
        "complex": lambda g: g + 0j,
        "nothing returned": lambda _: None,
    }[name]


PLANTED = (
    "factor 1.001",
    "one wrong entry",
    "flipped sign",
    "one flipped sign",
    "divided by K instead of n",
    "transposed",
    "summed over the classes",
    "summed over the classes and broadcast",
    "rows in the wrong order",
    "zero",
    "not a number",
    "complex",
    "nothing returned",
)


@pytest.mark.sampled(5)
@pytest.mark.parametrize("name", PLANTED)
@pytest.mark.parametrize("scale", [1e-6, 1, 1e6])
def test_a_planted_gradient_is_refused_at_any_scale_of_the_loss(name, scale, problem):
    X, W, b = problem
    _, grad_W, _ = loss_and_gradients(X, LABELS, W, b)
    wrong = planted(name)(grad_W.copy())

    def loss(V):
        return scale * loss_and_gradients(X, LABELS, V, b)[0]

    report = check_gradient(loss, None if wrong is None else scale * wrong, W)
    assert not report
    assert report.passed is False
    assert check_gradient(loss, scale * grad_W, W)


def test_the_report_names_the_entry_and_by_how_much_it_is_off(problem):
    X, W, b = problem
    _, grad_W, _ = loss_and_gradients(X, LABELS, W, b)
    wrong = grad_W.copy()
    wrong[2, 1] += 0.25
    report = check_gradient(losses_by_parameter(X, W, b)["W"][0], wrong, W)
    assert report.index == (2, 1)
    assert report.given == wrong[2, 1]
    assert report.numerical == pytest.approx(grad_W[2, 1], rel=1e-8)
    assert report.absolute_difference == pytest.approx(0.25)
    larger = max(abs(wrong[2, 1]), abs(grad_W[2, 1]))
    assert report.relative_difference == pytest.approx(0.25 / larger)
    for part in ("1 of 12", "[2, 1]", f"{wrong[2, 1]:.6g}", f"{grad_W[2, 1]:.6g}", "2.5e-01"):
        assert part in repr(report)


def test_the_report_of_a_passed_check_shows_no_digit_that_rounding_decides():
    report = check_gradient(lambda x: (x**3).sum(), lambda x: 3 * x**2, [[1.0, 2.0]])
    expected = (
        "gradient agrees with central differences in all 2 entries (relative tolerance 1e-05)"
    )
    assert repr(report) == expected


def test_every_digit_counts_where_the_label_wins_by_40_nats():
    z = np.array([40.0, 0.0, 1.0])
    assert check_gradient(lambda z: cross_entropy(z, 0), lambda z: cross_entropy_gradient(z, 0), z)
    report = check_gradient(lambda z: cross_entropy(z, 0), lambda z: softmax(z) - [1, 0, 0], z)
    assert not report
    assert report.index == (0,)
    assert report.given == 0


@pytest.mark.parametrize("scale", [1e-8, 1e-3, 1, 1e3, 1e8])
def test_the_step_suits_the_scale_of_x(scale):
    x = scale * np.array([1.0, -2.0, 3.0])

    def f(x):
        return np.exp(x / scale).sum() + x[0]

    def gradient(x):
        return np.exp(x / scale) / scale + np.array([1, 0, 0])

    assert check_gradient(f, gradient, x)
    assert not check_gradient(f, lambda x: 1.001 * gradient(x), x)


def test_a_gradient_that_vanishes_passes_although_central_differences_do_not():
    assert check_gradient(lambda x: np.cos(x).sum(), np.zeros(3), np.zeros(3))
    assert check_gradient(lambda z: cross_entropy(z, [0.25] * 4), np.zeros(4), np.full(4, 1.5))
    assert check_gradient(lambda x: 1e9 + 0 * x.sum(), np.zeros((2, 3)), np.ones((2, 3)))


def test_a_small_planted_gradient_is_refused_beside_a_large_value_of_f():
    # Rounding a value of 1e6 blurs the quotients by about 1e-7.
    x = np.array([0.3, 1.2, 2.5])
    assert check_gradient(lambda x: 1e6 + 1e-3 * np.sin(x).sum(), 1e-3 * np.cos(x), x)
    assert not check_gradient(lambda x: 1e6 + np.sin(x).sum(), 1.01 * np.cos(x), x)
    assert not check_gradient(lambda x: 1e6 + 0 * x.sum(), np.full(3, 0.1), x)
    report = check_gradient(lambda x: 1e6 + np.sin(x).sum(), 2 * np.cos(x), x)
    assert report.numerical == pytest.approx(np.cos(x[report.index]), rel=1e-5)  # the best step


def test_float32_gradients_pass_and_planted_ones_do_not(problem):
    X, W, b = (v.astype(np.float32) for v in problem)
    logits = linear(X, W, b)

    def loss(z):
        return mean_cross_entropy_with_gradient(z, LABELS)[0]

    gradient = mean_cross_entropy_with_gradient(logits, LABELS)[1]
    assert gradient.dtype == np.float32
    assert check_gradient(loss, gradient, logits)
    assert not check_gradient(loss, gradient * np.float32(1.001), logits)


def test_a_function_too_rough_to_check_does_not_pass():
    x = np.array([1.0, 2.0])
    for f in (
        lambda x: float(np.float16((x**2).sum())),  # rounded to three digits
        lambda x: np.maximum(x, 1).sum(),  # a kink at x[0]
        lambda x: np.nan * x.sum(),
        lambda x: np.inf,
    ):
        assert not check_gradient(f, lambda x: 2 * x, x)


def test_rounding_in_f_does_not_excuse_a_planted_gradient():
    x = np.array([np.pi])
    for digits in (4, 5, 6, 7):
        assert not check_gradient(
            lambda x, d=digits: np.round((x**2).sum(), d), lambda x: 2.002 * x, x
        )


def test_whatever_f_and_gradient_do_is_reported_and_not_raised():
    def raises(x):
        raise KeyError("missing")

    x = np.ones(3)
    reports = {
        "KeyError": check_gradient(raises, np.ones(3), x),
        "missing": check_gradient(np.sum, raises, x),
        "one number": check_gradient(lambda x: x, np.ones(3), x),
        "got None": check_gradient(lambda x: None, np.ones(3), x),
        "real number": check_gradient(lambda x: 1j * x.sum(), np.ones(3), x),
        "(3,), got (1, 3)": check_gradient(np.sum, np.ones((1, 3)), x),
        "gradient must be finite": check_gradient(np.sum, [1, np.inf, 1], x),
    }
    for part, report in reports.items():
        assert not report
        assert part in repr(report)


def test_nothing_to_compare_is_a_pass_and_functions_cannot_change_x():
    def meddles(x):
        x[...] = 0
        return 0.0

    x = np.array([1.0, 2.0])
    assert check_gradient(np.sum, np.empty((0, 3)), np.empty((0, 3)))
    assert not check_gradient(meddles, np.ones(2), x)
    numerical_gradient(meddles, x)
    complex_step_gradient(lambda x: meddles(x) + 0j, x)
    np.testing.assert_array_equal(x, [1.0, 2.0])


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_numerical_gradient_is_right_to_two_thirds_of_the_digits(dtype):
    x = np.array([[0.3, -1.2], [2.0, 5.0]], dtype)
    gradient = numerical_gradient(lambda x: np.sin(x).sum(), x)
    np.testing.assert_allclose(gradient, np.cos(x), atol=40 * np.finfo(dtype).eps ** (2 / 3))


def test_error_of_the_central_difference_falls_with_h_squared_then_rises():
    def error(h):
        return abs(numerical_gradient(np.exp, 1.0, h=h) - np.e)

    assert error(1e-2) / error(1e-3) == pytest.approx(100, rel=0.01)
    assert error(1e-2) > error(1e-5) < error(1e-12)


def test_complex_step_is_right_to_almost_all_digits():
    x = np.array([[0.3, -1.2], [2.0, 50.0]])
    gradient = complex_step_gradient(lambda x: np.sin(x).sum(), x)
    np.testing.assert_allclose(gradient, np.cos(x), rtol=1e-15)


def test_complex_step_refuses_a_function_that_drops_the_imaginary_part():
    with pytest.raises(TypeError, match="complex number"):
        complex_step_gradient(lambda x: abs(x).sum(), np.ones(3))
    with pytest.raises(TypeError, match="complex128"):
        complex_step_gradient(lambda z: cross_entropy(z, 0), np.ones(3))
    with pytest.raises(ValueError, match=r"one number, got shape \(3,\)"):
        complex_step_gradient(lambda x: x, np.ones(3))


def test_gradients_of_the_linear_layer_are_checked_for_any_upstream_gradient(problem):
    X, W, b = problem
    G = np.random.default_rng(1).normal(size=(N, K))
    grad_W, grad_b = linear_gradients(X, G)
    assert check_gradient(lambda V: (G * linear(X, V, b)).sum(), grad_W, W)
    assert check_gradient(lambda c: (G * linear(X, W, c)).sum(), grad_b, b)
    assert not check_gradient(lambda V: (G * linear(X, V, b)).sum(), G.T @ -X, W)


@pytest.mark.parametrize("decimals", [2, 3, 4, 5, 6, 9])
def test_a_coarse_function_is_named_and_the_gradient_not_accused(decimals):
    def rounded(x):
        return np.round((x**3).sum(), decimals)

    for scale in (1.0, 3.0):
        report = check_gradient(rounded, lambda x, scale=scale: scale * 3 * x**2, [1.5, -0.7, 2.0])
        if scale == 1:
            assert report or "] f is too coarse" in report.message
        else:
            assert not report
            assert decimals < 4 or report.message.startswith("gradient differs in 3 of 3 entries")


@pytest.mark.parametrize("constant", [1e6, 1e9, 1e12])
def test_a_huge_constant_hides_no_wrong_gradient(constant):
    def f(x):
        return (x**2).sum() + constant

    assert not check_gradient(f, lambda x: 2.01 * x, [1.5, -0.7])
    assert not check_gradient(f, lambda x: 2.0 * x + 0.3, [1.5, -0.7])
    assert not check_gradient(f, lambda x: -2.0 * x, [1.5, -0.7])


# f, its gradient in closed form, and where: its scale is finer, or wider, than a step of 1.
OF_ANY_SCALE = {
    "sin far out": (lambda x: np.sin(x).sum(), np.cos, [1e6, 1e6 + 1, -3e6]),
    "1/x near 0": (lambda x: (1 / x).sum(), lambda x: -1 / x**2, [1e-5, -1e-5, 3e-9]),
    "log near 0": (lambda x: np.log(x).sum(), lambda x: 1 / x, [1e-5, 1e-9]),
    "relu beside its kink": (lambda x: np.maximum(x, 0).sum(), lambda x: x > 0, [3e-8, -3e-8]),
    "steep": (lambda x: np.sin(1e7 * x).sum(), lambda x: 1e7 * np.cos(1e7 * x), [0.0, 1e-7, 1.0]),
    "flat": (lambda x: np.sin(1e-9 * x).sum(), lambda x: 1e-9 * np.cos(1e-9 * x), [1.0, -2.0]),
    "an alias of the steps": (
        lambda x: np.sin(2**21 * np.pi * x).sum(),
        lambda x: 2**21 * np.pi * np.cos(2**21 * np.pi * x),
        [0.0],
    ),
    "even about x, and steep": (
        lambda x: np.logaddexp(0, 1e9 * x).sum(),
        lambda x: 5e8 * np.ones_like(x),
        [0.0],
    ),
    "left of it f has no value": (lambda x: np.sqrt(x).sum(), lambda x: 0.5 / np.sqrt(x), [1e-6]),
}


@pytest.mark.parametrize("name", OF_ANY_SCALE)
def test_the_steps_suit_the_scale_of_f(name):
    f, gradient, x = OF_ANY_SCALE[name]
    right = gradient(np.array(x)).astype(float)
    assert (report := check_gradient(f, right, x)), report
    for wrong in (1.001 * right, 0.5 * right, -right, right + 0.01 * abs(right).max()):
        report = check_gradient(f, wrong, x)
        assert report.message.startswith("gradient differs"), report


def test_a_feature_in_other_units_accuses_no_gradient(problem):
    X, W, b = problem
    units = np.array([1, 1e6, 1e-6, 1])
    X, W = X * units, W / units
    right = loss_and_gradients(X, LABELS, W, b)[1]
    assert check_gradient(lambda V: loss_and_gradients(X, LABELS, V, b)[0], right, W)
    for column in range(D):
        wrong = right.copy()
        wrong[:, column] *= 1.001
        assert not check_gradient(lambda V: loss_and_gradients(X, LABELS, V, b)[0], wrong, W)


TRUE = np.array([0.2, 0.5, 0.3])


@pytest.mark.parametrize(
    ("f", "x"),
    [
        pytest.param(lambda z: TRUE @ (np.log(TRUE) - log_softmax(z)), np.log(TRUE), id="KL"),
        *(
            pytest.param(lambda x, n=n, c=c: (x**n).sum() + c, np.zeros(2), id=f"x^{n} + {c:g}")
            for n in (2, 3, 4, 5)
            for c in (0, 1)
        ),
        pytest.param(lambda x: 0.7 + np.maximum(x, 0).sum(), np.array([-5e-4, -5]), id="unit off"),
        pytest.param(lambda x: np.maximum(x, 0).sum(), np.array([-5e-4, -5]), id="unit off at 0"),
        pytest.param(lambda x: np.logaddexp(0, x).sum(), np.array([-800.0]), id="underflow"),
    ],
)
def test_a_gradient_of_zero_passes_where_f_is_level_and_others_do_not(f, x):
    assert (report := check_gradient(f, np.zeros_like(x), x)), report
    for wrong in (1e-3, -1.0):
        report = check_gradient(f, np.full_like(x, wrong), x)
        assert report.message.startswith("gradient differs"), report


@pytest.mark.parametrize(
    ("constant", "slope"),
    [(1e8, 1e-6), (1e12, 1e-3), (-1e16, 1e-3), (100, 1e-12), (1, 1e-14), (1e8, 1e-8)],
)
def test_a_constant_hides_no_slope_that_only_wide_steps_can_see(constant, slope):
    def f(x):
        return constant + slope * x.sum()

    x = np.array([[1.0, -2.0, 0.0]])
    assert (report := check_gradient(f, np.full_like(x, slope), x)), report
    for factor in (0, 1.01, -1, 2):
        report = check_gradient(f, np.full_like(x, factor * slope), x)
        assert report.message.startswith("gradient differs in 3 of 3"), report


@pytest.mark.parametrize("beside", [0.0, 1e6])
@pytest.mark.parametrize("given", [0.0, 0.5, 1.0])
def test_a_kink_is_named_whatever_the_gradient(given, beside):
    x = np.array([2.0, 0.0])
    report = check_gradient(
        lambda x: np.maximum(x, 0).sum() + beside * x[0], [1.0 + beside, given], x
    )
    assert not report
    assert "at [1] f seems to have a kink" in report.message
    assert "0 to the left and 1 to the right" in report.message
    assert not check_gradient(lambda x: abs(x).sum(), np.zeros(1), np.zeros(1))


def test_a_gradient_that_is_wrong_elsewhere_is_accused_beside_a_kink():
    report = check_gradient(lambda x: np.maximum(x, 0).sum(), [0.5, 0.9], [0.0, 1.0])
    assert report.index == (1,)


@pytest.mark.parametrize(
    "f",
    [
        lambda x: np.sin(1e17 * x).sum(),  # finer than the numbers of x
        lambda x: float(x.sum() >= 1),  # jumps
        lambda x: np.round(0.04 * np.tanh(x / 1e3).sum(), 3),  # rounded to 0 all around
    ],
)
@pytest.mark.parametrize("given", [0.0, 1e-5, 1.0, 1e17])
def test_an_f_that_cannot_be_judged_is_named_and_no_gradient_accused(f, given):
    report = check_gradient(f, [given], [1.0])
    assert not report
    assert "at [0] f is too coarse, or finer than the numbers of x" in report.message


def test_the_report_says_which_tolerance_was_used():
    x = np.array([1.0, 3.0])
    right = 2 * x
    in_float32 = check_gradient(lambda x: (x**2).sum(), right.astype(np.float32), x, tolerance=1e-7)
    assert in_float32.message.endswith("(relative tolerance 1.2e-05)")
    in_float64 = check_gradient(lambda x: (x**2).sum(), right, x, tolerance=1e-7)
    assert in_float64.message.endswith("(relative tolerance 1e-07)")
    assert not check_gradient(lambda x: (x**2).sum(), right * (1 + 3e-7), x, tolerance=1e-7)
    blurred = check_gradient(lambda x: 1e6 + 1e-3 * np.sin(x).sum(), 1e-3 * np.cos(x), x)
    assert blurred.message.endswith("(relative tolerance 1e-05; 1e-04 in 2, where f is coarse)")


def test_steps_that_leave_the_domain_of_f_are_passed_over():
    def f(x):
        if x.min() < 0:
            raise ValueError("must not be negative")
        return np.sqrt(x).sum()

    assert check_gradient(f, [500.0], [1e-6])
    assert not check_gradient(f, [501.0], [1e-6])
    assert "ValueError: must not be negative" in check_gradient(f, [500.0], [-1e-6]).message


STAIRS = [0.1, 0.25, 0.5, 0.75, 2.5, 100.5]


@pytest.mark.parametrize("x", STAIRS)
@pytest.mark.parametrize("given", [0.0, 1.0])
@pytest.mark.parametrize("stairs", [np.floor, np.round, lambda v: 3 * np.ceil(v / 3)])
def test_a_staircase_gets_no_verdict(stairs, given, x):
    """Its slope is 0 almost everywhere, and that of its rise is what wide steps see."""
    report = check_gradient(lambda v: float(stairs(v).sum()), np.full(1, given), [x])
    assert not report
    assert report.message.startswith("gradient not checked"), report


def doubled(z):
    return np.where(np.arange(len(z)) == 0, 2, 1) / (1 + np.exp(-z))


HIDDEN = {
    "hidden by a large entry": (
        lambda x: np.exp(x).sum(),
        lambda x: np.array([np.exp(x[0]), 0]),
        [50.0, -50.0],
    ),
    "cancelled": (
        lambda z: np.logaddexp(0, -z).sum(),
        lambda z: 1 / (1 + np.exp(-z)) - 1,
        [40.0, -1.0],
    ),
    "doubled": (lambda z: np.logaddexp(0, z).sum(), doubled, [-40.0, 1.0]),
    "lost": (
        lambda x: np.log1p(np.exp(x[0] - 40)) + x[1] ** 2,
        lambda x: np.array([0, 2 * x[1]]),
        [0.0, 1.0],
    ),
}


@pytest.mark.parametrize("name", HIDDEN)
def test_an_entry_that_nobody_can_tell_is_counted(name):
    assert "in 1 f stands still" in check_gradient(*HIDDEN[name]).message


def test_an_entry_too_small_beside_the_others_is_counted():
    f, gradient = (lambda x: x[0] + 1e-15 * x[1] ** 3), np.array([1, 3.3e-15])
    report = check_gradient(f, gradient, [1.0, 1.0])
    assert report
    assert "beside the largest in 1, too small to tell" in report.message


@pytest.mark.parametrize("entry", [0.01, 1e-9])
@pytest.mark.parametrize("f", [lambda x: x[0] ** 2, lambda x: x[0] ** 2 + 1e6])
def test_an_entry_on_which_f_does_not_depend_is_0(f, entry):
    right, wrong = np.array([2.0, 0.0]), np.array([2.0, entry])
    assert "stands still" not in check_gradient(f, right, [1.0, 1.0]).message
    report = check_gradient(f, wrong, [1.0, 1.0])
    assert (report.passed, report.index, report.numerical) == (False, (1,), 0)


def test_a_zero_among_larger_slopes_needs_no_remark():
    x = np.array([1.0, 0.0, 3.0])
    report = check_gradient(lambda x: (x**2).sum(), lambda x: 2 * x, x)
    assert report.message.endswith("in all 3 entries (relative tolerance 1e-05)")
