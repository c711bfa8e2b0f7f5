"""What holds of who-knows everywhere: nothing hidden is inferred, nobody loses by knowing more, no text raises."""

import asyncio
from random import Random

import pytest
from company import NOON, TENANT, company
from evidence import skill, tell, update
from ranking_worlds import THINGS, WHO, ask, begin, hidden, holding, place, rows, weights

from bot.errors import Refused
from bot.ranking.finding import Asker, find
from store import Store
from store.activities import PUBLIC, fingerprint
from store.record import record
from store.reindex import reindex

WORLDS, STRINGS, LONG = 100, 10_000, 100_000
KINDS = ("skill", "thanks", "update")


@pytest.fixture(scope="module")
def run():
    """Runs work in a world by itself, on one database for all."""
    with asyncio.Runner() as runner:
        store = Store("sqlite://")
        yield lambda tenant, work: runner.run(store.write(tenant, work))
        runner.run(store.close())


@pytest.mark.parametrize("kind", KINDS)
def test_a_row_more_that_holds_all_that_is_asked_and_is_none_of_the_weaker_never_lowers_its_person(run, kind):
    tried = 0
    for seed in range(WORLDS):
        world, who = rows(seed), WHO[seed % len(WHO)]
        new = holding(seed, world.things, who, kind)
        if any((act.actor, act.kind, act.key) == (who, "skill", new.key) for act in world.acts):
            continue  # said before: this would be another word on it, not one more

        def work(tx, world=world, who=who, new=new):
            begin(tx, world.acts)
            before = place(tx, world.topics, who)
            record(tx, new)
            each = weights(tx, world.topics, who)
            is_strong = all(one.pop(fingerprint(new.id), 0.0) >= max(one.values(), default=0.0) for one in each)
            return before, place(tx, world.topics, who), is_strong

        before, after, is_strong = run(f"{kind} {seed}", work)
        tried += is_strong
        assert after <= before or not is_strong, f"world {seed}: from {before} to {after}"
    assert tried > WORLDS / 2


def test_a_declared_skill_more_never_lowers_its_person_whatever_it_is(run):
    for seed in range(WORLDS):
        world, who = rows(seed), WHO[seed % len(WHO)]

        def work(tx, world=world, who=who):
            begin(tx, world.acts)
            before = place(tx, world.topics, who)
            record(tx, skill(who, "Roses", "expert"), skill(who, "Tulips", "beginner"))
            return before, place(tx, world.topics, who)

        before, after = run(f"roses {seed}", work)
        assert after <= before, f"world {seed}: from {before} to {after}"


def test_nobody_sees_counts_or_infers_a_row_that_is_for_others(run):
    """Neither in who is named, nor in what order, with which score and reasons, nor in what is corrected."""
    changed = 0
    for seed in range(WORLDS):
        world = rows(seed)
        questions = [world.topics, ["zanzibar"], ["terrafrom"], ["kubernetse", "terraform"], ["kubernetes zanzibar"]]

        def work(tx, world=world, questions=questions, seed=seed):
            begin(tx, world.acts)
            before = [ask(tx, topics) for topics in questions]
            record(tx, *_new(hidden(seed), world.acts))
            theirs = [ask(tx, topics, (PUBLIC, "place:slack:G1")) for topics in questions]
            return before, [ask(tx, topics) for topics in questions], theirs

        before, after, theirs = run(f"hidden {seed}", work)
        assert [one == other for one, other in zip(after, before, strict=True)] == [True] * len(questions), (
            f"world {seed}"
        )
        changed += theirs != before
    assert changed > WORLDS / 2


def _new(acts, known):
    """Without another word on a skill that was declared before, which would take its place for everybody."""
    said = {(act.actor, act.key) for act in known if act.kind == "skill"}
    return [act for act in acts if act.kind != "skill" or (act.actor, act.key) not in said]


def test_the_order_is_the_same_each_time_and_after_the_index_was_made_anew(run):
    for seed in range(0, WORLDS, 3):
        world = rows(seed)

        def work(tx, world=world):
            begin(tx, world.acts)
            first, again = ask(tx, world.topics), ask(tx, world.topics)
            reindex(tx)
            return first, again, ask(tx, world.topics)

        first, again, anew = run(f"order {seed}", work)
        assert (first == again, again == anew) == (True, True), f"world {seed}"


