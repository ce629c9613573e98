#!/usr/bin/env python3
"""Which folder of src/ may include what. The tables below are the rule; the README shows them drawn."""

import re
import sys
import unittest
from pathlib import Path

SOURCE = Path(__file__).resolve().parent.parent / "src"

# Folder -> the folders that it may include, beside itself and base.
MAY_USE = {
    "base": [],
    "engine": [],
    "models": ["engine"],
    "cost": ["engine"],
    "weights": ["engine"],
    "image": ["engine"],
    "classes": [],
    "demos": ["engine"],
    "lessons": ["models", "engine"],
    "ui": ["engine"],  # tensors only: tiles and atlases are painted from them
    "views": ["engine", "cost", "models", "classes", "demos", "lessons", "ui"],
    "platform": [],
    "app": ["engine", "models", "cost", "weights", "image", "classes", "demos", "lessons", "ui",
            "views", "platform"],
    "module": ["engine", "models", "weights", "image"],
    "cli": ["engine", "models", "cost", "weights", "image", "classes", "demos", "lessons"],
}

# Library -> (its headers, the folders that may include them).
LIBRARIES = {
    "Dear ImGui": (r"imgui(_internal)?\.h|imgui_impl_.*|misc/.*", ["ui", "views", "app", "platform"]),
    "OpenGL": (r"(GLES?\d?|GL|KHR|EGL)/.*|SDL_opengl.*", ["ui", "platform"]),
    "SDL": (r"(SDL2?/)?SDL.*\.h", ["platform"]),
    "Emscripten": (r"emscripten(\.h|/.*)", ["platform"]),
    "stb_image": (r"stb_.*\.h", ["image"]),
    "FlatBuffers": (r"flatbuffers/.*", ["weights"]),
    "JSON for Modern C++": (r"nlohmann/.*", ["cli"]),
}

# Views draw; of Dear ImGui's back ends only platform/ knows.
BACKENDS = re.compile(r"imgui_impl_")

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]', re.MULTILINE)


def problems_of(folder, text):
    """The includes of one file in src/FOLDER that the tables forbid, as sentences."""
    if folder not in MAY_USE:
        return [f"src/{folder} is not in the table of tests/layering_test.py"]
    found = []
    for _, name in INCLUDE.findall(text):
        target = name.split("/")[0]
        if "/" in name and target in MAY_USE:
            if target not in (folder, "base", *MAY_USE[folder]):
                found.append(f'{folder} may not use {target}: #include "{name}"')
            continue
        for library, (headers, folders) in LIBRARIES.items():
            if re.fullmatch(headers, name) and folder not in folders:
                found.append(f"{folder} may not use {library}: #include {name}")
        if BACKENDS.match(name) and folder != "platform":
            found.append(f"only platform may use a back end of Dear ImGui: #include {name}")
    return found


def cycle_in(table):
    """A folder that uses itself through others, or None."""
    def reaches(start, folder, seen):
        for used in table[folder]:
            if used == start:
                return True
            if used not in seen:
                seen.add(used)
                if reaches(start, used, seen):
                    return True
        return False

    return next((folder for folder in table if reaches(folder, folder, set())), None)


class Layering(unittest.TestCase):
    def test_every_include_is_allowed(self):
        problems = []
        for path in sorted(SOURCE.rglob("*")):
            parts = path.relative_to(SOURCE).parts
            if path.suffix in (".h", ".cpp") and parts[0] != "third_party":
                text = path.read_text(encoding="utf-8")
                problems += [f"src/{'/'.join(parts)}: {p}" for p in problems_of(parts[0], text)]
        self.assertEqual(problems, [], "\n" + "\n".join(problems))

    def test_the_table_has_no_cycle(self):
        self.assertIsNone(cycle_in(MAY_USE))
        self.assertEqual(cycle_in({"a": ["b"], "b": ["a"]}), "a")

    def test_a_forbidden_folder_is_found(self):
        self.assertEqual(len(problems_of("engine", '#include "models/catalog.h"\n')), 1)
        self.assertEqual(len(problems_of("views", '  # include "weights/tflite.h"\n')), 1)
        self.assertEqual(problems_of("models", '#include "engine/graph.h"\n#include <span>\n'), [])

    def test_a_forbidden_library_is_found(self):
        self.assertEqual(len(problems_of("views", "#include <GLES3/gl3.h>\n")), 1)
        self.assertEqual(len(problems_of("app", "#include <SDL.h>\n")), 1)
        self.assertEqual(len(problems_of("ui", "#include <emscripten.h>\n")), 1)
        self.assertEqual(len(problems_of("views", '#include "imgui_impl_sdl.h"\n')), 1)
        self.assertEqual(problems_of("platform", "#include <SDL.h>\n#include <GLES3/gl3.h>\n"), [])

    def test_a_new_folder_must_enter_the_table(self):
        self.assertEqual(len(problems_of("helpers", "")), 1)


if __name__ == "__main__":
    sys.exit(unittest.main(verbosity=2))
