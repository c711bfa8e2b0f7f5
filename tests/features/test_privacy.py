"""Access and erasure of oneself: everything is shown to the person alone, and forgetting is asked once and kept."""

from dataclasses import replace

import pytest
from company import TENANT
from evidence import skill, tell, thanks, update

from bot import meeting
from bot.core import Core
from bot.feature import Feature
from bot.features import FEATURES
from bot.reply import plain
from bot.request import MENTION, Account, Place
from store import erasures, outbox, people

ACTS = (
    skill("ana", "Python", "expert"),
    skill("ana", "Rust", wish=True, days=2),
    thanks("sam", ["ana", "lea"], "the demo"),
    thanks("ana", ["sam"], "the plan", days=2),
    update("ana", "beta is out", "apollo"),
    *(update("ana", f"note {n}", days=n) for n in range(2, 8)),
)
SHOWN = """\
What I know about you
Since Wednesday 4 March 2026: 1 thanks received, 1 thanks given, 2 skills and 7 updates.
Your profile
- Name: Ana Silva
- Language: en
- Time zone: Europe/Paris
- Accounts: console (ana)
Thanks you received
- 3 March, @sam: the demo
Thanks you gave
- 2 March, @sam: the plan
Your skills
- Python (expert)
- Rust (wish)
Your updates
- 3 March, #apollo: beta is out
- 2 March: note 2
- 1 March: note 3
- 28 February: note 4
And 3 more; your administrator can give you all of it: ristretto export person ana. To be erased: forget me"""
QUESTION = """\
Shall I forget you?
- Your profile, skills, updates, thanks you gave, settings and digests are erased.
- Thanks others gave you lose your name, and so does whatever they wrote.
- What I posted for you in channels is taken away where I can.
- I do not write to you again, unless you say something to me.
There is no way back.
Do you want to keep a copy? Say export me first.
[Forget me for good]"""
FORGOTTEN = "Done: everything I knew about you is erased. If you ever speak to me again, we start afresh. All the best!"
CHANNEL = Place("slack", "C1", "public", "general")


async def handles(talk) -> set[str]:
    return {handle for handle, _ in await talk.core.store.read(TENANT, people.handles)}


async def forget(talk, handle: str) -> str:
    await talk(handle, "forget me")
    [button] = [one for block in talk.replies[-1].blocks if hasattr(block, "buttons") for one in block.buttons]
    return await talk.click(handle, button.action, button.value)


async def test_a_person_sees_what_is_known_about_them(talk):
    await tell(talk, *ACTS)

    assert await talk("ana", "export me") == SHOWN


async def test_somebody_of_whom_nothing_is_known_sees_their_profile(talk):
    assert (await talk("paul", "mes données")).splitlines()[:3] == [
        "Ce que je sais de vous",
        "Depuis le mercredi 4 mars 2026\u00a0: rien que votre profil.",
        "Votre profil",
    ]


@pytest.mark.parametrize(
    "said",
    [
        *("export me", "EXPORT   Me?", "export my data", "my data", "My Data ?", "show me my data", "download my data"),
        *("what do you know about me?", "please export me"),
    ],
)
async def test_access_can_be_asked_for_in_english(talk, said):
    assert (await talk("ana", said)).startswith("What I know about you\nSince Wednesday 4 March 2026")


@pytest.mark.parametrize(
    "said",
    [
        *("mes données", "MES  DONNEES ?", "exporter mes données", "exporter mes donnees", "exporte-moi"),
        *("Que savez-vous de moi ?", "montrez-moi mes données"),
    ],
)
async def test_access_can_be_asked_for_in_french(talk, said):
    assert (await talk("ana", said)).startswith("Ce que je sais de vous\nDepuis le mercredi 4 mars 2026")


@pytest.mark.parametrize(
    "said",
    [
        *("forget me", "FORGET   me?", "Forget me for good", "delete my data", "erase all my personal data"),
        "delete my account",
    ],
)
async def test_erasure_is_asked_about_first_in_english(talk, said):
    assert await talk("ana", said) == QUESTION
    assert "ana" in await handles(talk)


