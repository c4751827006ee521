"""The reader: what a typed line means, and what a vocabulary does not know."""

from dataclasses import replace

import pytest
import sympy
from sympy import KroneckerDelta, Rational, exp, log

from lessons.proofs.language.grammar import NotUnderstood
from lessons.proofs.language.reader import read
from lessons.proofs.language.vocabulary import Vocabulary
from lessons.proofs.notation import (
    K,
    L,
    Partial,
    S,
    W,
    d,
    i,
    j,
    logit,
    p,
    prediction,
    q,
    sigma,
    sum_over,
    t,
    target,
    x,
    y,
    yhat,
    z,
)

BINARY = Vocabulary(
    {"z": logit, "y": target, "yhat": prediction, "L": L}, {}, (), frozenset({"z", "yhat"})
)
MULTICLASS = Vocabulary(
    {"S": S, "K": K, "L": L},
    {"z": z[j], "y": y[j], "yhat": yhat[j], "x": x[q], "W": W[j, q]},
    (i, j, q),
    frozenset({"z", "W", "S"}),
)


@pytest.mark.parametrize(
    ("text", "expression"),
    [
        ("exp(z[j])/S", exp(z[j]) / S),
        ("e^(z[j]) / S", exp(z[j]) / S),
        ("e^-z[j]", exp(-z[j])),
        ("e^z[j]*x[q]", exp(z[j]) * x[q]),
        ("e * S", exp(1) * S),
        ("-S^2", -(S**2)),
        ("S**-2", S**-2),
        ("(S)^(-2)", S**-2),
        ("2S K", 2 * S * K),
        ("K(S + 1)(S - 1)/2", K * (S + 1) * (S - 1) / 2),
        ("S/2/K", S / 2 / K),
        ("S - K - 1", S - K - 1),
        ("S − K·2 × S", S - 2 * K * S),
        ("0.25S", Rational(1, 4) * S),
        ("ln(S) + log(S)", 2 * log(S)),
        ("σ(z[j])", sigma(z[j])),
        ("ŷ[j] - y[j]", yhat[j] - y[j]),
        ("y_hat[j]", yhat[j]),
        ("softmax(z)[i]", yhat[i]),
        ("δ(i, j)", KroneckerDelta(i, j)),
        ("sum(exp(z[t]), t)", sum_over(t, exp(z[t]))),
        ("Σ(W[j, p]*x[p], p)", sum_over(p, W[j, p] * x[p])),
        ("D(log(S), z[j])", Partial(log(S), z[j])),
        ("d/dz[j](log(S))", Partial(log(S), z[j])),
        ("∂ / ∂W[i,q](L)", Partial(L, W[i, q])),
        ("dL/dS", Partial(L, S)),
        ("dS/dz[j]", Partial(S, z[j])),
        ("∂ŷ[i]/∂z[j]", Partial(yhat[i], z[j])),
        ("dy_hat[i] / dz[j]", Partial(yhat[i], z[j])),
        ("sum_t(dL/dz[t])", sum_over(t, Partial(L, z[t]))),
        ("Σ_t(exp(z[t]))", sum_over(t, exp(z[t]))),
        ("δ[i, j]", KroneckerDelta(i, j)),
        ("z_j", z[j]),
        ("y_hat_i - ŷ_j", yhat[i] - yhat[j]),
        ("W_jq*x_q", W[j, q] * x[q]),
        ("e^(z_j)/S", exp(z[j]) / S),
        ("dŷ_i/dz_j", Partial(yhat[i], z[j])),
        ("∂L/∂W_jq", Partial(L, W[j, q])),
        ("d(log(S))/dz_j", Partial(log(S), z[j])),
        ("d/dz_j log(S)", Partial(log(S), z[j])),
        ("Σ_t exp(z_t)", sum_over(t, exp(z[t]))),
        ("S²", S**2),
        ("2S³", 2 * S**3),
        ("e²", exp(2)),
    ],
)
def test_a_line_means_what_it_says(text, expression):
    (typed,) = read(text, MULTICLASS)
    assert _evaluated(typed) == expression


def _evaluated(typed):
    """Rebuilt with SymPy's automatic evaluation, a waiting derivative left as it is."""
    if isinstance(typed, Partial) or not typed.args:
        return typed
    return typed.func(*map(_evaluated, typed.args))


def test_what_is_typed_is_kept_as_it_is_typed():
    (typed,) = read("0*S - S*S^(-1) + 1 - 1", MULTICLASS)
    assert len(typed.args) == 4
    (quotient,) = read("(0*S - exp(z[i])*exp(z[j]))/S^2", MULTICLASS)
    assert quotient.has(sympy.exp(z[i]), sympy.exp(z[j]))
    assert 0 in list(sympy.preorder_traversal(quotient))


def test_an_equation_gives_both_sides():
    assert read("yhat = sigma(z)", BINARY) == (prediction, sigma(logit))


