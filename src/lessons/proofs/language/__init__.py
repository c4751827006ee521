"""The tutor's input language: parser, vocabulary, limits of size."""
