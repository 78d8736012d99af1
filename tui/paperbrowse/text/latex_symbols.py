"""LaTeX's names for characters, in the directions that `latex` (reading) and `bibtex_text` (writing) need.

What is named here is the closed list: a command that is not in these tables is never written out.
Sources: The Comprehensive LaTeX Symbol List; fntguide (LaTeX kernel) for what needs no package.
"""

import unicodedata


def _pairs(table: str) -> dict[str, str]:
    words = table.split()
    return dict(zip(words[::2], words[1::2], strict=True))


def words(text: str) -> frozenset[str]:
    return frozenset(text.split())


GREEK = _pairs(
    "alpha α beta β gamma γ delta δ epsilon ϵ varepsilon ε zeta ζ eta η theta θ vartheta ϑ iota ι kappa κ "
    "lambda λ mu μ nu ν xi ξ pi π varpi ϖ rho ρ varrho ϱ sigma σ varsigma ς tau τ upsilon υ phi ϕ varphi φ "
    "chi χ psi ψ omega ω Gamma Γ Delta Δ Theta Θ Lambda Λ Xi Ξ Pi Π Sigma Σ Upsilon Υ Phi Φ Psi Ψ Omega Ω"
)

RELATIONS = _pairs(
    "leq ≤ geq ≥ neq ≠ approx ≈ sim ∼ simeq ≃ equiv ≡ cong ≅ propto ∝ ll ≪ gg ≫ in ∈ ni ∋ notin ∉ subset ⊂ "
    "supset ⊃ subseteq ⊆ supseteq ⊇ prec ≺ succ ≻ preceq ⪯ succeq ⪰ mid ∣ parallel ∥ perp ⊥ vdash ⊢ dashv ⊣ "
    "models ⊨ doteq ≐ asymp ≍ rightarrow → leftarrow ← leftrightarrow ↔ Rightarrow ⇒ Leftarrow ⇐ "
    "Leftrightarrow ⇔ longrightarrow ⟶ longleftarrow ⟵ longleftrightarrow ⟷ Longrightarrow ⟹ Longleftarrow ⟸ "
    "Longleftrightarrow ⟺ mapsto ↦ longmapsto ⟼ uparrow ↑ downarrow ↓ updownarrow ↕ Uparrow ⇑ Downarrow ⇓ "
    "nearrow ↗ searrow ↘ swarrow ↙ nwarrow ↖ hookrightarrow ↪ hookleftarrow ↩ rightleftharpoons ⇌ "
    "rightharpoonup ⇀ leftharpoonup ↼"
)

OTHERS = _pairs(
    "pm ± mp ∓ times × div ÷ cdot ⋅ ast ∗ star ⋆ circ ∘ bullet • oplus ⊕ ominus ⊖ otimes ⊗ oslash ⊘ odot ⊙ "
    "cap ∩ cup ∪ uplus ⊎ sqcap ⊓ sqcup ⊔ vee ∨ wedge ∧ setminus ∖ wr ≀ diamond ⋄ amalg ⨿ dagger † ddagger ‡ "
    "sum ∑ prod ∏ coprod ∐ int ∫ oint ∮ bigcap ⋂ bigcup ⋃ bigvee ⋁ bigwedge ⋀ bigoplus ⨁ bigotimes ⨂ "
    "forall ∀ exists ∃ neg ¬ emptyset ∅ infty ∞ partial ∂ nabla ∇ aleph ℵ hbar ℏ ell ℓ wp ℘ Re ℜ Im ℑ "
    "prime ′ top ⊤ bot ⊥ angle ∠ triangle △ surd √ flat ♭ natural ♮ sharp ♯ clubsuit ♣ diamondsuit ♢ "
    "heartsuit ♡ spadesuit ♠ langle ⟨ rangle ⟩ lfloor ⌊ rfloor ⌋ lceil ⌈ rceil ⌉ Vert ‖ "
    "ldots … cdots ⋯ vdots ⋮ ddots ⋱ imath ı jmath ȷ bigtriangleup △ bigtriangledown ▽ "
    "triangleleft ◁ triangleright ▷ bigcirc ◯ frown ⌢ smile ⌣ bowtie ⋈"
)

KERNEL_MATH = {**GREEK, **RELATIONS, **OTHERS}
"""Math symbols that LaTeX has without a package: name -> character."""

