"""The symbolic road: proofs by algebra, for every K, d and n."""
