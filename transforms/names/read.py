"""A name taken apart: its parts, and of each part the words that tell whose name it is.

Legal forms and fillers are taken off, words that mean the same become one, figures and ordinals become figures, other
scripts become plain letters. Each step is bounded: of a name, its first letters and words are read.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from anyascii import anyascii
from rapidfuzz.distance import OSA

from transforms.names import letters
from transforms.names.words import COMMON, FILLER, LEGAL_FORM, NUMBER, PERSON, PLACE, TRADE, NameWords

MOST_LETTERS = 400
"""Of a name that are read; the longest listed name of one party has fewer."""
MOST_WORDS = 24
MOST_PARTS = 5
WEIGHTS = {TRADE: 0.2, PLACE: 0.15, COMMON: 0.4, PERSON: 0.7, NUMBER: 0.3, "initial": 0.1, "short": 0.5, "own": 1.0}
"""What a word of a kind weighs in a name; "own" is a word that no table lists."""
TELLING = frozenset({PERSON, "own"})
"""Kinds of words that tell one party from another."""
_CAPITALS = re.compile(r"[(\[]\s*[\"'“”]?([A-Z][A-Z0-9&.-]{1,9})[\"'“”]?\s*[)\]]")
_DOTTED = re.compile(r"\b(?:[^\W\d_]\.\s?){2,}(?:[^\W\d_]\b(?!\w))?")
_TOKEN = re.compile(r"[a-z0-9]+")
_ORDINAL = re.compile(r"0*(\d+)(?:st|nd|rd|th)?")
_CUT_LISTED = re.compile(
    r"\b(?:and (?:its |the following )?(?:\w+ )?subordinat|including the|and all success|and any success)", re.I
)
"""From here on a list speaks of others than the party that it names."""
_SOLID = "\u1100"
"""From this letter on, scripts write words without a space between them."""
_OTHER_NAME = ("also known as", "formerly", "now known as")
_SHORTEST_REST = 4
_LONG_FORM, _LONG_TRADE = 7, 8
"""Letters of a word of a legal form, and of another that tells nothing, that is known in spite of a wrong letter."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a name: as it is compared, by its sound, of which kind, and what it weighs."""

    text: str
    sound: str
    kind: str
    weight: float
    mask: int
    """The pairs of letters of its sound, as bits."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a name that may be the name of a party by itself."""

    text: str
    role: str
    """What stands before it: "", or the meaning of a separator (CARE OF, ALSO KNOWN AS)."""
    words: tuple[Word, ...]
    squeezed: str
    """All of its letters but those of legal forms, before any word is taken for another."""
    acronyms: tuple[str, ...]
    has_form: bool = False
    """Whether it has a legal form."""


