"""The query language by example, as help and the manual page tell it."""

QUERY_EXAMPLES = (
    ("knowldge distil", "words in any order, beginnings of words, typos forgiven"),
    ('"chain of thought"', "exactly this phrase"),
    ("author:mu distil", "by someone called Mu…, about distil…"),
    ('author:"Yongyu Mu"', "by exactly this author"),
    ("title:reward -model", "in the title, and not model"),
    ("venue:acl, cat:CL", "where it was published; its category"),
    ("year:2023, year:2021..2023, year:>=2024", "when"),
    ("has:code, is:bookmarked, tag:to-read, status:reading", "what it has, what you said of it"),
    ("(pruning OR quantized) year:2025", "either; parentheses group"),
)
