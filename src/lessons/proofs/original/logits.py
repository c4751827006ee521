"""The sketch's first page: ∇_z L = ŷ − y, binary and multiclass. Classes count 1 … m there."""

from sympy import log

from lessons.proofs.notation import L, sum_over, t, y, yhat
from lessons.proofs.original.line import SketchLine
from lessons.proofs.tutor.tasks import binary, multiclass

# B2 alone speaks of y = 0. Up to M2 the loss is the whole cross-entropy, then −log ŷ[i].
_ANY_LOSS = binary.ANY.definitions
LABEL_1 = binary.POSITIVE.with_({L: _ANY_LOSS[L]})
LABEL_0 = binary.NEGATIVE.with_({L: _ANY_LOSS[L]})
LABEL, ANY, OTHER = multiclass.OWN, multiclass.ANY, multiclass.OTHER
START = LABEL.with_({L: -sum_over(t, y[t] * log(yhat[t]))})

_T = "sum(e^(z[t]), t)"
_SCANNED = f"(e^(z[i]) - e^(z[i])*{_T}/{_T})/{_T}"
_QUOTIENT = f"-{_T}/e^(z[i]) * (delta(i, j)*e^(z[i])*{_T} - e^(z[i])*e^(z[j]))/{_T}^2"
_MENDED = ("dL/dz[j]", _QUOTIENT, f"e^(z[j])/{_T} - delta(i, j)", "yhat[j] - y[j]")

BINARY_LINES = (
    SketchLine(
        "B1",
        "We start from (this is y = 1):",
        (("L", "-1*log(1/(1 + e^(-z)))"),),
        "It is the cross-entropy for y = 1, of which only the term with log ŷ is left.",
        ("L", "-log(yhat)", "-log(1/(1 + e^(-z)))"),
        LABEL_1,
    ),
    SketchLine(
        "B2",
        "The case y = 0 is analogous, by a change of sign.",
        (),
        r"It is right if the sign of z changes: $L(z; y = 0) = \log(1 + e^z) = L(-z; y = 1)$. It "
        r"is wrong if only the sign of the result changes, which gives $\sigma(-z)$. So it has to "
        "be shown.",
        ("dL/dz", "d/dz(log(1 + e^z))", "e^z/(1 + e^z)", "1/(1 + e^(-z))", "yhat - y"),
        LABEL_0,
    ),
    SketchLine(
        "B3",
        "The prediction, and from it the gap for y = 1:",
        (
            ("yhat", "1/(1 + e^(-z))"),
            ("yhat - y", "1/(1 + e^(-z)) - 1", "-e^(-z)/(1 + e^(-z))"),
        ),
        "The last form is worth more than it looks: at z = 40 a computer keeps all its digits, and "
        "none of those of ŷ − 1.",
        (
            "yhat - y",
            "1/(1 + e^(-z)) - 1",
            "(1 - (1 + e^(-z)))/(1 + e^(-z))",
            "-e^(-z)/(1 + e^(-z))",
        ),
        LABEL_1,
    ),
    SketchLine(
        "B4",
        "The derivative for y = 1:",
        (
            (
                "dL/dz",
                "-(1/(1 + e^(-z))) * (1/(1 + e^(-z))^2) * (-e^(-z))",
                "-e^(-z)/(1 + e^(-z))",
                "yhat - y",
            ),
        ),
        r"Both ends are right, the middle is wrong twice: $-1/\hat y$ is $-(1 + e^{-z})$, and the "
        r"derivative of $1/(1 + e^{-z})$ is $+e^{-z}/(1 + e^{-z})^2$.",
        (
            "dL/dz",
            "-(1 + e^(-z)) * d/dz(1/(1 + e^(-z)))",
            "-(1 + e^(-z)) * (e^(-z)/(1 + e^(-z))^2)",
            "-e^(-z)/(1 + e^(-z))",
            "yhat - y",
        ),
        LABEL_1,
    ),
    SketchLine(
        "B5",
        "The conclusion:",
        (("dL/dz", "-e^(-z)/(1 + e^(-z))", "yhat - y"),),
        "It holds, although B4 does not prove it.",
        ("dL/dz", "-e^(-z)/(1 + e^(-z))", "yhat - y"),
        LABEL_1,
    ),
)

MULTICLASS_LINES = (
    SketchLine(
        "M1",
        "Let i be the index with y[i] = 1, the rest … (the scan lost that they are 0).",
        (),
        "It says what y is, and fits in a formula.",
        ("y[j]", "delta(i, j)"),
        ANY,
    ),
    SketchLine(
        "M2",
        "We start from:",
        (("L", f"-log(e^(z[i])/{_T})"),),
        "It is the cross-entropy, of which only the label's term is left.",
        ("L", "-sum(y[t]*log(yhat[t]), t)", "-log(yhat[i])", f"-log(e^(z[i])/{_T})"),
        START,
    ),
    SketchLine(
        "M3",
        "The derivative by z[i], as scanned:",
        (("dL/dz[i]", f"-{_SCANNED}", _SCANNED),),
        "As scanned the numerator cancels, so the right-hand sides are 0 for every z. The quotient "
        "rule has a product in each term of its numerator; here for any class j.",
        _MENDED,
        LABEL,
        ANY,
    ),
    SketchLine(
        "M4",
        "The same again:",
        ((_SCANNED, _SCANNED),),
        "A = A holds, whatever A is, and proves nothing. What it repeats is M3's right-hand side, "
        "which is 0. What should stand here ends the calculation.",
        _MENDED,
        LABEL,
        ANY,
    ),
    SketchLine(
        "M5",
        "j ≠ i: exactly softmax(z[j]):",
        (("dL/dz[j]", "e^(z[j])/e^(z[j])"),),
        r"The softmax of one number is 1. Softmax takes the whole vector: with the index outside, "
        r"$\mathrm{softmax}(z)_j$, which is $\hat y_j$, the line is true.",
        (
            "dL/dz[j]",
            f"-{_T}/e^(z[i]) * (0*{_T} - e^(z[i])*e^(z[j]))/{_T}^2",
            f"e^(z[j])/{_T}",
            "yhat[j]",
        ),
        OTHER,
        meant=(("dL/dz[j]", "softmax(z)[j]"),),
    ),
    SketchLine(
        "M6",
        "j = i: exactly softmax(z[i]) − 1:",
        (("dL/dz[i]", "e^(z[i])/e^(z[i]) - 1"),),
        r"Letter by letter that is 1 − 1. With $\mathrm{softmax}(z)_i$ the line is true.",
        (
            "dL/dz[i]",
            f"-{_T}/e^(z[i]) * (e^(z[i])*{_T} - e^(z[i])*e^(z[i]))/{_T}^2",
            f"e^(z[i])/{_T} - 1",
            "yhat[i] - 1",
        ),
        LABEL,
        meant=(("dL/dz[i]", "softmax(z)[i] - 1"),),
    ),
    SketchLine(
        "M7",
        "y − y is the vector (softmax(z₁) … softmax(zₘ)) − (0 … 1 … 0); its component j:",
        (("y[j] - y[j]", "e^(z[j])/e^(z[j]) - delta(i, j)"),),
        "On the page both letters read y, so the left side is 0, and each softmax is of one "
        "number. It holds once the hat is back and softmax takes the whole vector.",
        ("dL/dz[j]", f"e^(z[j])/{_T} - delta(i, j)", "yhat[j] - y[j]"),
        ANY,
        meant=(("yhat[j] - y[j]", "softmax(z)[j] - delta(i, j)"),),
    ),
)
