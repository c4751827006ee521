"""Explorers: pictures of the mathematics that follow the hand, on top of the model."""

from lessons.live.binary import BinaryExplorer
from lessons.live.gradcheck import GradientCheckExplorer
from lessons.live.loss import LossExplorer
from lessons.live.multiclass import MulticlassExplorer
from lessons.live.probabilities import ProbabilitiesExplorer
from lessons.live.saturation import SaturationExplorer
from lessons.live.training import TrainingExplorer
from lessons.live.weights import WeightsExplorer

__all__ = [
    "BinaryExplorer",
    "GradientCheckExplorer",
    "LossExplorer",
    "MulticlassExplorer",
    "ProbabilitiesExplorer",
    "SaturationExplorer",
    "TrainingExplorer",
    "WeightsExplorer",
]
