// Put bytecode into Pyodide's standard library and into wheels, by the same Pyodide that will import
// them: compiling is what takes time in a browser. `node compile_wheels.mjs PYODIDE FROM TO`; what
// gets any is what a kernel imports until a lesson's first picture, and all of `lessons`. The library
// takes in `sitecustomize.py`, which stands beside this program.
import { readdirSync, readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [core, from, to] = process.argv.slice(2);
const { loadPyodide } = await import(pathToFileURL(`${core}/pyodide.mjs`));
const started = () => loadPyodide({ indexURL: `${core}/` });

const kernel = await started(); // its own, for a kernel takes over what is printed
for (const name of readdirSync(from).filter((each) => each.endsWith(".whl"))) {
  kernel.unpackArchive(new Uint8Array(readFileSync(`${from}/${name}`)), "wheel");
}
await kernel.runPythonAsync(`
import os
os.environ["MPLBACKEND"] = "agg"  # in place of Pyodide's, which asks for a page
import piplite, pyodide_kernel
import anywidget, ipywidgets, matplotlib.pyplot, importlib.readers
from lessons import datasets, model, practice, proofs
from lessons.live import DerivationReveal, TutorPanel
proofs.derivation("multiclass, vector")
`);
const imported = kernel.runPython(`import sys; " ".join(sys.modules)`);

const python = await started();
for (const [place, folder] of [["/from", from], ["/to", to]]) {
  python.FS.mkdirTree(place);
  python.mountNodeFS(place, folder);
}
python.globals.set("imported", imported);
python.globals.set("customize", readFileSync(new URL("sitecustomize.py", import.meta.url), "utf8"));
python.runPython(`
import importlib.util, os, sys, zipfile
from importlib._bootstrap_external import _code_to_hash_pyc

LIBRARY = f"/lib/python{sys.version_info[0]}{sys.version_info[1]}.zip/"
SITE = f"/lib/python{sys.version_info[0]}.{sys.version_info[1]}/site-packages/"
WANTED = set(imported.split())
# What nothing in a browser reaches: the widgets' JavaScript comes with the page, and the others are
# sample data, stubs of packages that are not here, and what needs a compiler.
LEFT_OUT = ("matplotlib/mpl-data/sample_data/", "anywidget/labextension/", "anywidget/nbextension/")
LEFT_OUT += ("jedi/third_party/django-stubs/", "numpy/f2py/", "numpy/_core/include/")
READ = "lessons/"  # whose source has a reader: of all else that has bytecode, the source stays out
UNCHECKED = False  # a wheel is never edited: the bytecode need not be compared with its source

def module(path):
    return path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")

def bytecode(path, source):
    code = compile(source, path, "exec", dont_inherit=True)
    return _code_to_hash_pyc(code, importlib.util.source_hash(source), UNCHECKED)

def compile_archive(name):
    library = name.endswith(".zip")
    with zipfile.ZipFile("/from/" + name) as archive, zipfile.ZipFile("/to/" + name, "w") as made:
        for member in archive.infolist():
            path = member.filename
            if path.startswith(LEFT_OUT) or ".data/data/" in path:
                continue
            data, read = archive.read(member), path.startswith(READ)
            if path.endswith(".py") and (read or module(path) in WANTED):
                cached = importlib.util.cache_from_source(path) if read else path + "c"
                code = bytecode((LIBRARY if library else SITE) + path, data)
                made.writestr(zipfile.ZipInfo(cached), code, zipfile.ZIP_DEFLATED, 9)
                if not read:
                    continue
            made.writestr(member, data, zipfile.ZIP_DEFLATED, 9)
        if library:
            made.writestr(zipfile.ZipInfo("sitecustomize.py"), customize)

for name in sorted(os.listdir("/from")):
    compile_archive(name)
`);
