"""Lesson 00: the notation, and what is needed of exponentials, logarithms and derivatives."""

import numpy as np

from lessons.practice.judging.mistakes import Case, Mistake, either, returns, violates
from lessons.practice.kinds.blank import Blank
from lessons.practice.kinds.function import Function
from lessons.practice.kinds.shapes import Shapes
from lessons.practice.sandbox.calls import Failure

_NOTATION_SHAPES = Shapes(
    name="notation-shapes",
    lesson="00",
    skill="can read the shapes of one example from the notation",
    minutes=4,
    difficulty=1,
    stub='shapes = {"x": ..., "W": ..., "b": ..., "z": ..., "L": ...}',
    hints=(
        "W turns d features into K logits, and its row k belongs to class k: how many rows?",
        "Every class has one logit and one bias. The loss is what is minimised: how many numbers?",
    ),
    insight="Rows of W are classes: that one convention fixes every other shape.",
    mistakes=(
        Mistake(
            "column in code",
            "in mathematics it is a column; in code one axis, (d,).",
            ("x", (4, 1)),
        ),
        Mistake(
            "classes for features", "it holds the features of the example, d of them.", ("x", (3,))
        ),
        Mistake(
            "columns as classes",
            "here row k belongs to class k. Other texts store the transpose; which of the two "
            "numbers is K?",
            ("W", (4, 3)),
        ),
        Mistake(
            "square weights",
            "it takes d numbers in and gives K out, and d is not K.",
            ("W", (3, 3)),
        ),
        Mistake("bias by feature", "each class gets a head start, not each feature.", ("b", (4,))),
        Mistake(
            "one bias for all", "a head start that all classes share changes no softmax.", ("b", ())
        ),
        Mistake("logit by feature", "logits compare classes: one for each.", ("z", (4,))),
        Mistake(
            "loss by class", "one example has one loss, the price of its own class.", ("L", (3,))
        ),
        Mistake("vector of one", "it is one number, with no axis at all.", ("L", (1,))),
    ),
)


def _writes_behind_the_last_class(trials):
    """Whether the last class's label alone led to the place K, which a vector of K has not."""
    failed = [t for t in trials if isinstance(t.value, Failure)]
    return bool(failed) and all(
        t.args[0] == t.args[1] - 1 and f"index {t.args[1]} is out of bounds" in t.value.text
        for t in failed
    )


_ONE_HOT = Function(
    name="one-hot",
    lesson="00",
    skill="can turn a label into the target vector y",
    minutes=4,
    difficulty=1,
    stub="def one_hot(label, K):\n    y = np.zeros(K)\n    y[...] = ...\n    return y",
    hints=(
        "`y[2]` is the third place, because places count from 0, as classes do.",
        "An entry is written with `y[place] = value`.",
    ),
    insight="With K = 3 and label 2 the target is (0, 0, 1): a probability vector that is certain.",
    cases=(Case((2, 5)), Case((0, 3)), Case((3, 4)), Case((1, 6))),
    properties=(
        Mistake(
            "not floating",
            "Your target is not floating point. Targets are probabilities; whole numbers would be "
            "taken for labels and truth values for neither.",
            violates(lambda t: t.value.dtype.kind == "f"),
        ),
    ),
    mistakes=(
        Mistake(
            "counted from 1",
            "The 1 stands one place too early: you counted classes from 1. Here and in Python the "
            "first class is number 0.",
            returns(lambda t: np.roll(t.expected, -1)),
        ),
        Mistake(
            "one place too far",
            "The 1 stands one place too late, and for the last class there is no such place. What "
            "is the first place's number?",
            either(
                _writes_behind_the_last_class,
                returns(lambda t: np.roll(t.expected, 1)),
            ),
        ),
        Mistake(
            "label as a value",
            "You wrote the label itself into its place. The label says where; what stands there is "
            "a probability.",
            returns(lambda t: t.args[0] * t.expected),
        ),
        Mistake(
            "inverted",
            "All classes but the right one have a 1. The target is certain of one class.",
            returns(lambda t: 1 - t.expected),
        ),
        Mistake(
            "all classes at once",
            "That is the table of all K targets. One label asks for one of its rows.",
            returns(lambda t: np.eye(t.args[1])),
        ),
    ),
)