@pytest.mark.parametrize("names", [names for names in THINGS if len(names) > 1], ids=lambda names: names[0])
def test_two_names_of_one_thing_never_count_twice(run, names):
    one, two = names[:2]

    def asked(tx):
        begin(tx, ())
        said = (update("sam", f"{one} today"), update("lea", f"{one} {two} today and later"), skill("paul", one))
        record(tx, *said)
        return [ask(tx, [topic]) for topic in (one, two, f"{one} {two}", f"{two} {one} {two}")]

    def declared(tx):
        begin(tx, (skill("sam", one, "good"),))
        before = ask(tx, [one])
        record(tx, skill("sam", two, "beginner"))
        return before, ask(tx, [one]), ask(tx, [two])

    questions = run(f"asked {one}", asked)
    before, after, other = run(f"declared {one}", declared)

    assert [len(answer.experts) for answer in questions] == [3] * 4
    assert all(answer == questions[0] for answer in questions)
    assert before.experts[0].score >= after.experts[0].score == other.experts[0].score > 0


ODD = (
    *(
        "\x00",
        "\ud800",
        "\udfff\ud83d",
        "\u202e",
        "\u200f",
        "\u2066",
        "\u0301",
        "\u0345" * 9,
        "\ufffc",
        "\u200d",
        "👩\u200d💻",
    ),
    *(
        "\ufb03",
        "\u0130",
        "ß",
        "𝓐",
        "١٢٣",
        "数据库",
        "базы",
        "é",
        "'",
        '"',
        "«",
        "\n",
        "\t",
        "  ",
        "-",
        "/",
        "++",
        "#",
        "@",
        "?",
    ),
    *(
        "!",
        ":",
        ";",
        "%",
        "_",
        "*",
        "(",
        ")",
        "[",
        "]",
        "\\",
        "$",
        "^",
        "{",
        "}",
        "{people}",
        "9" * 30,
        "a" * 40,
        "1/2/3",
    ),
    *(
        "kubernetes",
        "K8s",
        "terrafrom",
        "C++",
        "C#",
        ".NET",
        "who knows",
        "qui connaît",
        "and",
        "et",
        "or",
        "ou",
        "not",
    ),
    *(
        "sauf",
        "merci @sam",
        "kudos",
        "update #apollo",
        "ask who can help with",
        "skills add",
        "follow",
        "mute",
        "résumé",
    ),
    *("digest every", "à 9 h", "31/12/9999", "2026-02-30", "undo", "profile title", "away until", "@thill", "Paul"),
)


def strings():
    chance = Random("ten thousand strings")
    for _ in range(STRINGS):
        if chance.random() < 0.3:
            most = chance.choice((0x80, 0x800, 0x110000))
            yield "".join(chr(chance.randrange(most)) for _ in range(chance.randint(0, 12)))
        else:
            yield chance.choice(("", " ")).join(chance.choices(ODD, k=chance.randint(1, 6)))


def long_strings():
    parts = (
        "x",
        "kubernetes ",
        "\u202e",
        "é,",
        "a and ",
        "(",
        "and or not ",
        "'",
        "\ud800",
        "\x00",
        "https://",
        "@sam ",
        "1/",
        "C++ ",
    )
    return [(part * LONG)[:LONG] for part in parts]


async def test_ten_thousand_odd_strings_and_the_longest_are_all_answered():
    async with company("sqlite://") as talk:
        await tell(talk, skill("sam", "Kubernetes", "expert"), skill("lea", "C++"), skill("paul", "数据库"))
        said = [*strings(), *long_strings()]

        def look(tx):
            return [find(tx, said[at : at + 4], Asker((PUBLIC,)), NOON, 5) for at in range(0, len(said), 4)]

        found = await talk.core.store.read(TENANT, look)
        actions = []
        for text in said:
            try:
                actions.append((await talk.core.understand(talk.request("ana", text))).action)
            except Refused as refused:
                actions.append(refused.key)
        replies = [await talk("ana", f"who knows {text}") for text in said[:STRINGS:50] + long_strings()]

    assert (len(found), len(actions)) == (-(-len(said) // 4), len(said))
    assert all(action.isprintable() and action for action in actions)
    assert len(set(actions)) > 10
    assert all(replies)
