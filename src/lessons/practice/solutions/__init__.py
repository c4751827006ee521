"""The solutions, one module a lesson; a release for students leaves this folder out."""