def test_in_the_binary_task_the_letters_are_numbers():
    (typed,) = read("yhat(1 - yhat)", BINARY)
    assert _evaluated(typed) == prediction * (1 - prediction)


@pytest.mark.parametrize(
    ("text", "column", "words"),
    [
        ("z + 1", 0, "z needs its index: z[j]"),
        ("1 + z_r", 6, "No index r"),
        ("yhat'", 4, "without a prime"),
        ("d/dz[j] yhat[i]*S", 0, "How far does this reach?"),
        ("d/dz[j] S^2", 0, "How far does this reach?"),
        ("sum_t exp(z[t]) S", 0, "How far does this reach?"),
        ("dz[i]/dS", 7, "no function of S: S is computed from it"),
        ("dW_jq/dz_j", 7, "no function of z_j"),
        ("y_hat_ij", 0, "as in yhat[j]"),
        ("SK", 0, "write S*K"),
        ("foo(3)", 0, "foo means nothing in this task, which knows K, L, S, W[j, q], x[q]"),
        ("S[j]", 0, "without an index"),
        ("z[i, j]", 0, "as in z[j]"),
        ("W[j]", 0, "as in W[j, q]"),
        ("z[t]", 2, "No index t is known here, only i, j, q"),
        ("z[q]", 2, "counts classes, and q is a feature"),
        ("x[j]", 2, "counts features, and j is a class"),
        ("z[m]", 2, "No index m"),
        ("sum(z[t], t) + z[t]", 17, "No index t"),
        ("sum(S, i)", 7, "has a meaning already"),
        ("sum(sum(z[t], t), t)", 14, "has a meaning already"),
        ("sum(S, g)", 7, "one of the letters"),
        ("dL/dy[j]", 4, "differentiates by S, W[j, q], z[j]"),
        ("dfoo/dz[j]", 1, "foo means nothing"),
        ("2dz/dz[j]", 2, "z needs its index"),
        ("dyhat[t]/dz[j]", 6, "No index t"),
        ("sum_j(S)", 4, "has a meaning already"),
        ("sum_g(S)", 4, "one of the letters"),
        ("sum_ab", 0, "Functions are written"),
        ("delta_ij", 0, "Functions are written"),
        ("ŷ_m", 2, "No index m"),
        ("D(L, x[q])", 5, "differentiates by"),
        ("softmax(y)[j]", 8, "softmax(z)[j]"),
        ("1/2S", 1, "two ways"),
        ("S/-2S", 1, "two ways"),
        ("e^2S", 3, "belong to the exponent"),
        ("S 2", 2, "a * before a number"),
        ("12345", 0, "at most 4 digits"),
        ("0.00001", 0, "at most 4 digits"),
        ("2^(9^99999)", 2, "An exponent is a whole number"),
        ("S^K", 2, "An exponent is a whole number"),
        ("S^0.5", 2, "An exponent is a whole number"),
        ("S^7", 2, "An exponent is a whole number"),
        ("S^-(1 - 2)", 2, "An exponent is a whole number"),
        ("exp(e^S)", 6, "exponential within an exponential"),
        ("D(D(L, z[j]), z[i])", 4, "derivative within a derivative"),
        ("sum(sum(sum(S, t), s), u)", 12, "Two sums"),
    ],
)
def test_what_the_task_does_not_know_is_explained_at_its_place(text, column, words):
    with pytest.raises(NotUnderstood) as caught:
        read(text, MULTICLASS)
    assert words in caught.value.sentence
    assert caught.value.position == column


def test_softmax_has_no_place_in_a_binary_task():
    with pytest.raises(NotUnderstood):
        read("softmax(z)[j]", BINARY)


def test_sizes_keep_the_kinds_of_indices_apart():
    assert read("sum(x[p], p)", MULTICLASS)[0].limits == ((p, 0, d - 1),)
    assert read("sum(z[t], t)", MULTICLASS)[0].limits == ((t, 0, K - 1),)


def test_a_prime_is_the_derivative_by_the_tasks_own_variable():
    binary = replace(BINARY, prime=logit)
    for text, body in (
        ("yhat'", prediction),
        ("sigma'(z)", sigma(logit)),
        ("log(yhat)’", log(prediction)),
        ("(1 + z)′", 1 + logit),
    ):
        assert read(text, binary) == (Partial(body, logit),)
    with pytest.raises(NotUnderstood, match="By what is differentiated here"):
        read("sigma'(2z)", binary)


def test_a_letter_that_is_a_function_of_another_is_differentiated_as_such():
    odds = log(prediction / (1 - prediction))
    binary = replace(BINARY, inverse={prediction: (logit, odds)})
    assert read("dz/dyhat", binary) == (Partial(odds, prediction),)
    assert read("dyhat/dz", binary) == (Partial(prediction, logit),)
    with pytest.raises(NotUnderstood, match="no function of yhat"):
        read("dz/dyhat", BINARY)
