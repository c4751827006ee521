"""Build hook: the wheel carries the lessons as students get them, packed as one file."""

import io
import sys
import tarfile
import tempfile
from pathlib import Path

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

PACKED = "notebooks.tar.bz2"  # by bzip2 text is a seventh smaller than by xz


class WheelNotebooks(BuildHookInterface):
    """Write the students' notebooks and let the wheel include them."""

    def initialize(self, version, build_data):
        """Add the notebooks; an editable install reads those of the repository."""
        if version == "editable":
            return
        root = Path(self.root)
        sys.path.insert(0, str(root / "src"))  # where a wheel is built the package is not installed
        from lessons.student_notebooks import student_notebook

        self.folder = tempfile.TemporaryDirectory()
        packed = Path(self.folder.name, PACKED)
        with tarfile.open(packed, "w:bz2") as archive:
            for path in sorted((root / "notebooks").glob("[0-9][0-9]_*.ipynb")):
                text = student_notebook(path.read_text(encoding="utf-8")).encode()
                member = tarfile.TarInfo(path.name)  # no date: two builds give the same bytes
                member.size = len(text)
                archive.addfile(member, io.BytesIO(text))
        build_data["force_include"][str(packed)] = f"lessons/{PACKED}"

    def finalize(self, version, build_data, artifact_path):
        """Remove what was written."""
        if version != "editable":
            self.folder.cleanup()
