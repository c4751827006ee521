"""The kinds of exercises: what is asked, and how an answer is judged."""
