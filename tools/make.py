"""What the Makefile calls: builds `.venv` from the locked requirements, runs one command in it.

Only the standard library, and only syntax that an older Python can read, so that a machine with
the wrong Python gets a sentence, not a traceback. Works on Windows too: `py tools/make.py run`.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ENVIRONMENT = ROOT / ".venv"
SCRIPTS = ENVIRONMENT / ("Scripts" if os.name == "nt" else "bin")
PYTHON = SCRIPTS / ("python.exe" if os.name == "nt" else "python")
SUPPORTED = [(3, minor) for minor in (14, 13, 12, 11)]
LOCKS = {
    "run": ["run.txt"],
    "test": ["run.txt", "test.txt"],
    "bench": ["run.txt", "test.txt", "bench.txt"],
}
CHECKS = [
    ["ruff", "check", "."],
    ["ruff", "format", "--check", "."],
    ["mypy"],
    ["lint-imports", "--no-logo"],
]


def stop(sentence):
    """End with one sentence."""
    sys.exit(sentence)


def use_supported_python():
    """Start over under a supported Python where this one is too old or too new."""
    if sys.version_info[:2] in SUPPORTED:
        return
    for major, minor in SUPPORTED:
        other = shutil.which(f"python{major}.{minor}")
        if other:
            sys.exit(subprocess.call([other, *sys.argv]))
    stop("需要 Python 3.11 到 3.14，这里是 {}.{}。请先安装。".format(*sys.version_info[:2]))


def stamp(level):
    """The file that says what was installed last, and the words it must hold to be up to date."""
    parts = [str(PYTHON), sys.version]
    parts += [(ROOT / "requirements" / name).read_text("utf-8") for name in LOCKS[level]]
    parts.append((ROOT / "pyproject.toml").read_text("utf-8"))
    expected = hashlib.sha256("\n".join(parts).encode()).hexdigest()
    return ENVIRONMENT / f".installed-{level}", expected


def install(*arguments):
    """One `pip install` inside the environment."""
    command = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    command += ["--no-build-isolation", *arguments]
    if subprocess.call(command, cwd=ROOT):
        stop("安装没有完成。请检查网络后再试一次；已经装好的部分会保留。")


def prepare(level):
    """Build or bring up to date `.venv`; does nothing when it is already right."""
    path, expected = stamp(level)
    if PYTHON.exists() and path.exists() and path.read_text("utf-8") == expected:
        return
    if not PYTHON.exists():
        print("正在准备运行环境（第一次需要几分钟）……", flush=True)
        try:
            venv.create(ENVIRONMENT, clear=True, symlinks=os.name != "nt", with_pip=True)
        except subprocess.CalledProcessError:
            shutil.rmtree(ENVIRONMENT)
            stop("这台机器的 Python 缺少 venv。请先运行：apt install python3-venv")
    for name in LOCKS[level]:
        install("--require-hashes", "-r", str(ROOT / "requirements" / name))
    install("--no-deps", "--no-index", "--editable", str(ROOT))
    path.write_text(expected, "utf-8")


def call(name, *arguments):
    """Run a command of the environment and return its exit code."""
    program = shutil.which(name, path=str(SCRIPTS)) or stop(f"环境里没有 {name}。")
    try:
        return subprocess.call([program, *arguments], cwd=ROOT)
    except KeyboardInterrupt:
        return 0  # the command got the same Ctrl-C and has ended


def setup():
    prepare("run")
    print("环境已就绪：.venv。接着可以运行 make run。")
    return 0


def run():
    prepare("run")
    return call("laoqu", "run")


def demo():
    prepare("run")
    return call("laoqu", "demo")


def check():
    prepare("test")
    codes = [call(*command) for command in CHECKS]
    return int(any(codes))


def test():
    """Everything on all processors at once, then what is watched in a browser, alone."""
    codes = [check()]
    codes.append(call("pytest", "-n", "auto", "--dist", "worksteal", "-m", "not browser"))
    codes.append(call("pytest", "-m", "browser"))
    return int(any(codes))


def bench():
    prepare("bench")
    return max(call("python", str(script)) for script in sorted(ROOT.glob("benchmarks/*.py")))


def lock():
    """Write the locked requirements anew from pyproject.toml. Needs uv; for developers only."""
    uv = shutil.which("uv", path=os.pathsep.join([str(SCRIPTS), os.environ["PATH"]]))
    if not uv:
        stop("需要 uv。请先安装：pip install uv")
    command = [uv, "pip", "compile", "pyproject.toml", "--quiet", "--no-header", "--no-annotate"]
    command += ["--universal", "--python-version", "3.11", "--generate-hashes"]
    command += ["--no-emit-index-url", "--group", "build"]
    for name, more in (
        ("run", []),
        ("test", ["--group", "test", "--constraint", "requirements/run.txt"]),
        ("bench", ["--group", "test", "--group", "bench", "--constraint", "requirements/test.txt"]),
    ):
        if code := subprocess.call([*command, *more, "-o", f"requirements/{name}.txt"], cwd=ROOT):
            return code
    return 0


COMMANDS = {command.__name__: command for command in (run, setup, demo, test, check, bench, lock)}

if __name__ == "__main__":
    use_supported_python()
    if len(sys.argv) != 2 or sys.argv[1] not in COMMANDS:
        stop("用法：python tools/make.py {}".format("|".join(COMMANDS)))
    sys.exit(COMMANDS[sys.argv[1]]())
