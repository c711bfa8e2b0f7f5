"""Who asks and what is asked: whom it reaches, what is kept, exported and erased, and what the gap map tells."""

import dataclasses
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from company import NOON, TENANT
from evidence import skill, tell, thanks

from bot import reply, streams
from bot.feature import Context
from bot.features.privacy.record import everything
from bot.words import Words
from jobs.calendar import tick
from store import activities, outbox, people, questions, subscriptions
from store.activities import PUBLIC

ANA = ("ana", "silva")
APRIL = datetime(2026, 4, 6, 10, 0, tzinfo=UTC)
"""The first Monday of a month, when everybody's digest is due."""


async def knowing(talk, *handles: str) -> None:
    await tell(talk, *(skill(one, "Kubernetes", days=n + 1) for n, one in enumerate(handles)))


async def question(talk):
    return (await talk.core.store.read(TENANT, lambda tx: questions.of_asker(tx, "ana")))[0]


async def drawn_for_others(talk) -> list[str]:
    """Every byte of everything ever written for anybody but Ana, drawn again, words and buttons."""
    kept = await talk.core.store.read(TENANT, lambda tx: outbox.page(tx, outbox.STATES, "", 500))
    drawn = [await talk.core.draw(TENANT, message) for message in kept if message.person != "ana"]
    rows = [json.dumps(dataclasses.asdict(message), default=str) for message in kept if message.person != "ana"]
    return rows + [reply.dump(one.reply) for one in drawn if one]


async def exported(talk, person: str) -> str:
    """All that the operator's export holds of somebody, and what they read of themself."""

    def read(tx) -> str:
        found = people.of_ids(tx, [person])[person]
        place = talk.request(person, "").place
        request = dataclasses.replace(talk.request(person, ""), place=place)
        core = talk.core
        ctx = Context(tx, found, Words("en"), talk.now, core.new_id, core.features, request, core.company)
        return json.dumps(everything(ctx, found), ensure_ascii=False)

    return await talk.core.store.read(TENANT, read) + await talk(person, "export me")


LIFE = (
    *(("sam", "pass", ""), ("lea", "suggest", ""), ("lea", "", "suggest @paul-b")),
    *(("paul-b", "take", ""), ("paul-b", "pass", ""), ("jean-marc", "take", ""), ("sam", "take", "")),
    *(("jean-marc", "", "my questions"), ("jean-marc", "", "answer drain the node first"), ("ana", "missed", "")),
    *(("jean-marc", "take", ""), ("jean-marc", "", "answer drain it, then wait"), ("ana", "helped", "")),
)
"""Who does what with a question: passed, suggested, taken, given back, answered, found wanting, answered again."""
PEERS = ("sam", "lea", "paul-b", "jean-marc")


async def whole_life(talk, ask: str) -> list[str]:
    """What everybody but Ana got while all of that happened, and what they can find of it later."""
    await knowing(talk, *PEERS)
    await talk("ana", ask)
    id = (await question(talk)).id
    said: list[str] = []
    for handle, verb, text in (*LIFE, *((one, "", text) for one in PEERS for text in LATER)):
        talk.later(minutes=20)
        await tick(talk.core, talk.now)
        told = await talk.reply(handle, text, **({"action": f"questions.{verb}", "value": id} if verb else {}))
        said += [reply.dump(told)] * (handle != "ana") + await drawn_for_others(talk)
    return said + [await exported(talk, handle) for handle in PEERS]


LATER = ("who knows kubernetes?", "digest", "my thanks", "my questions")


def names(text: str) -> list[str]:
    return [
        name for name in ANA if f'"{name}"' in text.lower() or f"@{name}" in text.lower() or "silva" in text.lower()
    ]


@pytest.mark.parametrize("ask", ["ask anonymously who knows kubernetes", "demande anonymement qui connaît kubernetes"])
async def test_whoever_asks_without_a_name_is_named_in_no_byte_that_others_get(talk, ask):
    said = await whole_life(talk, ask)

    assert (await question(talk)).state == "helped"
    assert sum("drain it, then wait" in text for text in said) == 1
    assert [text for text in said if names(text)] == []
    assert [text for text in said if "person:ana" in text] == []


