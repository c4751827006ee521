"""Every derivation of the series, one module a subject."""
