"""Sphinx: the reading pages, the reference and the pages around them. `make site` calls it."""

project = "Why the gradient is ŷ − y"
html_title = "ŷ − y"
author = "the authors of the lessons"
language = "en"
extensions = ["myst_nb", "sphinx.ext.autodoc", "sphinx.ext.autosummary", "numpydoc"]
exclude_patterns = ["live", "INSTRUCTORS.md"]  # the second is included
html_static_path = ["_static"]

# Notebooks are shown as they are stored.
nb_execution_mode = "off"
myst_enable_extensions = ["dollarmath", "amsmath", "colon_fence", "attrs_inline"]
myst_heading_anchors = 3
suppress_warnings = ["mystnb.unknown_mime_type", "myst.header", "toc.not_included"]

# Formulas: MathJax from the site itself; those inside outputs count as well.
mathjax_path = "mathjax/tex-svg-full.js"
mathjax_options = {"defer": "defer"}
myst_update_mathjax = False
mathjax3_config = {
    "tex": {
        "inlineMath": [["\\(", "\\)"], ["$", "$"]],
        "displayMath": [["\\[", "\\]"], ["$$", "$$"]],
    },
    "options": {
        "ignoreHtmlClass": "tex2jax_ignore|document",
        "processHtmlClass": "tex2jax_process|mathjax_process|math|output_area|cell_output",
    },
}

numpydoc_show_class_members = False
autosummary_generate = True
autodoc_member_order = "bysource"
autodoc_typehints = "none"

html_theme = "pydata_sphinx_theme"
html_context = {"default_mode": "auto"}
html_css_files = ["site.css"]
html_sidebars = {"**": []}
html_show_sourcelink = False
html_copy_source = False
html_theme_options = {
    "navbar_align": "left",
    "header_links_before_dropdown": 6,
    "footer_start": ["copyright"],
    "footer_end": [],
    "show_prev_next": True,
}
copyright = "text and figures CC BY 4.0, code MIT"


def setup(app):
    """Let no page ask another host for a font or a script."""

    def own_files_alone(app, page, template, context, doctree):
        context["css_files"] = [
            each
            for each in context["css_files"]
            if "//" not in str(getattr(each, "filename", each))
        ]

    app.connect("html-page-context", own_files_alone, priority=900)
