"""Words that are said once in a random company, who may read each, and in which language everything is."""

import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from world_steps import TOPICS, Step

from bot import words
from bot.reply import Reply, plain
from bot.words import LANGUAGES
from store.activities import Activity

NOUNS = {"skill": 1, "title": 1, "hidden_project": 1}
"""So many marks of a step name a thing. In an answer that others got, its name stays."""
WORDS_OF_OTHERS = ("inbox", "teachings")
"""Tables that keep what others asked, and the answers that they got."""
_MARK = re.compile(r"[a-z]{10,}")
_COMMAND = re.compile(r"ristretto export person \S+")
"""What an administrator types is the same in each language."""
_WORD = re.compile(r"[a-zàâäçéèêëîïôöùûü]{3,}")


@dataclass(slots=True)
class Marks:
    """`knows`: who may read a mark (None: everybody); `gone`: those that nobody may read any more; `asked`: who said a
    mark of somebody else."""

    knows: dict[str, set[str] | None] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)
    author: dict[str, str] = field(default_factory=dict)
    gone: set[str] = field(default_factory=set)
    nouns: set[str] = field(default_factory=set)
    asked: set[tuple[str, str]] = field(default_factory=set)

    def say(self, step: Step, who: set[str] | None) -> None:
        """These may read what is said now."""
        for mark in step.marks:
            self.knows[mark], self.author[mark], self.places[mark] = who and set(who), step.who, step.place
        self.nouns |= set(step.marks[: NOUNS.get(step.kind, 0)])

    def tell(self, text: str, handle: str) -> None:
        """What stands there is for this person too."""
        for mark in self.within(text):
            if (known := self.knows[mark]) is not None:
                known.add(handle)

    def enter(self, place: str, handle: str) -> None:
        """Whoever speaks in a place may read what was said there."""
        for mark, where in self.places.items():
            if where == place:
                self.tell(mark, handle)

    def open(self, place: str) -> None:
        self.knows |= {mark: None for mark, where in self.places.items() if where == place}

    def take_back(self, *acts: Activity) -> None:
        self.gone |= {mark for act in acts for mark in self.of(act)}

    def within(self, text: str) -> set[str]:
        return set(_MARK.findall(text.lower())) & self.knows.keys()

    def of(self, act: Activity) -> set[str]:
        return self.within(f"{act.name} {act.key} {act.facts}")

    def by(self, handle: str) -> set[str]:
        return {mark for mark, author in self.author.items() if author == handle}

    def hidden(self, handle: str, place: str) -> list[str]:
        """Those that this person may not read, there least of all."""
        return [
            mark
            for mark, who in self.knows.items()
            if mark in self.gone or (who is not None and handle not in who and self.places[mark] != (place or None))
        ]

    def check(self, handle: str, text: str, exempt: tuple[str, ...] = ()) -> None:
        for mark in self.within(text) - set(exempt):
            known = self.knows[mark]
            assert mark not in self.gone, f"{handle} reads {mark}, which was taken back: {text}"
            assert known is None or handle in known, f"{handle} reads {mark}, which is not for them: {text}"

    def check_place(self, place: str, text: str) -> None:
        for mark in self.within(text):
            hidden = self.knows[mark] is not None and self.places[mark] != place
            assert not hidden and mark not in self.gone, f"{place} reads {mark}: {text}"

    def check_export(self, handle: str, text: str) -> None:
        """One's copy may hold what one took back, and what one asked about."""
        for mark in self.within(text):
            known = self.knows[mark]
            assert known is None or handle in known or (handle, mark) in self.asked, f"{handle} is given {mark}"

    def check_forgotten(self, handle: str, tables: dict[str, str]) -> None:
        for name, said in tables.items():
            others = self.nouns | {mark for _, mark in self.asked} if name in WORDS_OF_OTHERS else set()
            left = (self.within(said) & self.by(handle)) - others
            assert not left, f"{left} of {handle} in {name}"

    def check_language(self, reply: Reply, language: str) -> None:
        """Marks stand in sentences of whoever said them."""
        text = _COMMAND.sub("", plain(reply).lower())
        said = [line for line in text.splitlines() if not self.within(line)]
        foreign = {one for line in said for one in _WORD.findall(line)} & _foreign(language)
        assert not foreign, f"not {language}: {foreign} in {said}"

    def without_nearest(self, text: str, asked: tuple[str, ...]) -> str:
        """Which known skill is spelled most like it depends on the word alone."""
        others = self.knows.keys() - set(asked) | {topic.lower() for topic in TOPICS}
        return "\n".join(line for line in text.splitlines() if not set(re.findall(r"[a-z]+", line.lower())) & others)


@cache
def _foreign(language: str) -> frozenset[str]:
    """Words of the other language's catalogue that are none of this one's."""
    said = {each: _catalogue(each) for each in LANGUAGES}
    return frozenset().union(*(said[each] for each in LANGUAGES if each != language)) - said[language]


def _catalogue(language: str) -> frozenset[str]:
    folder = Path(words.__file__).parent / language
    lines = [line for path in folder.glob("*.po") for line in path.read_text(encoding="utf-8").splitlines()]
    said = " ".join(line.partition('"')[2] for line in lines if line.startswith(("msgstr", '"')))
    return frozenset(_WORD.findall(re.sub(r"\{\w+\}", " ", said).lower()))
