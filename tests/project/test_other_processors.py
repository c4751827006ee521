"""Every lesson gives its stored outputs on a processor that rounds the last digit otherwise."""

import sys

import numpy as np
import pytest

from tests.project.strict_nbval import run_lessons

FASTER = np.show_config(mode="dicts")["SIMD Extensions"].get("found", [])


@pytest.mark.slow
def test_every_lesson_passes_without_the_instructions_that_this_processor_has_more(tmp_path):
    run_lessons(sys.executable, tmp_path, NPY_DISABLE_CPU_FEATURES=" ".join(FASTER))
