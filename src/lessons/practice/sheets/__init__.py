"""The exercises, a sheet a lesson: question, stub, hints, cases, and the mistakes it recognises."""
