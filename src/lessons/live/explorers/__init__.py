"""The explorers, one module a topic."""