@pytest.mark.parametrize(
    "said",
    ["oubliez-moi", "OUBLIE-MOI ?", "oublie  moi", "supprimer mes données", "supprimez mes donnees", "effacez-moi"],
)
async def test_erasure_is_asked_about_first_in_french(talk, said):
    reply = await talk("ana", said)

    assert reply.startswith("Dois-je vous oublier\u00a0?\n") and reply.endswith("\n[Oubliez-moi pour de bon]")
    assert "ana" in await handles(talk)


@pytest.mark.parametrize(
    "said",
    [
        *("export me a CSV of the sales", "my data pipeline is broken", "mes données de vente sont là"),
        *("forget me not is a flower", "delete my data pipeline", "oubliez-moi ce projet", "I forgot my badge"),
    ],
)
async def test_what_only_sounds_alike_is_neither(talk, said):
    reply = await talk("ana", said)

    assert "What I know" not in reply and "Ce que je sais" not in reply
    assert "[Forget" not in reply and "[Oubliez" not in reply


async def test_whoever_says_yes_is_forgotten(talk):
    await tell(talk, *ACTS)

    reply = await forget(talk, "ana")

    assert reply == FORGOTTEN
    assert "ana" not in await handles(talk)
    assert await talk("sam", "who is ana?") == "I know nobody called “ana”. Try the whole name, or mention them with @."
    assert "@ana" not in await talk("lea", "my thanks")


async def test_thanks_to_several_stay_for_the_others(talk):
    await tell(talk, *ACTS)

    await forget(talk, "ana")

    assert "the demo" in await talk("lea", "my thanks")
    assert "the plan" not in await talk("sam", "my thanks")


async def test_a_button_of_somebody_else_forgets_nobody(talk):
    assert await talk.click("sam", "privacy.forget", "ana") == QUESTION
    assert {"ana", "sam"} <= await handles(talk)


async def test_the_same_click_twice_is_one_erasure_and_hears_the_same(talk):
    request = replace(talk.request("ana", ""), action="privacy.forget", value="ana")
    first = await talk.core.handle(request)

    again = await talk.core.handle(request)

    assert again == first
    assert "ana" not in await handles(talk)


async def test_what_they_said_before_is_not_done_again_when_it_is_delivered_again(talk):
    request = talk.request("ana", "skills add Python")
    await talk.core.handle(request)
    await forget(talk, "ana")

    again = await talk.core.handle(request)

    assert not again
    assert "ana" not in await handles(talk)


async def test_an_answer_others_got_is_given_again_without_the_name(talk):
    request = talk.request("sam", "kudos @ana @lea for the demo")
    await talk.core.handle(request)
    await forget(talk, "ana")

    again = await talk.core.handle(request)

    assert again.blocks[0].spans[:4] == ("You thanked ", "someone", " and ", again.blocks[0].spans[3])
    assert again.blocks[0].spans[3].handle == "lea"


async def test_an_answer_that_led_to_them_is_given_again_without_the_way(talk):
    request = talk.request("sam", "who is Ana?")
    first = await talk.core.handle(request)
    await forget(talk, "ana")

    again = await talk.core.handle(request)

    assert [getattr(block, "contact", None) is None for block in again.blocks] == [True] * len(again.blocks)
    assert plain(again) == plain(first).replace("@ana", "someone").replace("Ana Silva", "someone")


LONG = "the beta of the tasting room is out and everybody may try it now, " * 3


@pytest.mark.parametrize("said", ["the beta is out", LONG.strip()])
async def test_what_they_had_said_is_quoted_no_more_in_an_answer_others_got(talk, said):
    await talk("ana", f"update #apollo {said}; next: prices of the beta")
    request = talk.request("sam", "how is apollo doing?")
    before = plain(await talk.core.handle(request))
    await forget(talk, "ana")

    again = plain(await talk.core.handle(request))

    assert ("beta" in before, "beta" in again, "…" in again) == (True, False, True)


async def test_ones_copy_names_what_one_mutes_in_ones_language(talk):
    await talk("ana", "mute skills")

    assert "- 4 March: you mute new skills" in await talk("ana", "export me")
    assert "- 4 mars\u00a0: vous ignorez les nouvelles compétences" in await talk("ana", "mes données")


