"""Lesson 10: auditing a handwritten proof."""

from lessons.practice.kinds.blank import Blank
from lessons.practice.kinds.choice import Choice, Option
from lessons.practice.kinds.prediction import Number, Slip

_COUNTEREXAMPLE = Number(
    name="line-b4",
    lesson="10",
    skill="can refute a line with one number",
    minutes=4,
    difficulty=1,
    prompt=(
        "Line B4 of the page says\n\n"
        r"$$-\frac{1}{1+e^{-z}} \cdot \frac{1}{(1+e^{-z})^2} \cdot (-e^{-z}) = "
        r"-\frac{e^{-z}}{1+e^{-z}}.$$"
        "\n\nCompute both sides at z = 0. Two numbers: left, right."
    ),
    stub="sides = (..., ...)",
    hints=(
        "At z = 0 every e^{−z} is 1, and 1 + e^{−z} is 2.",
        "Left: −(1/2)·(1/4)·(−1). Count the minus signs.",
    ),
    insight="One number refutes an equality for good; no number of agreements proves it.",
    within=1e-3,
    slips=(
        Slip(
            (-0.125, -0.5),
            "minus times minus",
            "Two minus signs stand on the left: what do they make together?",
        ),
        Slip(
            (0.25, -0.5),
            "lost factor",
            "The left has three factors: two of them have 1 + e^{−z} below, one squared.",
        ),
        Slip(
            (-0.5, -0.5),
            "as it should be",
            "You computed what the line should say. Compute what it does say, sign by sign.",
        ),
        Slip((-0.5, 0.125), "order exchanged", "Both are right: the left side comes first."),
        Slip(
            (0.125, 0.5),
            "sign of the right-hand side",
            ("The right-hand side begins with a minus."),
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
    prompt=(
        "Mend line B4. The first factor is the derivative of −log ŷ by ŷ, the rest is the slope of "
        "the sigmoid, with its sign put right:"
        "\n\n"
        r"$$-\Big(\boxed{\;?\;}\Big) \cdot \frac{e^{-z}}{(1+e^{-z})^2} = "
        r"-\frac{e^{-z}}{1+e^{-z}}$$"
    ),
    stub="factor = ...",
    hints=(
        "The derivative of −log ŷ is −1/ŷ. What is ŷ, as a fraction?",
        "Dividing by a fraction is multiplying by what?",
    ),
    insight="A reciprocal was lost in the copy: 1/ŷ is 1 + e^{−z}.",
    setting="BINARY",
    slips=(
        Slip(
            "1/(1 + exp(-z))",
            "lost reciprocal",
            "That is ŷ itself, as the page has it. The derivative of the logarithm divides by ŷ.",
        ),
        Slip(
            "-(1 + exp(-z))",
            "sign taken twice",
            "The minus stands before the bracket already.",
        ),
        Slip(
            "1 + exp(z)", "sign of the exponent", ("1/ŷ turns the fraction over, not the exponent.")
        ),
        Slip(
            "1",
            "factor dropped",
            "Then the right side would have the square below. What cancels one power of it?",
        ),
        Slip(
            "(1 + exp(-z))^2",
            "one power too many",
            "That would cancel the whole denominator. How much of it must remain?",
        ),
    ),
)

_MEND_M3 = Blank(
    name="mend-m3",
    lesson="10",
    skill="can write the quotient rule for j = i and j ≠ i at once",
    minutes=8,
    difficulty=3,
    prompt=(
        "Line M3, as scanned, has a numerator that is 0 for every z. With δ = 1 for j = i and 0 "
        r"otherwise, and $S = \sum_t e^{z_t}$, mend it:"
        "\n\n"
        r"$$\frac{\partial L}{\partial z_j} = -\frac{S}{e^{z_i}} \cdot "
        r"\frac{\boxed{\;?\;}}{S^2}$$"
        '\n\nType it with `"exp(z[i])"`, `"S"`, `"delta(i, j)"` as you need.'
    ),
    stub="numerator = ...",
    hints=(
        "Quotient rule for e^{z_i}/S by z_j: f′S − fS′.",
        "f′ is e^{z_i} if j = i and 0 otherwise: that is δ·e^{z_i}. And S′ has one term.",
    ),
    insight="The scan had lost an index: S′ is e^{z_j}, one term of the sum, not the sum.",
    setting="LABEL_AND_ANOTHER",
    slips=(
        Slip(
            "exp(z[i])*S - exp(z[i])*S",
            "as scanned",
            "That is 0, as on the scan: the sum was differentiated as if every term depended on "
            "z_j.",
        ),
        Slip(
            "exp(z[i])*S - exp(z[i])*exp(z[j])",
            "lost δ",
            "Right for j = i. For j ≠ i the numerator e^{z_i} does not depend on z_j: what is f′ "
            "then?",
        ),
        Slip(
            "-exp(z[i])*exp(z[j])",
            "the other case only",
            "Right for j ≠ i. For j = i the numerator depends on z_j as well.",
        ),
        Slip(
            "exp(z[i])*exp(z[j]) - delta(i, j)*exp(z[i])*S",
            "order of the difference",
            "The quotient rule begins with f′: the two products are exchanged.",
        ),
        Slip(
            "delta(i, j)*exp(z[i])*S - exp(z[i])*S",
            "whole sum differentiated",
            "δ is right. But S′ is not S: one term of the sum depends on z_j.",
        ),
        Slip(
            "(delta(i, j)*exp(z[i])*S - exp(z[i])*exp(z[j]))/S^2",
            "whole fraction",
            "The S² stands below the line already.",
        ),
        Slip(
            "delta(i, j)*exp(z[i])*S + exp(z[i])*exp(z[j])",
            "sum for a difference",
            "You added the two products. That is the rule for f·g; for f/g one is subtracted.",
        ),
        Slip(
            "delta(i, j)*exp(z[i])*S - exp(z[j])",
            "lost factor",
            "In fS′ the factor f has been lost.",
        ),
    ),
)

_CHANGE_OF_SIGN = Choice(
    name="change-of-sign",
    lesson="10",
    skill="can make “analogously” precise",
    minutes=5,
    difficulty=2,
    prompt=(
        "Remark B2: “the case y = 0 is analogous, by a change of sign.” For y = 1 the gradient is "
        "−σ(−z). Which change of sign gives the case y = 0?\n\n"
        "- (a) Of the result: +σ(−z).\n"
        "- (b) Of z, in the loss: L(z; 0) = L(−z; 1), so the derivative is σ(z).\n"
        "- (c) Of z, in the result only: −σ(z).\n"
        "- (d) Of the loss: L(z; 0) = −L(z; 1)."
    ),
    stub="answer = ...",
    hints=(
        "Start from the loss for y = 0: −log(1 − σ(z)). And 1 − σ(z) = σ(?).",
        "When −z is put into a function, the chain rule adds a factor −1 to its derivative.",
    ),
    insight="The word “analogous” hid the chain rule: −(−σ(z)) = σ(z) = ŷ − 0.",
    options=(
        Option(
            "a",
            "Of the result: +σ(−z).",
            "Try z = −5, y = 0: the model is sure and right, so the slope is nearly 0. Is σ(5)?",
            "sign of the result",
        ),
        Option("b", "Of z, in the loss.", "1 − σ(z) = σ(−z), and the chain rule gives −(−σ(z))."),
        Option(
            "c",
            "Of z, in the result only: −σ(z).",
            "Nearly: putting −z into the loss also brings the inner derivative −1.",
            "inner derivative forgotten",
        ),
        Option(
            "d",
            "Of the loss: L(z; 0) = −L(z; 1).",
            "Then one of the two losses would be negative. Both are prices.",
            "sign of the loss",
        ),
    ),
)

_MISSING_FACTOR = Choice(
    name="missing-factor",
    lesson="10",
    skill="can find a lost factor by shapes alone",
    minutes=4,
    difficulty=2,
    prompt=(
        "Lines W2 and W3 give the gradient by row w[k] of W as an expression of exponentials only, "
        "one number. Row w[k] has d numbers. What was lost?\n\n"
        "- (a) The factor x, from the chain rule: ∂z[k]/∂w[k] = x.\n"
        "- (b) The factor w[k], because the derivative of e^{xᵀw} keeps the exponent.\n"
        "- (c) A sum over the features.\n"
        "- (d) Nothing; the number stands for a row of d equal numbers."
    ),
    stub="answer = ...",
    hints=(
        "A gradient takes the shape of what one differentiates by: here (d,).",
        "z[k] = xᵀw[k] + b[k]. How does it move with w[k], entry by entry?",
    ),
    insight="With it, row k is (ŷ[k] − y[k])·xᵀ: stacked, (ŷ − y)xᵀ, the claim of W4.",
    options=(
        Option("a", "The factor x.", "Shape (d,), and the right one for each feature."),
        Option(
            "b",
            "The factor w[k].",
            "Its shape would fit. But the derivative of xᵀw by w leaves the other factor.",
            "weight for feature",
        ),
        Option(
            "c",
            "A sum over the features.",
            "A sum makes fewer numbers of many; here d numbers are wanted.",
            "sum for product",
        ),
        Option(
            "d",
            "Nothing.",
            "Would doubling one pixel of x leave its weight's derivative as it is?",
            "equal numbers",
        ),
    ),
)

EXERCISES = (_COUNTEREXAMPLE, _MEND_B4, _CHANGE_OF_SIGN, _MEND_M3, _MISSING_FACTOR)
