"""How fast `lessons.model` is, against PyTorch, jitted JAX, scikit-learn and plain NumPy.

Run `make bench`, or `python -m benchmarks.model`. One process on one core with one thread, medians
of interleaved rounds, so that all feel the same machine. Times are processor time of all threads:
what waits while another program runs is not counted. They include whatever each library does to
give its caller a loss and a new gradient.
"""

import json
import os
import statistics
import sys
import time
import tracemalloc
from functools import partial
from pathlib import Path

import jax
import jax.numpy as jnp
import numpy as np
import torch
from sklearn._loss.loss import HalfMultinomialLoss
from sklearn.datasets import load_digits

from lessons.model import fit, loss_and_gradients, mean_cross_entropy_with_gradient
from lessons.model.checks import class_pair

ONE_THREAD = {
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "XLA_FLAGS": "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1",
    "JAX_PLATFORMS": "cpu",
    "JAX_ENABLE_X64": "1",
}
SIZES = [
    (1000, 10),
    (20000, 3),
    (20000, 10),
    (200000, 10),
    (20000, 100),
    (2000, 1000),
    (512, 32000),
]
SPREAD = [(20000, 10), (20000, 100), (512, 32000)]
DTYPES = (np.float32, np.float64)
FEATURES = 64
LESSON = Path(__file__).resolve().parent.parent / "notebooks/06_batches.ipynb"


def pin_to_one_thread():
    """Start again on one core, with one thread per library: they read that when loaded."""
    if any(os.environ.get(name) != value for name, value in ONE_THREAD.items()):
        os.execve(sys.executable, [sys.executable, *sys.orig_argv[1:]], os.environ | ONE_THREAD)
    torch.set_num_threads(1)
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    # From here on the C library keeps freed memory, as in any process that has run for a while.
    np.empty(3 * 2**23, np.uint8)


def milliseconds(functions, seconds=2.5):
    """Return the median time of each function, from rounds in which every one has its turn."""
    repeats, times = {}, {name: [] for name in functions}
    for name, function in functions.items():
        function()  # compile, allocate
        start = time.process_time()
        function()
        repeats[name] = max(1, int(1e-2 / (time.process_time() - start)))
    end = time.process_time() + seconds
    while time.process_time() < end or len(times[name]) < 7:
        for name, function in functions.items():
            start = time.process_time()
            for _ in range(repeats[name]):
                function()
            times[name].append((time.process_time() - start) / repeats[name])
    return {name: 1e3 * statistics.median(values) for name, values in times.items()}


def three_lines(logits, labels):
    """Write the loss and the gradient as a lesson first does."""
    n = len(labels)
    e = np.exp(logits - logits.max(axis=1, keepdims=True))
    probabilities = e / e.sum(axis=1, keepdims=True)
    loss = -np.log(probabilities[np.arange(n), labels]).mean()
    probabilities[np.arange(n), labels] -= 1
    return loss, probabilities / n


def torch_step(logits, labels):
    z, y = torch.from_numpy(logits).clone().requires_grad_(), torch.from_numpy(labels)

    def step():
        z.grad = None
        loss = torch.nn.functional.cross_entropy(z, y)
        loss.backward()
        return loss.detach().numpy(), z.grad.numpy()

    return step


def jax_steps(logits, labels):
    """Return the two usual ways to write the loss in JAX; the tables take the faster of them."""

    def by_log_softmax(z, y):
        return -jnp.take_along_axis(jax.nn.log_softmax(z), y[:, None], axis=1).mean()

    def by_log_sum_exp(z, y):
        chosen = jnp.take_along_axis(z, y[:, None], axis=1)[:, 0]
        return (jax.scipy.special.logsumexp(z, axis=1) - chosen).mean()

    z, y = jnp.asarray(logits), jnp.asarray(labels)
    for loss in (by_log_softmax, by_log_sum_exp):
        step = jax.jit(jax.value_and_grad(loss))
        yield lambda step=step: jax.block_until_ready(step(z, y))


def sklearn_step(logits, labels):
    loss, y = HalfMultinomialLoss(n_classes=logits.shape[1]), labels.astype(logits.dtype)

    def step():
        losses, gradient = loss.loss_gradient(y, logits, n_threads=1)
        return losses.mean(), gradient  # not yet divided by n

    return step