async def test_in_a_channel_both_are_answered_in_private(talk):
    asked = [await talk("ana", said, place=CHANNEL) for said in ("export me", "forget me")]

    sent = await talk.sent()
    assert asked == ["This is for you alone, so I wrote to you in private."] * 2
    assert [handle for handle, _ in sent] == ["ana", "ana"]
    assert sent[0][1].startswith("What I know about you") and sent[1][1] == QUESTION


async def test_nobody_else_can_bring_them_back(talk):
    await forget(talk, "lea")

    reply = await talk("ana", f"kudos {MENTION} for the demo", mentions=(Account("console", "lea", name="Léa Martin"),))
    account = Account("console", "lea", "lea", "Léa Martin", "lea@example.com")
    await talk.core.learn(TENANT, account)
    await talk.core.reach(TENANT, account, Place("console", "lea"))

    assert reply == "I cannot write anything about this person, as they wished."
    assert "lea" not in await handles(talk)


async def test_who_comes_back_starts_empty_and_is_known_again(talk):
    await tell(talk, *ACTS)
    await forget(talk, "ana")

    reply = await talk("ana", "export me")

    assert "nothing but your profile" in reply
    assert "ana" in await handles(talk)
    assert (
        await talk.core.store.read(TENANT, lambda tx: erasures.known(tx, ["account:console:ana", "handle:ana"]))
        == set()
    )
    assert (await talk("sam", f"kudos {MENTION} for the demo", mentions=(Account("console", "ana"),))).startswith("You")


async def test_a_mail_that_was_erased_is_not_learnt_from_what_others_say(talk):
    await talk.core.store.write(TENANT, lambda tx: erasures.bury(tx, ["mail:zoe@example.com"], talk.now, "x"))
    await talk("ana", f"kudos {MENTION} for the demo", mentions=(Account("slack", "U9"),))

    learnt = await talk.core.store.write(
        TENANT,
        lambda tx: meeting.learn(tx, Account("slack", "U9", "zoe", "Zoé", "zoe@example.com"), talk.now, lambda: "i"),
    )

    assert learnt is None
    assert "zoe" not in await handles(talk)


async def test_what_was_posted_for_them_in_a_channel_is_taken_away(talk):
    await talk("ana", "kudos @sam for the demo", place=CHANNEL)
    [post] = await talk.core.store.read(TENANT, lambda tx: outbox.of_kind(tx, "kudos.said"))
    await talk.core.store.write(TENANT, lambda tx: outbox.sent(tx, [post.id], talk.now))

    await forget(talk, "ana")

    assert await talk.core.store.read(TENANT, lambda tx: outbox.of_kind(tx, "kudos.said")) == []
    assert await talk.core.store.read(TENANT, lambda tx: outbox.of_kind(tx, "kudos.received")) == []


async def test_a_feature_exports_and_erases_what_it_alone_keeps(talk):
    kept = {"ana": "likes tea"}
    tea = Feature("tea")
    tea.exports.append(lambda _, person: [("privacy.others", (kept[person.id],))])
    tea.erases.append(lambda _, person, __: kept.clear() if person.id == "ana" else None)
    talk.core = Core(talk.core.store, (*FEATURES, tea), now=lambda: talk.now, new_id=talk.core.new_id)

    shown = await talk("ana", "export me")
    await forget(talk, "ana")

    assert "Other things you did\n- likes tea" in shown
    assert kept == {}


async def test_ones_copy_says_what_is_next_what_blocks_and_the_tags(talk):
    await talk("ana", "update #apollo beta is out; next: pricing; blocked: the contract")
    await talk("ana", "kudos @sam for the demo #team")
    await talk("sam", "nouvelle #apollo la bêta est sortie ; ensuite : les prix")

    english, french = await talk("ana", "export me"), await talk("sam", "mes données")

    assert "- 4 March, #apollo: beta is out; next: pricing; blocked: the contract" in english
    assert "- 4 March, @sam: the demo #team" in english
    assert "#apollo\u00a0: la bêta est sortie\u00a0; ensuite\u00a0: les prix" in french
