"""What each library returns for the gradient component of a label that wins by 20, 40 and 100.

Lesson 07 shows this table, with the versions; this program measures it again.
"""

import jax
import mpmath
import numpy as np
import sklearn
import torch
from sklearn._loss.loss import HalfMultinomialLoss

from lessons.model import cross_entropy_gradient

jax.config.update("jax_enable_x64", True)
GAPS = (20.0, 40.0, 100.0)
K = 3


def logits(gap):
    return np.array([[gap, 0.0, 0.0]])


def by_torch(gap):
    z = torch.tensor(logits(gap), requires_grad=True)
    torch.nn.functional.cross_entropy(z, torch.tensor([0])).backward()
    return z.grad[0, 0].item()


def by_jax(gap):
    def loss(z):
        return -jax.nn.log_softmax(z)[0, 0]

    return float(jax.grad(loss)(jax.numpy.asarray(logits(gap)))[0, 0])


def by_scikit_learn(gap):
    loss = HalfMultinomialLoss(n_classes=K)
    return loss.gradient(y_true=np.zeros(1), raw_prediction=logits(gap))[0, 0]


def by_three_lines(gap):
    e = np.exp(logits(gap) - gap)
    return (e / e.sum() - np.eye(K)[:1])[0, 0]


def by_lessons(gap):
    return cross_entropy_gradient(logits(gap), np.array([0]))[0, 0]


def exactly(gap):
    with mpmath.workdps(60):
        others = (K - 1) * mpmath.exp(-gap)
        return float(-others / (1 + others))


def main():
    """Print one row a library, one column a gap."""
    rows = {
        "60 digits, rounded": exactly,
        "lessons.model": by_lessons,
        f"PyTorch {torch.__version__.split('+')[0]}": by_torch,
        f"JAX {jax.__version__}": by_jax,
        f"scikit-learn {sklearn.__version__}": by_scikit_learn,
        f"NumPy {np.__version__}, three lines": by_three_lines,
    }
    print("float64, K = 3: gradient component of a label that wins by")
    print(" " * 26 + "".join(f"{gap:>26g}" for gap in GAPS))
    for name, component in rows.items():
        print(f"{name:26}" + "".join(f"{component(gap):>26.16g}" for gap in GAPS))


if __name__ == "__main__":
    main()
