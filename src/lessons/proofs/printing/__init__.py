"""Printers: LaTeX and plain text of lines, reasons and whole derivations."""
