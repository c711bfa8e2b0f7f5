"""What people of a random company say, step by step, as data: the same for a seed, and any step can be left out."""

from dataclasses import dataclass, replace
from random import Random

from company import CAST

PEOPLE = tuple(person.handle for person in CAST if not person.bot)
TOPICS = ("Kubernetes", "Python", "Terraform")
PROJECTS = ("apollo", "zephyr")
STEPS, MANY = 26, 7
BEGIN = ("skill", "skill", "skill", "update", "update", "update", "follow_project", "follow_project")

SAYINGS = {
    "thanks": ("kudos @{other} for {m} {n}", "merci @{other} pour {m} {n}"),
    "thanks_many": ("kudos {others} for {m} {n}", "merci {others} pour {m} {n}"),
    "skill": ("skills add {topic}, {m}", "compétences ajouter {topic}, {m}"),
    "wish": ("skills learn {topic}", "compétences apprendre {topic}"),
    "drop": ("skills remove {topic}", "compétences retirer {topic}"),
    "update": ("update #{project} {m} {n}; next: {k}", "nouvelle #{project} {m} {n} ; ensuite : {k}"),
    "hidden_project": ("update #{m} {n} {k}", "nouvelle #{m} {n} {k}"),
    "fact": ("project {project} owner @{other}", "projet {project} responsable @{other}"),
    "title": ("my title is {m}", "mon titre est {m}"),
    "ask": ("ask who can help with {topic}: {m}", "demande qui peut m'aider avec {topic} : {m}"),
    "ask_anonymously": ("ask anonymously who knows {topic}: {m}", "demande anonymement qui connaît {topic} : {m}"),
    "ask_publicly": ("ask publicly who knows {topic}: {m}", "demande publiquement qui connaît {topic} : {m}"),
    "take": ("take it", "je m'en charge"),
    "pass": ("pass", "je passe"),
    "answer": ("answer {m} {n}", "réponse {m} {n}"),
    "helped": ("this helped", "ça m'a aidé"),
    "endorse": ("endorse @{other} for {topic}", "recommande @{other} pour {topic}"),
    "who_knows": ("who knows {topic}?", "qui connaît {topic} ?"),
    "probe": ("who knows {old}?", "qui connaît {old} ?"),
    "card": ("who is @{other}?", "qui est @{other} ?"),
    "thanks_of": ("who thanked @{other}?", "qui a remercié @{other} ?"),
    "my_thanks": ("my thanks", "mes mercis"),
    "skills_of": ("skills of @{other}", "compétences de @{other}"),
    "project": ("how is {project} doing?", "où en est {project} ?"),
    "working": ("what is @{other} working on?", "sur quoi travaille @{other} ?"),
    "members": ("who works on {project}?", "qui travaille sur {project} ?"),
    "doubles": ("who does the same job as me?", "qui fait le même métier que moi ?"),
    "follow_project": ("follow #{project}", "suivre #{project}"),
    "follow": ("follow {thing}", "suivre {thing}"),
    "mute": ("mute {thing}", "ignorer {thing}"),
    "unmute": ("unmute {thing}", "ne plus ignorer {thing}"),
    "away": ("away until Friday", "absent jusqu'à vendredi"),
    "back": ("I am back", "je suis de retour"),
    "digest": ("show me my digest", "montre-moi mon résumé"),
    "daily": ("digest every day at 9", "résumé tous les jours à 9 h"),
    "stop": ("turn off my digest", "arrête le résumé"),
    "meet": ("introduce me", "présente-moi quelqu'un"),
    "avoid": ("do not introduce me to @{other}", "ne me présente pas à @{other}"),
    "export": ("export me", "mes données"),
    "undo": ("undo that", "annuler"),
}
OFTEN = (
    *("thanks", "thanks", "update", "update", "skill", "hidden_project", "undo", "undo", "undo", "undo"),
    *("mute", "mute", "ask", "ask_publicly", "take", "answer", "who_knows", "probe", "probe", "probe"),
)
DEEDS = ("click", "click", "click", "again", "again", "again", "wait", "wait", "wait", "wait", "widen", "forget")
"""What is done without saying anything; `again`: a platform brings an old request once more."""


@dataclass(frozen=True, slots=True)
class Step:
    """`marks`: words that nobody else ever says; `choice`: which button, request, mark or wait is meant."""

    who: str
    kind: str
    said: str = ""
    place: str = ""
    language: str = ""
    marks: tuple[str, ...] = ()
    to: tuple[str, ...] = ()
    choice: float = 0.0


def script(seed: int) -> list[Step]:
    """Some people are busier than others; in every fifth world somebody gives more thanks than they may."""
    chance = Random(seed)
    grateful = chance.choice(PEOPLE) if seed % 5 == 0 else ""
    busy = chance.sample(PEOPLE, 4)
    steps = [_saying(chance, busy[n % len(busy)], kind) for n, kind in enumerate(BEGIN)]
    for _ in range(STEPS):
        step = _step(chance, chance.choice(busy if chance.random() < 0.7 else PEOPLE))
        steps.append(replace(step, who=steps[-1].who) if step.kind == "undo" else step)
    for _ in range(4 if grateful else 0):
        steps.insert(chance.randrange(8), _saying(chance, grateful, "thanks_many"))
    return steps


def word(chance: Random) -> str:
    """Nine letters or more that are no word, and far from every other one."""
    return "".join(chance.choice("bdfgklmnprtvz") + chance.choice("aiou") for _ in range(5))


def _step(chance: Random, who: str) -> Step:
    kind = chance.choice((*SAYINGS, *OFTEN, *DEEDS))
    return _saying(chance, who, kind) if kind in SAYINGS else Step(who, kind, choice=chance.random())


def _saying(chance: Random, who: str, kind: str) -> Step:
    language = chance.choice(("en", "fr"))
    others = [other for other in PEOPLE if other != who]
    to = tuple(chance.sample(others, MANY if kind == "thanks_many" else 1))
    marks = {name: word(chance) for name in "mnk"}
    kinds = {"en": ("kudos", "skills", "projects"), "fr": ("les mercis", "les compétences", "les projets")}[language]
    slots = {
        **marks,
        "other": to[0],
        "others": " ".join(f"@{handle}" for handle in to),
        "topic": chance.choice(TOPICS),
        "project": chance.choice(PROJECTS),
        "thing": chance.choice((f"#{chance.choice(PROJECTS)}", f"@{to[0]}", f"@{to[0]}", *kinds)),
        "old": "{old}",
    }
    template = SAYINGS[kind][language == "fr"]
    used = tuple(mark for name, mark in marks.items() if f"{{{name}}}" in template)
    return Step(who, kind, template.format(**slots), _place(chance, kind), language, used, to, chance.random())


def _place(chance: Random, kind: str) -> str:
    if kind == "hidden_project":
        return chance.choice(("den", "loft"))
    if kind in ("thanks", "skill", "update", "fact"):
        return chance.choice(("", "general", "den", "loft", "hall"))
    return chance.choice(("", "", "", "den")) if kind in ("who_knows", "project", "card") else ""
