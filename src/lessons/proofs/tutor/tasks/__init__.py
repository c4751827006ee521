"""The derivations that the tutor asks for."""