class Reader:
    """Names read under one list of words."""

    def __init__(self, words: NameWords) -> None:
        self._kinds = dict(words.kinds)
        self._phrases: dict[str, list[tuple[str, ...]]] = {}
        for spelling in words.kinds:
            first, *rest = spelling.split()
            if rest:
                self._phrases.setdefault(first, []).append((first, *rest))
        for phrases in self._phrases.values():
            phrases.sort(key=lambda one: (-len(one), one))
        self._scripts = {key: f" {word} " for key, word in words.scripts.items()}
        solid = [key for key in words.scripts if key[0] >= _SOLID]
        apart = [key for key in words.scripts if key[0] < _SOLID]
        within, whole = letters.spelled(solid), letters.spelled(apart)
        self._script = re.compile(f"{within}|(?<!\\w)(?:{whole})(?!\\w)", re.IGNORECASE)
        self._separators = {re.sub(r"\s+", " ", key): word for key, word in words.separators.items()}
        ended = r"(?<![^\W_])(?<![/&.-])(?:{})(?:\.|\b)(?![&-]\w)[:.]?"
        self._separator = re.compile(ended.format(letters.spelled(words.separators)))
        named = [key for key, word in words.separators.items() if word in _OTHER_NAME]
        self._listed_separator = re.compile(ended.format(letters.spelled(named)))
        self._starts = frozenset(_TOKEN.findall(key)[0] for key in words.separators)
        self._sounds = dict(words.sounds)
        self._sound = re.compile(letters.spelled(words.sounds))
        forms = {key.replace(" ", "") for key, (kind, _) in words.kinds.items() if kind == LEGAL_FORM}
        glued = letters.spelled(one for one in forms if len(one) > letters.LONGEST_ENDING_FORM)
        short = letters.spelled(one for one in forms if len(one) <= letters.LONGEST_ENDING_FORM)
        self._forms = tuple(forms)
        self._form_before = re.compile(f"(?:{glued})+|(?:{short})(?=.{{6}})")
        self._form_after = re.compile(f"(?:{glued})+$|(?<=.{{6}})(?:{short})$")
        self._near: dict[str, str] = {}
        for spelling, (kind, _) in sorted(words.kinds.items()):
            for one in spelling.split() if kind == LEGAL_FORM else [spelling] if kind in (TRADE, COMMON) else ():
                if " " not in one and len(one) >= (_LONG_FORM if kind == LEGAL_FORM else _LONG_TRADE):
                    for near in letters.shorter(one):
                        self._near.setdefault(near, one)
        self._known = {word for spelling in words.kinds for word in spelling.split()}
        self._corrected: dict[str, str] = {}
        self._words: dict[str, Word] = {}

    def parts(self, name: str, *, is_listed: bool = False) -> list[Part]:
        """Return the parts of a name that hold a word; the whole of it is the first where nothing splits it."""
        text = self._plain(name[:MOST_LETTERS])
        if is_listed and (cut := _CUT_LISTED.search(text)) and cut.start() > 8:
            text = text[: cut.start()]
        pieces, role, at = [], "", 0
        low = text.lower()
        separator = self._listed_separator if is_listed else self._separator
        for found in () if self._starts.isdisjoint(_TOKEN.findall(low)) else separator.finditer(low):
            pieces.append((role, text[at : found.start()]))
            key = re.sub(r"\s*([/\\])\s*", r"\1", found.group(0).strip(" .:")).replace(".", "")
            role, at = self._separators.get(re.sub(r"\s+", " ", key), role), found.end()
        pieces.append((role, text[at:]))
        if not is_listed:
            pieces = [(role, cut) for role, piece in pieces for cut in letters.cuts(piece)]
        parts = [self._part(role, piece) for role, piece in pieces[:MOST_PARTS]]
        return [part for part in parts if part is not None]

    def word(self, text: str) -> Word:
        """Return a word as it is compared."""
        found = self._words.get(text)
        if found is None:
            found = self._words[text] = self._made(text)
        return found

    def _correct(self, token: str) -> str:
        """A word one letter from a long word that tells nothing is that word; any other stays as it is."""
        right = token
        if len(token) >= _LONG_FORM - 1 and token not in self._known and letters.stem(token) not in self._known:
            near = (self._near[one] for one in (*letters.shorter(token), token) if one in self._near)
            right = min((one for one in near if OSA.distance(token, one, score_cutoff=1) <= 1), default=token)
        self._corrected[token] = right
        return right

    def without_forms(self, letters: str) -> list[str]:
        """Return the letters of a name without a legal form that is written together with it, where one may be."""
        found = []
        if (before := self._form_before.match(letters)) and len(letters) - before.end() >= _SHORTEST_REST:
            found.append(letters[before.end() :])
        is_ended = letters.endswith(self._forms)
        if is_ended and (after := self._form_after.search(letters)) and after.start() >= _SHORTEST_REST:
            found.append(letters[: after.start()])
        return found

    def _plain(self, name: str) -> str:
        """The name in plain letters, upper and lower as they were; the known words of other scripts in English."""
        if name.isascii() and name.isprintable():
            return name.replace("'", "").replace("`", "")
        text = unicodedata.normalize("NFKC", name)[: 2 * MOST_LETTERS]
        text = "".join(letters.seen(sign) for sign in text)
        if self._scripts:
            text = self._script.sub(lambda one: self._scripts[one.group(0).lower()], text)
        return re.sub(r"['`’‘ʹʺ]", "", anyascii(text.replace("’", "").replace("‘", "")))[: 2 * MOST_LETTERS]

    def _part(self, role: str, piece: str) -> Part | None:
        acronyms: list[str] = []
        if "(" in piece or "[" in piece:
            for found in _CAPITALS.finditer(piece):
                token = "".join(_TOKEN.findall(found.group(1).lower()))
                is_after = bool(found.string[: found.start()].strip())  # what stands first is a part of the name itself
                if is_after and token and token not in self._kinds and len(piece) - len(found.group(0)) > len(token):
                    acronyms.append(token)
                    piece = piece.replace(found.group(0), " ", 1)
        shown = " ".join(piece.split()).strip(" ,;:-/")
        text = piece.lower().replace("&", " and ")
        if "." in text:
            text = _DOTTED.sub(lambda one: one.group(0).replace(".", "").replace(" ", "") + " ", text)
        tokens = letters.joined(_TOKEN.findall(text))[:MOST_WORDS]
        words, raw, has_form = self._core([self._corrected.get(token) or self._correct(token) for token in tokens])
        if not words:
            return None
        return Part(shown, role, tuple(words), "".join(raw)[:80], tuple(dict.fromkeys(acronyms)), has_form)

    def _core(self, tokens: list[str]) -> tuple[list[Word], list[str], bool]:
        """The words that count, the tokens that they came from, and whether there is a legal form.

        Of a name of nothing else, all of its words count.
        """
        read: list[tuple[str, str, str]] = []
        at = 0
        while at < len(tokens):
            token = tokens[at]
            size = 1
            for phrase in self._phrases.get(token, ()):
                if tuple(tokens[at : at + len(phrase)]) == phrase:
                    size, token = len(phrase), " ".join(phrase)
                    break
            kind, word = self._kinds.get(token, ("", ""))
            read.append((kind, word, token.replace(" ", "")))
            at += size
        ends = letters.ends(read)
        words, raw = [], []
        for place, (kind, word, token) in enumerate(read):
            if kind == LEGAL_FORM and (len(token) > letters.LONGEST_ENDING_FORM or place in ends):
                continue
            raw.append(token)
            if kind != FILLER:
                words.append(self.word(word if kind and kind != LEGAL_FORM else token))
        if words:
            return words, raw, len(raw) < len(read)
        return [self.word(token) for _, _, token in read], [token for _, _, token in read], False

    def _made(self, text: str) -> Word:
        kind, word = self._kinds.get(text, ("", text))
        if not kind and (ordinal := _ORDINAL.fullmatch(text)):
            kind, word = NUMBER, ordinal.group(1)[:12]
        elif not kind and len(text) > 4:
            stem = letters.stem(text)
            kind, word = self._kinds.get(stem, ("", text))
        if kind in (FILLER, LEGAL_FORM):
            kind, word = "", text
        kind = kind or ("initial" if len(word) == 1 else "short" if len(word) == 2 else "own")
        sound = word if kind == NUMBER else self._sounded(word)
        return Word(word, sound, kind, WEIGHTS[kind], letters.mask(sound))

    def _sounded(self, word: str) -> str:
        sound = self._sound.sub(lambda one: self._sounds[one.group(0)], word) if self._sounds else word
        sound = re.sub(r"(.)\1+", r"\1", sound)
        return letters.stem(sound) if len(sound) > 4 else sound