def contenders(logits, labels):
    by_log_softmax, by_log_sum_exp = jax_steps(logits, labels)
    functions = {
        "ours": lambda: mean_cross_entropy_with_gradient(logits, labels),
        "torch": torch_step(logits, labels),
        "jax": by_log_softmax,
        "jax ": by_log_sum_exp,
        "sklearn": sklearn_step(logits, labels),
        "3 lines": lambda: three_lines(logits, labels),
    }
    with np.errstate(divide="ignore"):
        if functions["3 lines"]()[0] == np.inf:  # a label's probability has become 0
            del functions["3 lines"]
    require_same_results(functions, len(labels))
    return functions | {"np.exp": lambda: np.exp(logits)}


def require_same_results(functions, n):
    loss, gradient = functions["ours"]()
    for name, function in functions.items():
        other_loss, other_gradient = function()
        scale = 1 / n if name == "sklearn" else 1
        np.testing.assert_allclose(other_loss, loss, rtol=1e-4)
        other_gradient = scale * np.asarray(other_gradient)
        np.testing.assert_allclose(other_gradient, gradient, rtol=1e-2, atol=1e-3 / n)


def print_mean_table(sizes, scale):
    print("\nmean_cross_entropy_with_gradient: milliseconds, and how many times faster than")
    print("the best of torch, jax, sklearn and the three lines of NumPy; np.exp is the floor;")
    print(f"logits of standard deviation {scale:g}\n")
    columns = ("ours", "torch", "jax", "sklearn", "3 lines", "np.exp", "best peer", "torch")
    print(f"{'dtype':8}{'n':>7}{'K':>6} |" + "".join(f"{c:>10}" for c in columns))
    against_best, against_torch = [], []
    for dtype in DTYPES:
        for n, classes in sizes:
            rng = np.random.default_rng(n + classes)
            logits = (scale * rng.normal(size=(n, classes))).astype(dtype)
            labels = rng.integers(0, classes, n)
            ms = milliseconds(contenders(logits, labels))
            ms["jax"] = min(ms["jax"], ms.pop("jax "))
            best = min(ms[name] for name in ms if name not in ("ours", "np.exp"))
            against_best.append(best / ms["ours"])
            against_torch.append(ms["torch"] / ms["ours"])
            print(
                f"{dtype.__name__:8}{n:7}{classes:6} |"
                + "".join(f"{ms.get(name, np.inf):10.3f}" for name in columns[:6])
                + f"{against_best[-1]:10.2f}{against_torch[-1]:10.2f}"
                + ("  LOSES" if against_best[-1] < 1 else ""),
                flush=True,
            )
    print(
        f"geometric mean: {statistics.geometric_mean(against_best):.2f} × the best peer, "
        f"{statistics.geometric_mean(against_torch):.2f} × torch; worst row {min(against_best):.2f}"
    )


def print_lesson():
    """Print how the programs of lesson 06 compare at the sizes that it names."""
    print("\nthe race of lesson 06, float64: milliseconds, and times faster than the one before\n")
    for n, classes in ((20000, 10), (200, 1000)):
        rng = np.random.default_rng(6)
        batch = rng.normal(size=(n, classes)), rng.integers(classes, size=n)
        ms = milliseconds({name: partial(f, *batch) for name, f in racers().items()})
        loop, matrix, ours = ms.values()
        print(f"{n:7}{classes:6} | loop {loop:.2f}", end="")
        print(f", matrix {matrix:.2f} ({loop / matrix:.1f} times)", end="")
        print(f", package {ours:.2f} ({matrix / ours:.1f} times)")


def racers():
    cells = json.loads(LESSON.read_text(encoding="utf-8"))["cells"]
    sources, names = {cell["id"]: "".join(cell["source"]) for cell in cells}, {"np": np}
    for cell in ("time-setup", "time-matrix"):
        exec(sources[cell], names)
    programs = {name: names[name] for name in ("by_loop", "by_matrix")}
    return programs | {"package": mean_cross_entropy_with_gradient}


def print_checks():
    print("\nchecks of the input at 20000×10: share of the whole call\n")
    for dtype in DTYPES:
        logits = np.random.default_rng(0).normal(size=(20000, 10)).astype(dtype)
        whole, *parts = milliseconds(parts_of_a_call(logits, np.arange(20000) % 10)).values()
        shares = " + ".join(f"{100 * part / whole:.1f} %" for part in parts)
        print(f"{dtype.__name__:8} types, shapes and labels + range of the logits: {shares}")


def parts_of_a_call(logits, labels):
    flat, sums = logits.reshape(-1), logits[:, 0].copy()
    return {
        "whole": lambda: mean_cross_entropy_with_gradient(logits, labels),
        "types, shapes, labels": lambda: class_pair(logits, labels, check_finite=False),
        "range of the exponentials and their sums": lambda: (flat.min(), sums.max()),
    }


