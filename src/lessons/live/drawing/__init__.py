"""Drawing in place (blitting): canvas, marks and panels."""
