"""Random rows about a few things, to ask about: the same for a seed, each world a tenant of its own."""

from dataclasses import dataclass, replace
from datetime import timedelta
from random import Random

from company import CAST, NOON
from evidence import skill, thanks, update

from bot.ranking import scoring
from bot.ranking.concepts import read_concepts, seed
from bot.ranking.finding import Answer, Asker, find
from store import people, postings
from store.activities import PUBLIC, Activity, fingerprint
from store.base import Transaction
from store.evidence import day
from store.record import record
from store.terms import read_terms

THINGS = (("Kubernetes", "k8s", "kube"), ("Terraform",), ("machine learning", "apprentissage automatique"), ("C++",))
NOISE = "the team meeting moved load test release plan garden of billing with cafe".split()
PLACES = ("place:slack:G1", "place:slack:G2", "person:sam", "person:paul")
WHO = tuple(person.id for person in CAST if not person.bot)
TOP = 50


@dataclass(frozen=True, slots=True)
class Rows:
    """`things`: by place in THINGS, what is asked about; `together`: as one topic."""

    acts: tuple[Activity, ...]
    things: tuple[int, ...]
    together: bool

    @property
    def topics(self) -> list[str]:
        named = [THINGS[thing][0] for thing in self.things]
        return [" ".join(named)] if self.together else named


def rows(of: int) -> Rows:
    chance = Random(of)
    acts = [_row(chance, chance.choice(WHO), n) for n in range(chance.randint(0, 40))]
    things = chance.sample(range(len(THINGS)), chance.choice((1, 1, 2, 3)))
    return Rows(tuple(acts), tuple(things), chance.random() < 0.7)


def begin(tx: Transaction, acts: tuple[Activity, ...]) -> None:
    for person in CAST:
        people.add(tx, person, NOON)
    record(tx, *acts)


def ask(tx: Transaction, topics: list[str], audiences: tuple[str, ...] = (PUBLIC,)) -> Answer:
    return find(tx, topics, Asker(audiences), NOON, TOP)


def place(tx: Transaction, topics: list[str], person: str) -> int:
    """The last place is one behind all."""
    order = [expert.person.id for expert in ask(tx, topics).experts]
    return order.index(person) if person in order else TOP


def weights(tx: Transaction, topics: list[str], person: str) -> list[dict[int, float]]:
    """What each row of theirs weighs for each topic, by its act."""
    matched = []
    for topic in topics:
        concepts = read_concepts(read_terms(topic), seed())
        terms = sorted({term for concept in concepts for term in concept.terms})
        matched.append(scoring.match(concepts, postings.read(tx, terms, (PUBLIC,), 20_000), day(NOON)))
    number = fingerprint(person)
    return [
        {
            key & 0xFFFFFF: weight
            for key, weight in zip(one.keys.tolist(), one.weight.tolist(), strict=True)
            if key >> 40 == number
        }
        for one in matched
    ]


def holding(seed: int, things: tuple[int, ...], person: str, kind: str) -> Activity:
    """One more row that holds all of these."""
    chance = Random(f"{seed} {kind}")
    named = [chance.choice(THINGS[thing]) for thing in things]
    more = (
        []
        if kind == "skill"
        else [*chance.choices(named, k=chance.randint(0, 2)), *chance.choices(NOISE, k=chance.randint(0, 4))]
    )
    said = [*named, *more]
    if kind != "skill":
        chance.shuffle(said)
    return _act(chance, kind, person, " ".join(said), "more")


def hidden(seed: int) -> list[Activity]:
    """Rows that are for others, about what is asked, what is spelled nearly so, and what nobody else ever said."""
    chance = Random(f"{seed} hidden")
    words = ["Kubernetes", "terrafrom", "Terraform", "C++", "zanzibar", "kubernetse"]
    acts = [
        _act(chance, chance.choice(("skill", "thanks", "update")), chance.choice(WHO), chance.choice(words), f"h{n}")
        for n in range(12)
    ]
    return [replace(act, audience=chance.choice(PLACES)) for act in acts]


def _row(chance: Random, person: str, n: int) -> Activity:
    kind = chance.choice(("skill", "thanks", "update", "update"))
    named = [chance.choice(chance.choice(THINGS)) for _ in range(chance.choice((0, 1, 1, 1, 2)))]
    if kind == "skill":
        return _act(chance, kind, person, " ".join(named) or chance.choice(NOISE), str(n))
    said = [*named, *chance.choices(NOISE, k=chance.randint(1, 9))]
    chance.shuffle(said)
    return _act(chance, kind, person, " ".join(said), str(n))


def _act(chance: Random, kind: str, person: str, text: str, id: str) -> Activity:
    days = chance.choice((1, 2, 30, 400, 2000))
    match kind:
        case "skill":
            act = skill(person, text, chance.choice(("", "beginner", "good", "expert")), days=days)
        case "thanks":
            act = thanks(next(one for one in WHO if one != person), [person], text, days=days)
        case _:
            act = update(person, text, days=days)
    return replace(act, id=f"{kind}:{id}", published=act.published + timedelta(seconds=len(id)))
