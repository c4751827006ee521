"""The numeric road: an expression evaluator and a search for counterexamples, with no algebra."""
