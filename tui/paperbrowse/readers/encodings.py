"""Which encoding bytes are in that are no UTF-8 and carry no byte order mark."""

import re

_DECLARED = re.compile(rb"(?i)(?:%+[^\n]{0,40}?\b(?:en)?coding[:=]|charset=[\"']?)\s*([\w.:-]{3,20})")
_HIGH = re.compile(rb"[\x80-\xff]+")
_GB2312 = re.compile(rb"(?:[\xa1-\xf7][\xa1-\xfe])+")
_NAMES = {
    "cp936": "gb18030", "gbk": "gb18030", "gb2312": "gb18030", "gb18030": "gb18030", "big5": "big5",
    "shift_jis": "cp932", "sjis": "cp932", "ms932": "cp932", "windows-31j": "cp932", "euc-jp": "euc_jp",
    "euc_jp": "euc_jp", "euc-kr": "cp949", "iso-8859-2": "iso8859_2", "iso8859_2": "iso8859_2",
    "cp1250": "cp1250", "windows-1250": "cp1250", "cp1251": "cp1251", "windows-1251": "cp1251",
    "koi8-r": "koi8_r", "iso-8859-15": "iso8859_15", "iso8859_15": "iso8859_15", "macroman": "mac_roman",
    "x-macroman": "mac_roman",
}  # fmt: skip
_SAMPLE = 1 << 20


def utf16_of(raw: bytes) -> str | None:
    """`utf-16-le` or `utf-16-be` if `raw` is text in it, to be told by where its zero bytes are."""
    head = raw[:1024]
    if len(head) < 4:
        return None
    even, odd = head[::2].count(0), head[1::2].count(0)
    if odd > len(head) // 4 and not even:
        return "utf-16-le"
    return "utf-16-be" if even > len(head) // 4 and not odd else None


def legacy_of(raw: bytes) -> str | None:
    """The encoding that the file's head declares ("% Encoding: GBK"), or GB 18030 where what is not ASCII
    comes in pairs of the most usual Chinese characters; None says Windows-1252."""
    declared = _DECLARED.search(raw, 0, 1024)
    if declared:
        name = _NAMES.get(declared[1].decode("ascii").lower())
        if name:
            return name
    runs = _HIGH.findall(raw, 0, _SAMPLE)
    # A single accented letter stands between ASCII letters; Chinese comes in runs of even length.
    pairs = sum(len(run) for run in runs if _GB2312.fullmatch(run) and len(run) >= 4)
    return "gb18030" if pairs > 0.8 * sum(map(len, runs)) else None
