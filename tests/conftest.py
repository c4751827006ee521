"""What all tests share: which cases of a large test stay in `make test`."""

import os
from collections import Counter

import pytest

# As `make test` has it, here and in the kernels that tests start: the last digits of a matrix
# product depend on how many threads share it.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """Mark as slow all but each n-th case of a test that is marked `sampled(n)`.

    Where a test has several parameters, n shares no factor with how many values each has: so that
    every value stays in some case.
    """
    seen = Counter()
    for item in items:
        sampled = item.get_closest_marker("sampled")
        if sampled is None:
            continue
        test = item.nodeid.partition("[")[0]
        if seen[test] % sampled.args[0]:
            item.add_marker(pytest.mark.slow)
        seen[test] += 1
