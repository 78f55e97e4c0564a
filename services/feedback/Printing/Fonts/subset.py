"""Makes the .common.ttf of each font here: the letters of Dutch and the other languages in Latin script, and their punctuation.

Run in this folder with fontTools (Debian: python3-fonttools) when a font or the letters change.
"""
from fontTools import subset, ttLib

LETTERS = "U+0020-007E,U+00A0-017F,U+0218-021B,U+2010-2015,U+2018-201F,U+2020-2022,U+2026,U+2030,U+2032,U+2033,U+2039,U+203A,U+20AC,U+2192,U+FFFD"
WITHOUT = ["GPOS", "GSUB", "GDEF", "kern", "FFTM", "MATH"]

for name in ["DejaVuSansCondensed", "DejaVuSansCondensed-Bold"]:
    font = ttLib.TTFont(f"{name}.ttf", recalcTimestamp=False)
    options = subset.Options(layout_features=[], notdef_outline=True, glyph_names=True, name_IDs=["*"])
    options.drop_tables += WITHOUT
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=subset.parse_unicodes(LETTERS))
    subsetter.subset(font)
    # PdfPig wants a width for each glyph, where the format lets equal ones at the end go; the last is part of others, never written itself.
    last = font.getGlyphOrder()[-1]
    font["hmtx"][last] = (font["hmtx"][last][0] + 1, font["hmtx"][last][1])
    font.save(f"{name}.common.ttf")
