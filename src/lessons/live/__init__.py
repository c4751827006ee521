"""Explorers: pictures of the mathematics that follow the hand, on top of the model."""

from importlib import import_module

from lessons.live.explorers.batch import BatchExplorer
from lessons.live.explorers.binary import BinaryExplorer
from lessons.live.explorers.gradcheck import GradientCheckExplorer
from lessons.live.explorers.loss import LossExplorer
from lessons.live.explorers.multiclass import MulticlassExplorer
from lessons.live.explorers.network.bending import BendingExplorer
from lessons.live.explorers.network.hidden_unit import HiddenUnitExplorer
from lessons.live.explorers.probabilities import ProbabilitiesExplorer
from lessons.live.explorers.saturation import SaturationExplorer
from lessons.live.explorers.training import TrainingExplorer
from lessons.live.explorers.two_losses import TwoLossesExplorer
from lessons.live.explorers.variants.bent_gap import BentGapExplorer
from lessons.live.explorers.variants.calibration import CalibrationExplorer
from lessons.live.explorers.variants.soft_target import SoftTargetExplorer
from lessons.live.explorers.variants.temperature import TemperatureExplorer
from lessons.live.explorers.weights import WeightsExplorer

__all__ = [
    "BatchExplorer",
    "BendingExplorer",
    "BentGapExplorer",
    "BinaryExplorer",
    "CalibrationExplorer",
    "DerivationReveal",
    "GradientCheckExplorer",
    "HiddenUnitExplorer",
    "LossExplorer",
    "MulticlassExplorer",
    "ProbabilitiesExplorer",
    "SaturationExplorer",
    "SketchPanel",
    "SoftTargetExplorer",
    "TemperatureExplorer",
    "TrainingExplorer",
    "TutorPanel",
    "TwoLossesExplorer",
    "WeightsExplorer",
]

# These load SymPy, and so are loaded when they are asked for.
_HOME_OF = {
    "DerivationReveal": "proofs.reveal",
    "SketchPanel": "proofs.sketch_panel",
    "TutorPanel": "proofs.tutor",
}


def __getattr__(name):
    if name not in _HOME_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOME_OF[name]}"), name)


def __dir__():
    return sorted({*globals(), *__all__})