async def test_whoever_asks_with_their_name_is_named(talk):
    said = await whole_life(talk, "ask who knows kubernetes")

    assert len([text for text in said if names(text)]) > 10


async def test_logs_do_not_learn_who_asks_or_what(talk, capfd, caplog):
    caplog.set_level("DEBUG")

    await whole_life(talk, "ask anonymously who knows kubernetes: a canary in a coal mine")

    out = "".join(capfd.readouterr()) + caplog.text
    assert [word for word in ("canary", "kubernetes", "ana", "drain") if word in out] == []


@pytest.mark.parametrize(
    ("ask", "audience", "to"),
    [
        ("ask who knows kubernetes", "person:ana", ("ana",)),
        ("ask anonymously who knows kubernetes", "person:sam", ()),
        ("ask publicly who knows kubernetes", PUBLIC, ()),
        ("demande publiquement qui connaît kubernetes", PUBLIC, ()),
    ],
)
async def test_an_answer_is_an_act_for_those_whom_the_asker_chose(talk, ask, audience, to):
    await knowing(talk, "sam")
    await talk("ana", ask)
    id = (await question(talk)).id

    await talk("sam", "answer drain it first")

    def read(tx):
        return activities.of_id(tx, questions.of_helper(tx, "sam", "answered")[0].answer)

    act = await talk.core.store.read(TENANT, read)
    assert (act.verb, act.kind, act.name, act.audience, act.to) == ("Create", "answer", "drain it first", audience, to)
    assert act.facts == {"question": id, "topics": ["kubernetes"]}


async def test_a_question_is_its_askers_own(talk):
    await knowing(talk, "sam")

    await talk("ana", "ask publicly who knows kubernetes: why?")

    [act] = await talk.core.store.read(
        TENANT, lambda tx: activities.of_actor(tx, "ana", ["question"], ["person:ana", PUBLIC])
    )
    assert (act.verb, act.name, act.facts, act.audience) == (
        *("Question", "why?"),
        *({"topics": ["kubernetes"]}, "person:ana"),
    )


@pytest.mark.parametrize(
    "said",
    [
        {"type": "Question", "content": "why?", "tag": [{"type": "Skill", "name": "SAP"}]},
        {"type": "Question", "tag": [{"type": "Skill", "name": "SAP"}, {"type": "Skill", "name": "VBA"}]},
        {"type": "Question", "object": {"type": "Note"}, "tag": [{"type": "Skill", "name": "SAP"}]},
        {
            "type": "Create",
            "object": {"type": "Note", "content": "so", "inReplyTo": "urn:q"},
            "target": "urn:ristretto:person:ana",
            "tag": [{"type": "Skill", "name": "SAP"}],
        },
        {"type": "Create", "object": {"type": "Note", "content": "so", "inReplyTo": "urn:q"}},
        {
            "type": "Create",
            "object": {"type": "Note", "content": "so", "inReplyTo": "urn:q", "next": "more"},
            "context": {"type": "Project", "name": "apollo"},
            "tag": [{"type": "Hashtag", "name": "#x"}],
        },
    ],
)
def test_questions_and_answers_go_in_and_come_out_the_same(said: dict[str, Any]):
    whole = {
        "@context": streams.CONTEXT,
        "id": "urn:1",
        "actor": "urn:ristretto:person:sam",
        "published": "2026-03-04T12:00:00Z",
        **said,
    }

    act = streams.read(whole, str)

    assert streams.write(act, str) == whole
    assert streams.read(streams.write(act, str), str) == act


async def month_of_gaps(talk) -> None:
    """In March three people look for help that nobody can give."""
    await tell(talk, skill("sam", "Python"), skill("lea", "Python"))
    await tell(talk, thanks("paul", ["sam", "lea", "ana", "paul-b"], "the good company", days=-30))
    await talk("ana", "ask anonymously who knows Haskell")
    await talk("paul", "ask who knows Coq: my proof is stuck")
    await talk("sam", "ask who can help with a letter to Ana about her very private trouble")
    talk.now = APRIL


async def test_the_first_digest_of_a_month_names_what_nobody_knew_and_nobody_who_asked(talk):
    await month_of_gaps(talk)

    told = await talk("sam", "digest")

    assert (
        "Last month colleagues looked for help with Coq and Haskell and found nobody. Do you know it?\n"
        "[I know it: Coq] [I know it: Haskell]\n"
    ) in told
    assert [word for word in ("ana", "proof", "letter", "private") if word in told.lower()] == []


