"""The sandbox in which a student's code runs."""
