"""What every explorer shares: controls, readout, film."""
