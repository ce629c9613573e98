#!/usr/bin/env python3
"""Runs clang-tidy on files, two at a time: tidy.py BUILD_FOLDER FILE.cpp...

A file whose text, project headers, compile command and .clang-tidy are the same as when it last passed
is not checked again: passes are kept in the user's cache, by content, so a fresh clone profits too.
Files that BUILD_FOLDER does not compile (those of the web alone) are left out.
"""

import hashlib
import json
import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TIDY = "clang-tidy-14"
CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "mobilenet-lens" / "tidy"
INCLUDE = re.compile(rb'^\s*#\s*include\s*"([^"]+)"', re.MULTILINE)


def project_files(path, seen):
    """The file and the headers of src/ that it includes, directly or not."""
    if path in seen or not path.is_file():
        return seen
    seen.add(path)
    for name in INCLUDE.findall(path.read_bytes()):
        for folder in (ROOT / "src", path.parent):
            project_files((folder / name.decode()).resolve(), seen)
    return seen


def key_of(path, command, version):
    digest = hashlib.sha256(version + (ROOT / ".clang-tidy").read_bytes())
    digest.update(command.replace(str(ROOT), "").encode())
    for file in sorted(project_files(path, set())):
        digest.update(str(file.relative_to(ROOT)).encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()


def check(build, path, stamp):
    """Returns what clang-tidy said, or nothing when the file is clean."""
    result = subprocess.run([TIDY, "--quiet", "--extra-arg=-Wno-unknown-warning-option", "-p", build,
                             str(path)], cwd=ROOT, text=True,
                            stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    if result.returncode == 0:
        CACHE.mkdir(parents=True, exist_ok=True)
        stamp.touch()
        return ""
    return result.stdout + result.stderr


def main(build, names):
    database = json.loads((ROOT / build / "compile_commands.json").read_text())
    commands = {Path(entry["directory"], entry["file"]).resolve(): entry["command"]
                for entry in database}
    version = subprocess.run([TIDY, "--version"], stdout=subprocess.PIPE, check=True).stdout
    stamps = {}
    for path in (ROOT / name for name in names):
        if path in commands:
            stamp = CACHE / key_of(path, commands[path], version)
            if not stamp.exists():
                stamps[path] = stamp
    print(f"# clang-tidy: {len(stamps)} of {len(names)} files to check")
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        findings = list(pool.map(lambda item: check(build, *item), stamps.items()))
    sys.stdout.write("".join(findings))
    return 1 if any(findings) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