async def test_it_is_said_in_french_without_the_readers_own_question(talk):
    await month_of_gaps(talk)
    await talk.core.store.write(TENANT, lambda tx: people.change(tx, "lea", timezone="Europe/Paris"))

    assert "de l’aide sur «\u00a0Coq et Haskell\u00a0» sans trouver personne" in await talk("lea", "digest")
    await tell(talk, skill("paul", "Python"))
    assert "Coq" not in await talk("paul", "digest")


@pytest.mark.parametrize("how", ["questions off", "skills remove Python"])
async def test_who_is_not_asked_questions_is_not_told_of_gaps(talk, how):
    await month_of_gaps(talk)
    await talk("sam", how)

    assert "Haskell" not in await talk("sam", "digest")


async def test_it_comes_once_a_month(talk):
    await month_of_gaps(talk)
    talk.now = APRIL + timedelta(days=7)
    await tell(talk, dataclasses.replace(thanks("lea", ["sam"], "the good week"), published=talk.now))
    await talk.core.store.write(TENANT, lambda tx: subscriptions_sent(tx, APRIL))

    assert "Haskell" not in await talk("sam", "digest")


def subscriptions_sent(tx, at: datetime) -> None:
    from store import digests
    from store.digests import Digest

    said = ["questions.hint"]
    digests.keep(tx, Digest("sam", "2026-W15", "queued", at - timedelta(days=7), at, [], hints=said))


async def test_i_know_it_takes_the_question_and_offers_the_skill(talk):
    await month_of_gaps(talk)

    told = await talk.click("sam", "questions.know", "Haskell")

    assert told == (
        "Thank you, it is yours.\n"
        "A question from a colleague: who can help with Haskell?\n"
        "Say answer … with your words, and I bring them over. Your answer goes to a colleague alone.\n"
        "[Pass it on]\n"
        "Would you like others to find you for it? It becomes a skill of yours by your yes alone.\n"
        "[Add to my skills: Haskell]"
    )
    assert await talk.sent() == [("ana", "@sam has taken your question about Haskell. The answer comes to you here.")]
    assert (await talk.click("lea", "questions.know", "Haskell")).startswith("Il n’y a plus rien à répondre")


@pytest.mark.parametrize(("handle", "said"), [("sam", "I know it"), ("lea", "je sais")])
async def test_of_several_gaps_one_is_chosen(talk, handle, said):
    await month_of_gaps(talk)

    reply_ = await talk.reply(handle, said)

    assert [one.value for one in reply.buttons(reply_)] == ["Coq", "Haskell"]


async def test_what_is_kept_of_questions_is_exported_and_goes(talk):
    await knowing(talk, "sam")
    await talk("ana", "ask who knows kubernetes: why does it restart?")
    await talk("sam", "answer it has no memory left")
    told = {handle: await talk(handle, "export me") for handle in ("ana", "sam")}

    asked, taken = "Questions you asked: 1.", "Questions of others that came to you: 1."
    assert "4 March, question: why does it restart?" in told["ana"] and asked in told["ana"]
    assert "4 March, answer: it has no memory left" in told["ana"]
    assert "4 March, answer: it has no memory left" in told["sam"] and taken in told["sam"]


async def test_whoever_leaves_takes_their_questions_along(talk):
    await knowing(talk, "sam")
    await talk("ana", "ask who knows kubernetes: why does it restart?")
    id = (await question(talk)).id

    await talk.click("ana", "privacy.forget", "ana")

    def rows(tx) -> list[object]:
        return [*questions.routes_of(tx, id), *questions.of_asker(tx, "ana"), *outbox.of_kind(tx, "questions.asked")]

    assert await talk.core.store.read(TENANT, rows) == []
    assert "not there any more" in await talk.click("sam", "questions.take", id)


def test_noon_is_a_wednesday_in_march():
    assert (NOON.month, NOON.weekday(), APRIL.weekday(), subscriptions.Subscription("x", NOON.date()).weekday) == (
        *(3, 2, 0),
        0,
    )
