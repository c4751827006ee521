"""The model that the derivations are about, in NumPy alone: predictions, losses and gradients.

Logits, losses and targets follow the notation of the lessons: K classes on the last axis, one row
of W per class, natural logarithms, classes counted from 0.
"""

from lessons.model.activations import log_sigmoid, log_softmax, sigmoid, softmax, softmax_jacobian
from lessons.model.batches import mean_cross_entropy_with_gradient
from lessons.model.calibration import calibration_error, fit_temperature, reliability
from lessons.model.gradcheck import check_gradient, complex_step_gradient, numerical_gradient
from lessons.model.linear import linear, linear_gradients
from lessons.model.loss_variants import (
    distillation_loss,
    distillation_loss_gradient,
    focal_loss,
    focal_loss_gradient,
    multilabel_cross_entropy,
    multilabel_cross_entropy_gradient,
    smoothed_cross_entropy,
    smoothed_cross_entropy_gradient,
    tempered_cross_entropy,
    tempered_cross_entropy_gradient,
    weighted_cross_entropy,
    weighted_cross_entropy_gradient,
)
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
    "calibration_error",
    "check_gradient",
    "complex_step_gradient",
    "cross_entropy",
    "cross_entropy_gradient",
    "distillation_loss",
    "distillation_loss_gradient",
    "fit",
    "fit_temperature",
    "focal_loss",
    "focal_loss_gradient",
    "linear",
    "linear_gradients",
    "log_sigmoid",
    "log_softmax",
    "loss_and_gradients",
    "mean_cross_entropy_with_gradient",
    "multilabel_cross_entropy",
    "multilabel_cross_entropy_gradient",
    "numerical_gradient",
    "reliability",
    "sigmoid",
    "smoothed_cross_entropy",
    "smoothed_cross_entropy_gradient",
    "softmax",
    "softmax_jacobian",
    "tempered_cross_entropy",
    "tempered_cross_entropy_gradient",
    "weighted_cross_entropy",
    "weighted_cross_entropy_gradient",
]