_LOG_OF_RECIPROCAL = Blank(
    name="log-of-reciprocal",
    lesson="00",
    skill="can use the rules of the logarithm",
    minutes=3,
    difficulty=1,
    stub="inside = ...",
    hints=("log(1/u) = −log u.", "There are two minus signs now. What is u?"),
    insight="Every loss in this series begins with this line.",
    setting="LOGIT",
    mistakes=(
        Mistake(
            "sign of the exponent",
            "The logarithm's minus turned the fraction over; it did not reach into the exponent.",
            "1 + exp(z)",
        ),
        Mistake(
            "minus forgotten",
            "That is what stood there before: where has the minus sign in front gone?",
            "1/(1 + exp(-z))",
        ),
        Mistake(
            "minus inside",
            "A minus sign cannot move into a logarithm: log of a negative number does not exist. "
            "As what does it come out of log(1/u)?",
            "-(1 + exp(-z))",
        ),
        Mistake(
            "one forgotten",
            "log(a + b) is not log a + log b: the 1 belongs to the sum and stays.",
            "exp(-z)",
        ),
        Mistake(
            "logarithm twice",
            "The logarithm stands before the bracket already: only what is inside it is missing.",
            "log(1 + exp(-z))",
        ),
    ),
)

_CHAIN_RULE = Blank(
    name="chain-rule",
    lesson="00",
    skill="can differentiate a function of a function",
    minutes=4,
    difficulty=1,
    stub="derivative = ...",
    hints=(
        "Call the inside u = 1 + e^z. What is the derivative of log u by u?",
        "Multiply by the derivative of u by z.",
    ),
    insight="That is σ(z): the sigmoid is the slope of log(1 + e^z).",
    setting="LOGIT",
    mistakes=(
        Mistake(
            "inner derivative forgotten",
            "That is 1/u, the derivative by u. The chain rule asks for one more factor: how fast "
            "does u = 1 + e^z move when z moves?",
            "1/(1 + exp(z))",
        ),
        Mistake(
            "outer derivative forgotten",
            "That is how fast the inside moves. How fast does the logarithm follow?",
            "exp(z)",
        ),
        Mistake(
            "derivative inside the logarithm",
            "You differentiated the inside and left it in place: (log u)′ is u′/u, not 1/u′.",
            "1/exp(z)",
        ),
        Mistake(
            "square of the reciprocal",
            "The square belongs to the derivative of 1/u. What is the derivative of log u by u?",
            "exp(z)/(1 + exp(z))^2",
        ),
        Mistake(
            "power rule", "e^z is no power of z: its derivative is e^z.", "z*exp(z)/(1 + exp(z))"
        ),
        Mistake(
            "log cancels exp",
            "log undoes exp only when nothing is added: here stands 1 + e^z.",
            "1",
        ),
    ),
)

_QUOTIENT_RULE = Blank(
    name="quotient-rule",
    lesson="00",
    skill="can differentiate a quotient",
    minutes=5,
    difficulty=2,
    stub="numerator = ...",
    hints=(
        "(f/g)′ = (f′g − fg′)/g². What are f and g, and their derivatives?",
        "Here f′ = e^z and g′ = e^z as well. In which order do the two products stand?",
    ),
    insight=(
        "One term survives. The same rule, with K terms below, gives both cases of the softmax."
    ),
    setting="LOGIT",
    mistakes=(
        Mistake(
            "order of the difference",
            "The sign is turned: f′g comes first and fg′ is subtracted. Does the fraction grow or "
            "shrink with z?",
            "-exp(z)",
        ),
        Mistake(
            "sum for a difference",
            "You added the two products. That is the rule for f·g; for f/g one is subtracted.",
            "exp(z)*(1 + 2*exp(z))",
        ),
        Mistake(
            "denominator held still",
            "You differentiated the numerator only. The denominator depends on z as well.",
            "exp(z)*(1 + exp(z))",
        ),
        Mistake(
            "fraction of derivatives",
            "The derivative of a quotient is not the quotient of the derivatives: f′g − fg′.",
            "1",
        ),
        Mistake(
            "whole fraction",
            "That is the whole derivative. The square stands below the line already.",
            "exp(z)/(1 + exp(z))^2",
        ),
        Mistake(
            "numerator held still",
            "You differentiated the denominator only. The numerator depends on z as well.",
            "-exp(2*z)",
        ),
    ),
)

EXERCISES = (_LOG_OF_RECIPROCAL, _CHAIN_RULE, _QUOTIENT_RULE, _NOTATION_SHAPES, _ONE_HOT)
