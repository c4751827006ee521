"""Lesson 10: auditing a handwritten proof."""

from lessons.practice.judging.mistakes import Mistake
from lessons.practice.kinds.blank import Blank
from lessons.practice.kinds.choice import Choice
from lessons.practice.kinds.prediction import Number

_COUNTEREXAMPLE = Number(
    name="line-b4",
    lesson="10",
    skill="can refute a line with one number",
    minutes=4,
    difficulty=1,
    stub="sides = (..., ...)",
    hints=(
        "At z = 0 every e^{−z} is 1, and 1 + e^{−z} is 2.",
        "Left: −(1/2)·(1/4)·(−1). Count the minus signs.",
    ),
    insight="One number refutes an equality for good; no number of agreements proves it.",
    within=1e-3,
    mistakes=(
        Mistake(
            "minus times minus",
            "Two minus signs stand on the left: what do they make together?",
            (-0.125, -0.5),
        ),
        Mistake(
            "lost factor",
            "The left has three factors: two of them have 1 + e^{−z} below, one squared.",
            (0.25, -0.5),
        ),
        Mistake(
            "as it should be",
            "You computed what the line should say. Compute what it does say, sign by sign.",
            (-0.5, -0.5),
        ),
        Mistake("order exchanged", "Both are right: the left side comes first.", (-0.5, 0.125)),
        Mistake(
            "sign of the right-hand side", "The right-hand side begins with a minus.", (0.125, 0.5)
        ),
    ),
    otherwise="Put 1 for each e^{−z} and 2 for each 1 + e^{−z}, and count the signs.",
)

_MEND_B4 = Blank(
    name="mend-b4",
    lesson="10",
    skill="can mend a lost reciprocal",
    minutes=5,
    difficulty=2,
    stub="factor = ...",
    hints=(
        "The derivative of −log ŷ is −1/ŷ. What is ŷ, as a fraction?",
        "Dividing by a fraction is multiplying by what?",
    ),
    insight="A reciprocal was lost in the copy: 1/ŷ is 1 + e^{−z}.",
    setting="BINARY",
    mistakes=(
        Mistake(
            "lost reciprocal",
            "That is ŷ itself, as the page has it. The derivative of the logarithm divides by ŷ.",
            "1/(1 + exp(-z))",
        ),
        Mistake(
            "sign taken twice", "The minus stands before the bracket already.", "-(1 + exp(-z))"
        ),
        Mistake(
            "sign of the exponent", "1/ŷ turns the fraction over, not the exponent.", "1 + exp(z)"
        ),
        Mistake(
            "factor dropped",
            "Then the right side would have the square below. What cancels one power of it?",
            "1",
        ),
        Mistake(
            "one power too many",
            "That would cancel the whole denominator. How much of it must remain?",
            "(1 + exp(-z))^2",
        ),
    ),
)

_MEND_M3 = Blank(
    name="mend-m3",
    lesson="10",
    skill="can write the quotient rule for j = i and j ≠ i at once",
    minutes=8,
    difficulty=3,
    stub="numerator = ...",
    hints=(
        "Quotient rule for e^{z_i}/S by z_j: f′S − fS′.",
        "f′ is e^{z_i} if j = i and 0 otherwise: that is δ·e^{z_i}. And S′ has one term.",
    ),
    insight="The scan had lost an index: S′ is e^{z_j}, one term of the sum, not the sum.",
    setting="LABEL_AND_ANOTHER",
    mistakes=(
        Mistake(
            "as scanned",
            "That is 0, as on the scan: the sum was differentiated as if every term depended on "
            "z_j.",
            "exp(z[i])*S - exp(z[i])*S",
        ),
        Mistake(
            "lost δ",
            "Right for j = i. For j ≠ i the numerator e^{z_i} does not depend on z_j: what is f′ "
            "then?",
            "exp(z[i])*S - exp(z[i])*exp(z[j])",
        ),
        Mistake(
            "the other case only",
            "Right for j ≠ i. For j = i the numerator depends on z_j as well.",
            "-exp(z[i])*exp(z[j])",
        ),
        Mistake(
            "order of the difference",
            "The quotient rule begins with f′: the two products are exchanged.",
            "exp(z[i])*exp(z[j]) - delta(i, j)*exp(z[i])*S",
        ),
        Mistake(
            "whole sum differentiated",
            "δ is right. But S′ is not S: one term of the sum depends on z_j.",
            "delta(i, j)*exp(z[i])*S - exp(z[i])*S",
        ),
        Mistake(
            "whole fraction",
            "The S² stands below the line already.",
            "(delta(i, j)*exp(z[i])*S - exp(z[i])*exp(z[j]))/S^2",
        ),
        Mistake(
            "sum for a difference",
            "You added the two products. That is the rule for f·g; for f/g one is subtracted.",
            "delta(i, j)*exp(z[i])*S + exp(z[i])*exp(z[j])",
        ),
        Mistake(
            "cancelled above only",
            "You took e^{z_i} out of both products and dropped it. The S² below holds no e^{z_i} "
            "that it could cancel with.",
            "delta(i, j)*S - exp(z[j])",
        ),
        Mistake(
            "lost factor",
            "In fS′ the factor f has been lost.",
            "delta(i, j)*exp(z[i])*S - exp(z[j])",
        ),
    ),
)

_CHANGE_OF_SIGN = Choice(
    name="change-of-sign",
    lesson="10",
    skill="can make “analogously” precise",
    minutes=5,
    difficulty=2,
    stub="answer = ...",
    hints=(
        "Start from the loss for y = 0: −log(1 − σ(z)). And 1 − σ(z) = σ(?).",
        "When −z is put into a function, the chain rule adds a factor −1 to its derivative.",
    ),
    insight="The word “analogous” hid the chain rule: −(−σ(z)) = σ(z) = ŷ − 0.",
    reason="1 − σ(z) = σ(−z), and the chain rule gives −(−σ(z)).",
    mistakes=(
        Mistake(
            "sign of the result",
            "Try z = −5, y = 0: the model is sure and right, so the slope is nearly 0. Is σ(5)?",
            "a",
        ),
        Mistake(
            "inner derivative forgotten",
            "Nearly: putting −z into the loss also brings the inner derivative −1.",
            "c",
        ),
        Mistake(
            "sign of the loss",
            "Then one of the two losses would be negative. Both are prices.",
            "d",
        ),
    ),
)

_MISSING_FACTOR = Choice(
    name="missing-factor",
    lesson="10",
    skill="can find a lost factor by shapes alone",
    minutes=4,
    difficulty=2,
    stub="answer = ...",
    hints=(
        "A gradient takes the shape of what one differentiates by: here (d,).",
        "z[k] = xᵀw[k] + b[k]. How does it move with w[k], entry by entry?",
    ),
    insight="With it, row k is (ŷ[k] − y[k])·xᵀ: stacked, (ŷ − y)xᵀ, the claim of W4.",
    reason="Shape (d,), and the right one for each feature.",
    mistakes=(
        Mistake(
            "weight for feature",
            "Its shape would fit. But the derivative of xᵀw by w leaves the other factor.",
            "b",
        ),
        Mistake(
            "sum for product", "A sum makes fewer numbers of many; here d numbers are wanted.", "c"
        ),
        Mistake(
            "equal numbers",
            "Would doubling one pixel of x leave its weight's derivative as it is?",
            "d",
        ),
    ),
)

EXERCISES = (_COUNTEREXAMPLE, _MEND_B4, _CHANGE_OF_SIGN, _MEND_M3, _MISSING_FACTOR)