MATH_SYNONYMS = _pairs(
    "le leq ge geq ne neq to rightarrow gets leftarrow iff Leftrightarrow implies Rightarrow impliedby "
    "Leftarrow lnot neg land wedge lor vee owns ni rVert Vert lVert Vert dots ldots dotsc ldots dotsb "
    "cdots dotsm cdots leqslant leq geqslant geq varnothing emptyset thickapprox approx thicksim sim "
    "smallsetminus setminus dag dagger ddag ddagger centerdot cdot bigstar star "
)
"""Other names of the same symbol, or of one that looks like it: the name that needs no package."""

AMS_MATH = _pairs(
    "lesssim ≲ gtrsim ≳ triangleq ≜ coloneqq ≔ nexists ∄ complement ∁ square □ Box □ blacksquare ■ lozenge ◊ "
    "Diamond ◇ checkmark ✓ circledast ⊛ boxplus ⊞ boxtimes ⊠ rightsquigarrow ⇝ leadsto ⇝ twoheadrightarrow ↠ "
    "upharpoonright ↾ nleq ≰ ngeq ≱ nsubseteq ⊈ subsetneq ⊊ supsetneq ⊋ vDash ⊨ Vdash ⊩ nmid ∤ nparallel ∦ "
    "therefore ∴ because ∵ curvearrowright ↷ curvearrowleft ↶ rightrightarrows ⇉ upuparrows ⇈ ltimes ⋉ "
    "rtimes ⋊ blacktriangle ▲ blacktriangledown ▼ triangledown ▽ eth ð hslash ℏ Bbbk 𝕜 backsim ∽ approxeq ≊ "
    "lessgtr ≶ gtrless ≷ xrightarrow → xleftarrow ←"
)
"""Symbols that need a package, so that they are read but written as something else."""

AMS_SUBSTITUTES = {
    "≲": r"\stackrel{<}{\sim}",
    "≳": r"\stackrel{>}{\sim}",
    "≜": r"\stackrel{\triangle}{=}",
    "≔": r":=",
    "∄": r"\not\exists",
    "≰": r"\not\leq",
    "≱": r"\not\geq",
    "⊈": r"\not\subseteq",
    "⇝": r"\rightarrow",
    "↠": r"\rightarrow",
}
"""How LaTeX's own symbols draw some of those."""

FUNCTIONS = words(
    "arccos arcsin arctan arg cos cosh cot coth csc deg det dim exp gcd hom inf ker lg lim liminf limsup "
    "ln log max min Pr sec sin sinh sup tan tanh"
)

MATH_ACCENTS = {
    "hat": "\u0302", "widehat": "\u0302", "tilde": "\u0303", "widetilde": "\u0303", "bar": "\u0304",
    "overline": "\u0305", "underline": "\u0332", "vec": "\u20d7", "overrightarrow": "\u20d7",
    "dot": "\u0307", "ddot": "\u0308", "acute": "\u0301", "grave": "\u0300", "breve": "\u0306",
    "check": "\u030c", "mathring": "\u030a",
}  # fmt: skip

MATH_FONTS = {
    "mathrm": "mathrm", "mathbf": "mathbf", "mathit": "mathit", "mathsf": "mathsf", "mathtt": "mathtt",
    "mathcal": "mathcal", "mathnormal": "mathnormal", "mathbb": "mathbf", "mathbbm": "mathbf",
    "mathds": "mathbf", "mathscr": "mathcal", "mathfrak": "mathbf", "boldsymbol": "mathbf",
    "bm": "mathbf", "pmb": "mathbf", "operatorname": "mathrm",
}  # fmt: skip
"""Alphabet commands and the one of LaTeX's own that stands for them."""

DOUBLE_STRUCK = {"C": "ℂ", "H": "ℍ", "N": "ℕ", "P": "ℙ", "Q": "ℚ", "R": "ℝ", "Z": "ℤ"}

TEXT_STYLES = words(
    "textbf textit texttt textsc textrm textsf textsl textup textmd textnormal text emph underline mbox "
    "hbox fbox uline ul enquote"
)
"""Commands whose argument is text and which only say how it looks."""

DECLARATIONS = words(
    "bf it tt sc rm sf sl em bfseries itshape ttfamily scshape rmfamily sffamily slshape upshape mdseries "
    "normalfont tiny scriptsize footnotesize small normalsize large Large LARGE huge Huge displaystyle "
    "textstyle scriptstyle scriptscriptstyle limits nolimits noindent centering protect relax boldmath "
    "unboldmath xspace"
)
"""Commands that take no argument and leave no trace in plain text."""

