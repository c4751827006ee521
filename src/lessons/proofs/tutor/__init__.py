"""The tutor: a student's own derivation, checked line by line."""
