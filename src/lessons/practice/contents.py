"""Contents of the series: each lesson's title, its notebook, and the proofs that it asks for."""

from typing import NamedTuple


class Lesson(NamedTuple):
    """A lesson as `progress` names it.

    Attributes
    ----------
    title : str
        As the notebook's first heading has it.
    notebook : str
        The file's name.
    proofs : tuple of str
        Tasks of the tutor, in the lesson's order.
    """

    title: str
    notebook: str
    proofs: tuple[str, ...] = ()


LESSONS = {
    "00": Lesson("Start here", "00_start_here.ipynb"),
    "01": Lesson("From logits to probabilities", "01_probabilities.ipynb"),
    "02": Lesson("Cross-entropy", "02_cross_entropy.ipynb"),
    "03": Lesson("The binary gradient", "03_binary_gradient.ipynb", ("binary, y = 0",)),
    "04": Lesson("The multiclass gradient", "04_multiclass_gradient.ipynb", ("multiclass, j ≠ i",)),
    "05": Lesson("Weights and biases", "05_weights_and_bias.ipynb", ("weights, rows k ≠ i",)),
    "06": Lesson("Batches", "06_batches.ipynb"),
    "07": Lesson("Numbers you can trust", "07_checking_gradients.ipynb"),
    "08": Lesson("Training", "08_training.ipynb"),
    "09": Lesson("Why this loss?", "09_why_this_loss.ipynb"),
    "10": Lesson(
        "Reading the sketch",
        "10_reading_the_sketch.ipynb",
        ("sketch, B4", "sketch, M3", "sketch, W2"),
    ),
    "11": Lesson("Bending the gap", "11_bending_the_gap.ipynb"),
    "12": Lesson("One hidden layer", "12_one_hidden_layer.ipynb"),
}