def print_memory():
    print("\nscratch memory beyond logits, labels and gradient, n = 1000000, K = 10\n")
    for dtype in DTYPES:
        for scale, name in ((3, "as they are"), (300, "large enough to need the shift")):
            rng = np.random.default_rng(0)
            logits = (scale * rng.normal(size=(10**6, 10))).astype(dtype)
            labels = rng.integers(0, 10, 10**6)
            tracemalloc.start()
            _, gradient = mean_cross_entropy_with_gradient(logits, labels)
            peak = tracemalloc.get_traced_memory()[1] - gradient.nbytes
            tracemalloc.stop()
            print(
                f"{dtype.__name__:8} logits {name}: {peak / 2**20:.1f} MiB "
                f"(the gradient: {gradient.nbytes / 2**20:.0f} MiB)"
            )


def print_step_table():
    print(f"\nloss_and_gradients against a torch training step, d = {FEATURES}: milliseconds\n")
    print(f"{'dtype':8}{'n':>7}{'K':>6} |{'ours':>10}{'torch':>10}{'ratio':>10}")
    for dtype in DTYPES:
        ratios = []
        for n, classes in SIZES:
            ms = milliseconds(training_steps(n, classes, dtype))
            ratios.append(ms["torch"] / ms["ours"])
            print(
                f"{dtype.__name__:8}{n:7}{classes:6} |{ms['ours']:10.3f}{ms['torch']:10.3f}"
                f"{ratios[-1]:10.2f}" + ("  LOSES" if ratios[-1] < 1 else ""),
                flush=True,
            )
        print(f"geometric mean of {dtype.__name__}: {statistics.geometric_mean(ratios):.2f}")


def training_steps(n, classes, dtype):
    rng = np.random.default_rng(n + classes)
    X = rng.normal(size=(n, FEATURES)).astype(dtype)
    W = (0.3 * rng.normal(size=(classes, FEATURES))).astype(dtype)
    b, labels = np.zeros(classes, dtype), rng.integers(0, classes, n)
    x, y = torch.from_numpy(X), torch.from_numpy(labels)
    w, c = (torch.from_numpy(v.copy()).requires_grad_() for v in (W, b))

    def torch_training_step():
        w.grad = c.grad = None
        torch.nn.functional.cross_entropy(torch.nn.functional.linear(x, w, c), y).backward()
        return w.grad.numpy()

    _, grad_W, _ = loss_and_gradients(X, labels, W, b)
    np.testing.assert_allclose(grad_W, torch_training_step(), rtol=1e-2, atol=1e-5)
    return {"ours": lambda: loss_and_gradients(X, labels, W, b), "torch": torch_training_step}


def torch_training(X, labels, learning_rate, steps):
    x, y = torch.from_numpy(X), torch.from_numpy(labels)
    layer = torch.nn.Linear(X.shape[1], int(labels.max()) + 1, dtype=x.dtype)
    torch.nn.init.zeros_(layer.weight)
    torch.nn.init.zeros_(layer.bias)
    optimizer = torch.optim.SGD(layer.parameters(), lr=learning_rate)
    losses = []
    for _ in range(steps):
        optimizer.zero_grad()
        loss = torch.nn.functional.cross_entropy(layer(x), y)
        loss.backward()
        optimizer.step()
        losses.append(loss.detach())
    return layer.weight.detach().numpy(), losses


def print_training():
    pixels, labels = load_digits(return_X_y=True)
    pixels, labels = pixels[:1198] / 16, labels[:1198]
    print("\n500 full-batch steps on the digits, n = 1198, d = 64, K = 10: milliseconds\n")
    for dtype in DTYPES:
        X = pixels.astype(dtype)
        ours, theirs = fit(X, labels, 0.5, 500)[0], torch_training(X, labels, 0.5, 500)[0]
        np.testing.assert_allclose(ours, theirs, atol=1e-3)
        trainings = {
            "ours": lambda X=X: fit(X, labels, 0.5, 500),
            "torch": lambda X=X: torch_training(X, labels, 0.5, 500),
        }
        ms = milliseconds(trainings, seconds=4)
        print(
            f"{dtype.__name__:8} ours {ms['ours']:.0f}, torch {ms['torch']:.0f}: "
            f"{ms['torch'] / ms['ours']:.2f} times faster"
        )


if __name__ == "__main__":
    pin_to_one_thread()
    print(f"NumPy {np.__version__}, torch {torch.__version__}, jax {jax.__version__}, one thread")
    print_mean_table(SIZES, scale=3)
    print_mean_table(SPREAD, scale=30)  # where exponentials fall below the smallest normal number
    print_lesson()
    print_checks()
    print_memory()
    print_step_table()
    print_training()
