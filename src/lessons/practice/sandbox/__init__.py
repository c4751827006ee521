"""The sandbox in which a student's code runs: isolation, timeout, what its calls did."""
