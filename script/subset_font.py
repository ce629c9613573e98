#!/usr/bin/python3
"""Subsets a font for the page: subset_font.py FONT CHARACTERS.txt OUTPUT.ttf

Keeps the characters of CHARACTERS.txt (lines "U+0020-007E" or characters themselves; '#' starts a
comment line), makes tabular figures the default, so that numbers do not jiggle as they change, and
writes TrueType outlines without hints or layout tables, which is all that stb_truetype reads.
Fails, naming them, when the font lacks a character.
"""

import sys
from pathlib import Path

from fontTools import subset
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont, newTable

# Largest distance of a quadratic outline from the cubic one, in units of the em.
MAX_OUTLINE_ERROR = 1 / 2000
DIGITS = "0123456789"


def read_characters(path):
    wanted = set()
    for line in Path(path).read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        if line.startswith("U+"):
            first, _, last = line[2:].partition("-")
            wanted.update(range(int(first, 16), int(last or first, 16) + 1))
        else:
            wanted.update(ord(character) for character in line if not character.isspace())
    return wanted


def tabular_substitutions(font):
    """Glyph name -> its tabular form, from the font's 'tnum' feature."""
    table = font["GSUB"].table
    lookups = {
        index
        for record in table.FeatureList.FeatureRecord
        if record.FeatureTag == "tnum"
        for index in record.Feature.LookupListIndex
    }
    substitutions = {}
    for index in sorted(lookups):
        for subtable in table.LookupList.Lookup[index].SubTable:
            subtable = getattr(subtable, "ExtSubTable", subtable)
            substitutions.update(subtable.mapping)
    return substitutions


def make_figures_tabular(font):
    """Digits only: a space or comma as wide as a digit would tear prose apart."""
    substitutions = tabular_substitutions(font)
    for table in font["cmap"].tables:
        for digit in map(ord, DIGITS):
            if digit in table.cmap:
                table.cmap[digit] = substitutions.get(table.cmap[digit], table.cmap[digit])


def equalise_figures(font):
    """Inter 4.0 beta's semibold tabular figures differ by a thousandth of an em."""
    digits = [font.getBestCmap()[ord(digit)] for digit in DIGITS]
    widths = [font["hmtx"][digit][0] for digit in digits]
    if max(widths) - min(widths) > font["head"].unitsPerEm / 500:
        sys.exit(f"the figures are not tabular, their widths are {sorted(set(widths))}")
    for digit in digits:
        font["hmtx"][digit] = (max(widths), font["hmtx"][digit][1])


def subset_glyphs(font, characters):
    options = subset.Options(layout_features=[], hinting=False, notdef_outline=True,
                             name_IDs=[0, 1, 2, 4, 13, 14], drop_tables=["GSUB", "GPOS", "GDEF"])
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=characters)
    subsetter.subset(font)


def convert_to_truetype(font):
    """Cubic (CFF) outlines -> quadratic (glyf) ones."""
    glyph_set = font.getGlyphSet()
    max_error = MAX_OUTLINE_ERROR * font["head"].unitsPerEm
    glyphs = {}
    for name in font.getGlyphOrder():
        pen = TTGlyphPen(None)
        glyph_set[name].draw(Cu2QuPen(pen, max_error, reverse_direction=True))
        glyphs[name] = pen.glyph()
    font["loca"] = newTable("loca")
    font["glyf"] = glyf = newTable("glyf")
    glyf.glyphOrder = font.getGlyphOrder()
    glyf.glyphs = glyphs
    for name, glyph in glyphs.items():
        glyph.recalcBounds(glyf)
        font["hmtx"][name] = (font["hmtx"][name][0], getattr(glyph, "xMin", 0))
    del font["CFF "]
    font.sfntVersion = "\0\1\0\0"
    maxp = font["maxp"]
    maxp.tableVersion = 0x00010000
    maxp.maxZones = 1
    for field in ("maxTwilightPoints", "maxStorage", "maxFunctionDefs", "maxInstructionDefs",
                  "maxStackElements", "maxSizeOfInstructions"):
        setattr(maxp, field, 0)


def main(font_path, characters_path, output_path):
    font = TTFont(font_path, recalcTimestamp=False)
    characters = read_characters(characters_path)
    missing = sorted(characters - set(font.getBestCmap()))
    if missing:
        names = ", ".join(f"U+{code:04X} {chr(code)}" for code in missing)
        sys.exit(f"{font_path} lacks {names}. Hint: take them out of {characters_path}.")
    make_figures_tabular(font)
    subset_glyphs(font, characters)
    if "CFF " in font:
        convert_to_truetype(font)
    equalise_figures(font)
    font.save(output_path)


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    main(*sys.argv[1:])
