// Put bytecode beside the sources in wheels, by the same Pyodide that will import them: compiling is
// what takes time in a browser. `node compile_wheels.mjs PYODIDE FROM TO`; FROM/modules.txt names the
// modules that get any, and all of `lessons` do.
import { pathToFileURL } from "node:url";

const [core, from, to] = process.argv.slice(2);
const { loadPyodide } = await import(pathToFileURL(`${core}/pyodide.mjs`));
const python = await loadPyodide({ indexURL: `${core}/` });
for (const [place, folder] of [["/from", from], ["/to", to]]) {
  python.FS.mkdirTree(place);
  python.mountNodeFS(place, folder);
}
python.runPython(`
import importlib.util, os, sys, zipfile
from importlib._bootstrap_external import _code_to_hash_pyc

SITE = f"/lib/python{sys.version_info[0]}.{sys.version_info[1]}/site-packages/"
with open("/from/modules.txt") as file:
    wanted = set(file.read().split())
# The second are of JupyterLab's page, which has them from elsewhere.
LEFT_OUT = ("matplotlib/mpl-data/sample_data/", "anywidget/labextension/", "anywidget/nbextension/")
SOURCELESS = ("sympy/", "mpmath/")  # nobody reads their source in a browser, and it is large
UNCHECKED = False  # a wheel is never edited: the bytecode need not be compared with its source

def module(path):
    return path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")

def bytecode(path, source):
    code = compile(source, SITE + path, "exec", dont_inherit=True)
    return _code_to_hash_pyc(code, importlib.util.source_hash(source), UNCHECKED)

for name in sorted(os.listdir("/from")):
    if not name.endswith(".whl"):
        continue
    with zipfile.ZipFile("/from/" + name) as wheel, zipfile.ZipFile("/to/" + name, "w") as compiled:
        for member in wheel.infolist():
            if member.filename.startswith(LEFT_OUT) or ".data/data/" in member.filename:
                continue
            data = wheel.read(member)
            path, source = member.filename, member.filename.endswith(".py")
            code = None
            if source and (path.startswith("lessons/") or module(path) in wanted):
                code = bytecode(path, data)
            bare = code is not None and path.startswith(SOURCELESS)
            if not bare:
                compiled.writestr(member, data, zipfile.ZIP_DEFLATED, 9)
            if code is not None:
                cached = path + "c" if bare else importlib.util.cache_from_source(path)
                compiled.writestr(zipfile.ZipInfo(cached), code, zipfile.ZIP_DEFLATED, 9)
`);
