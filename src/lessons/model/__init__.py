"""The model that the derivations are about, in NumPy alone: predictions, losses and gradients.

Logits, losses and targets follow the notation of the lessons: K classes on the last axis, one row
of W per class, natural logarithms, classes counted from 0.
"""

from lessons.model.activations import log_sigmoid, log_softmax, sigmoid, softmax, softmax_jacobian
from lessons.model.batches import mean_cross_entropy_with_gradient
from lessons.model.gradcheck import check_gradient, complex_step_gradient, numerical_gradient
from lessons.model.hidden_layer import (
    fit_two_layers,
    hidden_layer,
    two_layer_logits,
    two_layer_loss_and_gradients,
)
from lessons.model.linear import linear, linear_gradients, linear_input_gradient
from lessons.model.losses import (
    binary_cross_entropy,
    binary_cross_entropy_gradient,
    cross_entropy,
    cross_entropy_gradient,
)
from lessons.model.regression import fit, loss_and_gradients

__all__ = [
    "binary_cross_entropy",
    "binary_cross_entropy_gradient",
    "check_gradient",
    "complex_step_gradient",
    "cross_entropy",
    "cross_entropy_gradient",
    "fit",
    "fit_two_layers",
    "hidden_layer",
    "linear",
    "linear_gradients",
    "linear_input_gradient",
    "log_sigmoid",
    "log_softmax",
    "loss_and_gradients",
    "mean_cross_entropy_with_gradient",
    "numerical_gradient",
    "sigmoid",
    "softmax",
    "softmax_jacobian",
    "two_layer_logits",
    "two_layer_loss_and_gradients",
]
