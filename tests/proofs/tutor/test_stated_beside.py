"""The result cannot be stated beside: a derivative that a side calculation shows stands alone."""

import pytest

from lessons.proofs.tutor.tasks.catalogue import TASKS
from lessons.proofs.tutor.tutor import ACCEPTED, SHOW_HOW, Tutor

# Of each task: the product that the chain rule makes, and the result.
PRODUCTS = {
    "binary, y = 1": ("-1/yhat*dyhat/dz", "yhat - y"),
    "binary, y = 0": ("1/(1 - yhat)*dyhat/dz", "yhat - y"),
    "binary, any y": ("(-y/yhat + (1 - y)/(1 - yhat))*dyhat/dz", "yhat - y"),
    "multiclass, j = i": ("-1/yhat[i]*dyhat[i]/dz[i]", "yhat[i] - 1"),
    "multiclass, j ≠ i": ("-S/exp(z[i])*d/dz[j](exp(z[i])/S)", "yhat[j]"),
    "weights, row k = i": ("-1/yhat[i]*dyhat[i]/dW[i,q]", "(yhat[i] - 1)*x[q]"),
    "weights, rows k ≠ i": ("-1/yhat[i]*dyhat[i]/dW[k,q]", "yhat[k]*x[q]"),
    "bias": ("-1/yhat[i]*dyhat[i]/db[k]", "yhat[k] - y[k]"),
    "sketch, B4": ("-(1 + exp(-z))*dyhat/dz", "yhat - y"),
    "sketch, M3": ("-1/yhat[i]*dyhat[i]/dz[j]", "yhat[j] - delta(i, j)"),
    "sketch, W2": ("-1/yhat[i]*dyhat[i]/dW[i,q]", "(yhat[i] - 1)*x[q]"),
}
DISGUISES = (
    "{product} = {result}",
    "{result} = {product}",
    "-2*({product}) = -2*({result})",
    "({product})/3 = ({result})/3",
    "1 + {product} = 1 + {result}",
    "exp(1)*({product}) = e*({result})",
    "({product})/(1 + S^2) = ({result})/(1 + S^2)",
    "({product})*({result}) = ({result})^2",
)


def test_every_task_has_its_product():
    assert set(PRODUCTS) == set(TASKS)


@pytest.mark.parametrize("disguise", DISGUISES)
@pytest.mark.parametrize("name", PRODUCTS)
def test_the_result_stated_beside_shows_nothing(name, disguise):
    product, result = PRODUCTS[name]
    if name.startswith(("binary", "sketch, B4")):
        disguise = disguise.replace("S", "exp(z)")
    tutor = Tutor(name)
    beside = tutor.line(disguise.format(product=product, result=result))
    assert beside.status in (ACCEPTED, SHOW_HOW)
    assert tutor.line(product).status == ACCEPTED
    last = tutor.line(result)
    assert (last.status, tutor.finished) == (SHOW_HOW, False)


@pytest.mark.parametrize(
    ("name", "beside"),
    [
        ("binary, y = 1", "dyhat/dz = yhat*(1 - yhat)"),
        ("binary, y = 1", "-2*dyhat/dz = 2*yhat*(yhat - 1)"),
        ("binary, y = 0", "yhat*(1 - yhat) = dyhat/dz"),
        ("multiclass, j ≠ i", "dS/dz[j] = exp(z[j])"),
    ],
)
def test_a_derivative_that_stands_alone_is_shown_beside(name, beside):
    tutor = Tutor(name)
    missing = len(tutor.missing)
    assert tutor.line(beside).status == ACCEPTED
    assert len(tutor.missing) < missing