DELIMITER_SIZES = words(
    "left right middle big Big bigg Bigg bigl Bigl biggl Biggl bigr Bigr biggr Biggr bigm Bigm"
)

SPACES = {"quad": " ", "qquad": " ", "enspace": " ", "thinspace": " ", "space": " ", "newline": " ",
          "linebreak": " ", "par": " ", "hfill": " ", "nobreakspace": " ", ",": " ", ";": " ", ":": " ",
          ">": " ", " ": " ", "\\": " ", "!": "", "-": "", "/": "", "@": ""}  # fmt: skip

TEXT_ACCENTS = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", "=": "\u0304", "u": "\u0306",
    ".": "\u0307", '"': "\u0308", "r": "\u030a", "H": "\u030b", "v": "\u030c", "d": "\u0323",
    "c": "\u0327", "k": "\u0328", "b": "\u0331", "textcommabelow": "\u0326",
    "h": "\u0309",
}  # fmt: skip

TEXT_LETTERS = _pairs(
    "ss ß SS ẞ ae æ AE Æ oe œ OE Œ o ø O Ø aa å AA Å l ł L Ł i ı j ȷ dh ð DH Ð dj đ DJ Đ th þ TH Þ ng ŋ NG Ŋ"
)

TEXT_SYMBOLS = {
    **_pairs(
        "textendash – textemdash — textellipsis … ldots … dots … copyright © textcopyright © textregistered "
        "® texttrademark ™ S § P ¶ textsection § textparagraph ¶ dag † ddag ‡ textdagger † textdaggerdbl ‡ "
        "pounds £ textsterling £ texteuro € euro € EUR € textyen ¥ textcent ¢ textdegree ° textmu µ "
        "textperthousand ‰ textbullet • textperiodcentered · textordfeminine ª textordmasculine º "
        "textexclamdown ¡ textquestiondown ¿ guillemotleft « guillemotright » guillemetleft « "
        "guillemetright » guilsinglleft ‹ guilsinglright › quotedblbase „ quotesinglbase ‚ textquotedblleft "
        "“ textquotedblright ” textquoteleft ‘ textquoteright ’ textonehalf ½ textonequarter ¼ "
        "textthreequarters ¾ textonesuperior ¹ texttwosuperior ² textthreesuperior ³ textnumero № "
        "texttimes × textdiv ÷ textpm ± textminus − textrightarrow → textleftarrow ← textuparrow ↑ "
        "textdownarrow ↓ textlnot ¬ textasteriskcentered ∗ checkmark ✓ cmark ✓ xmark ✗ glqq „ "
        "grqq “ glq ‚ grq ‘ flqq « frqq » flq ‹ frq › ohorn ơ OHORN Ơ uhorn ư UHORN Ư"
    ),
    "textless": "<", "textgreater": ">", "textbar": "|", "textbackslash": "\\", "backslash": "\\",
    "textasciitilde": "~", "textasciicircum": "^", "textasciigrave": "`", "textquotesingle": "'",
    "texttildelow": "~",
    "textquotedbl": '"', "textunderscore": "_", "textbraceleft": "{", "textbraceright": "}",
    "textdollar": "$", "textpercent": "%", "lbrace": "{", "rbrace": "}", "lq": "‘", "rq": "’",
    "LaTeX": "LaTeX", "TeX": "TeX", "BibTeX": "BibTeX", "LaTeXe": "LaTeX2e", "XeTeX": "XeTeX",
    "colon": ":", "vert": "|", "lvert": "|", "rvert": "|", "lbrack": "[", "rbrack": "]",
    "eg": "e.g.", "ie": "i.e.", "etc": "etc.", "aka": "a.k.a.",
}  # fmt: skip

_SUPERSCRIPTED = "0123456789+-−=()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVWβγδθφχ⊤"
_SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂᵝᵞᵟᶿᵠᵡᵀ"
_SUBSCRIPTED = "0123456789+-−=()aehijklmnoprstuvxβγρφχ"
_SUBSCRIPTS = "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵪ"

SUPERSCRIPTS = dict(zip(_SUPERSCRIPTED, _SUPERSCRIPTS, strict=True))
SUBSCRIPTS = dict(zip(_SUBSCRIPTED, _SUBSCRIPTS, strict=True))
RAISED = frozenset("∗*′°†‡∘⋆")
"""Characters that already stand high, so that they need no superscript form."""


def _reversed(table: dict[str, str]) -> dict[str, str]:
    return {char: name for name, char in reversed(table.items())}


