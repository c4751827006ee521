"""How nbgrader hands out and collects on a hub, for every user: README.md says where this goes.

The instructor's course folder has a nbgrader_config.py of its own.
"""

c = get_config()  # noqa: F821
c.CourseDirectory.course_id = "gradients"
c.Exchange.root = "/srv/nbgrader/exchange"
