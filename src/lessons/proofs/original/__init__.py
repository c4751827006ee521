"""The audit of the original handwritten proof."""