MATH_NAMES = {char: f"\\{name}" for char, name in _reversed(KERNEL_MATH).items()} | AMS_SUBSTITUTES
"""Character -> math that draws it with nothing but LaTeX's own symbols."""
MATH_NAMES |= {"−": "-", "·": r"\cdot", "∕": "/", "′": "'", "μ": r"\mu", "✓": r"\surd", "∣": r"\mid",
               "∆": r"\Delta",
               "★": r"\star", "ο": "o", "µ": r"\mu", "∙": r"\cdot", "⋯": r"\cdots"}  # fmt: skip
for _char in "†‡•…ıȷ":
    del MATH_NAMES[_char]

TEXT_NAMES = {
    **{char: rf"{{\{name}}}" for char, name in _reversed(TEXT_LETTERS).items()},
    "ẞ": "{SS}",
    "ȷ": r"{\j}",
    "–": "--", "—": "---", "―": "---", "‐": "-", "‑": "-", "‒": "--", "‘": "`", "’": "'", "ʼ": "'",
    "“": "``", "”": "''", "‚": r"{\quotesinglbase}", "„": r"{\quotedblbase}", "«": r"{\guillemotleft}",
    "»": r"{\guillemotright}", "‹": r"{\guilsinglleft}", "›": r"{\guilsinglright}", "…": r"{\ldots}",
    "¡": r"{\textexclamdown}", "¿": r"{\textquestiondown}", "©": r"{\textcopyright}",
    "®": r"{\textregistered}", "™": r"{\texttrademark}", "§": r"{\S}", "¶": r"{\P}", "†": r"{\dag}",
    "‡": r"{\ddag}", "£": r"{\pounds}", "€": r"{\texteuro}", "¥": r"{\textyen}", "¢": r"{\textcent}",
    "°": r"{\textdegree}", "µ": r"{\textmu}", "‰": r"{\textperthousand}", "•": r"{\textbullet}",
    "ˆ": r"{\textasciicircum}", "˜": r"{\textasciitilde}", "´": r"{\textasciiacute}",
    "¨": r"{\textasciidieresis}",
    "¸": r"{\c{}}", "¦": r"{\textbrokenbar}", "ƒ": r"{\textflorin}", "¤": r"{\textcurrency}", "‟": "``",
    "ʻ": "`", "′": "'", "ª": r"{\textordfeminine}", "º": r"{\textordmasculine}", "½": r"{\textonehalf}",
    "¼": r"{\textonequarter}", "¾": r"{\textthreequarters}", "№": r"{\textnumero}",
    "ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "\u00a0": "~", "\u2009": r"\,", "\u202f": r"\,",
}  # fmt: skip
"""Character -> LaTeX text, in ASCII."""

ASCII_NAMES = {
    "\\": r"{\textbackslash}", "{": r"{\textbraceleft}", "}": r"{\textbraceright}", "$": r"\$",
    "&": r"\&", "%": r"\%", "#": r"\#", "_": r"\_", "~": r"{\textasciitilde}", "^": r"{\textasciicircum}",
    "<": r"{\textless}", ">": r"{\textgreater}", "|": r"{\textbar}",
}  # fmt: skip
"""ASCII characters that mean something to TeX or BibTeX -> LaTeX that prints them. Braces have no
backslash form: BibTeX and biber count the brace of `\\{`, so it would have to balance."""

ACCENT_COMMANDS = {mark: command for command, mark in TEXT_ACCENTS.items() if command != "h"}
"""Those that LaTeX has in every encoding; the hook it has only for Vietnamese."""


def accented(char: str) -> str | None:
    """`char` as LaTeX accents over an ASCII letter, or None where it is nothing of the kind."""
    decomposed = unicodedata.normalize("NFD", char)
    base, marks = decomposed[0], decomposed[1:]
    if not marks or not ((base.isascii() and base.isalpha()) or base in TEXT_LETTERS.values()):
        return None
    if any(mark not in ACCENT_COMMANDS for mark in marks):
        return None
    # LaTeX has a dotless form of its own under these four accents; under others it must be asked for.
    if base in "ij" and any(mark not in "\u0300\u0301\u0302\u0308" for mark in marks[:1]):
        text = f"\\{base}" if marks[0] not in "\u0323\u0328\u0331" else base
    else:
        text = base if base.isascii() else TEXT_NAMES[base].strip("{}")
    for mark in marks:
        command = ACCENT_COMMANDS[mark]
        text = f"\\{command}{{{text}}}" if command.isalpha() or len(marks) > 1 else f"\\{command}{text}"
    return f"{{{text}}}"
