"""The card of a person: what the reader may see of them, and nothing invented."""

import pytest
from company import TENANT
from evidence import skill, tell, thanks, update

from bot.reply import buttons
from store import people

ANSWERED = (
    "Thanks you received",
    "Thanks to @sam",
    "Les mercis à @sam",
    "Nobody I found does quite the same job as you. These people come closest",
    "Je n’ai trouvé personne qui fasse tout à fait votre métier. Voici qui s’en approche le plus",
    "You now follow @sam: what is new there comes in your digest.",
    "Vous suivez maintenant @sam\u00a0: les nouveautés seront dans votre résumé.",
)
PAUL = (
    "@paul\n"
    "Paul Roy, Designer, Studio, Montréal\n"
    "Speaks French, reachable 14:00 to 01:00 your time\n"
    "It is 07:00 there now.\n"
    "Knows, in their own word:\n"
    "- Figma, expert (3 March)\n"
    "- Drawing (2 March)\n"
    "Would like to learn Rust.\n"
    "Works on #apollo.\n"
    "Latest news:\n"
    "- #apollo, 3 March: the first screens are out\n"
    "Latest thanks:\n"
    "- @lea, 1 March: the icons\n"
    "[All their thanks] [Follow]"
)


async def know_paul(talk) -> None:
    await talk.core.store.write(
        TENANT, lambda tx: people.change(tx, "paul", title="Designer", team="Studio", location="Montréal")
    )
    await tell(
        talk,
        skill("paul", "Drawing", days=2),
        skill("paul", "Figma", "expert"),
        skill("paul", "Rust", wish=True),
        update("paul", "the first screens are out", "apollo"),
        thanks("lea", ["paul"], "the icons", days=3),
        thanks("lea", ["paul"], "the secret plan", audience="place:slack:G1"),
        skill("paul", "Poker", audience="place:slack:G1"),
    )


@pytest.mark.parametrize(
    "said",
    [
        "who is Paul?",
        "WHO IS  paul",
        "who is @paul",
        "who's Paul Roy?",
        "profile of Paul",
        "Paul's profile",
        "show me the profile of Paul",
        "tell me about Paul",
    ],
)
async def test_a_card_can_be_asked_for_in_many_ways(talk, said):
    await know_paul(talk)

    assert await talk("ana", said) == PAUL


@pytest.mark.parametrize(
    "said", ["qui est Paul ?", "QUI EST  paul", "profil de Paul", "c'est qui Paul ?", "c’est qui Paul"]
)
async def test_a_card_can_be_asked_for_in_french(talk, said):
    await know_paul(talk)

    assert await talk("ana", said) == (
        "@paul\n"
        "Paul Roy, Designer, Studio, Montréal\n"
        "Parle français, joignable de 14\u00a0h à 1\u00a0h pour vous\n"
        "Il est 7\u00a0h là-bas.\n"
        "Compétences déclarées :\n"
        "- Figma, expert (3 mars)\n"
        "- Drawing (2 mars)\n"
        "Aimerait apprendre Rust.\n"
        "Travaille sur #apollo.\n"
        "Dernières nouvelles :\n"
        "- #apollo, 3 mars : the first screens are out\n"
        "Derniers mercis reçus :\n"
        "- @lea, 1er mars : the icons\n"
        "[Tous ses mercis] [Suivre]"
    ).replace(" :", "\u00a0:")


@pytest.mark.parametrize("said", ["profile", "My Profile", "my profile?", "who am I?", "show my profile"])
async def test_ones_own_card_leads_to_what_can_be_changed(talk, said):
    await tell(talk, skill("sam", "Rust"), thanks("lea", ["sam"], "the demo"))

    assert await talk("sam", said) == (
        "@sam\n"
        "Sam Carter\n"
        "Speaks English, reachable 08:00 to 19:00\n"
        "You know, in your own word:\n"
        "- Rust (3 March)\n"
        "Latest thanks:\n"
        "- @lea, 3 March: the demo\n"
        "Only you decide what stands under skills: skills add Python (good), skills remove Perl\n"
        "[All my thanks] [Who does the same job?]"
    )


@pytest.mark.parametrize("said", ["profil", "mon profil", "MON  PROFIL ?", "montre-moi mon profil"])
async def test_ones_own_card_in_french(talk, said):
    reply = await talk("lea", said)

    assert reply.splitlines()[:2] == ["@lea", "Léa Martin"]
    assert "compétences ajouter Python (bon niveau)" in reply


async def test_a_card_with_nothing_to_show_says_what_can_be_done(talk):
    assert await talk("ana", "who is Sam?") == (
        "@sam\n"
        "Sam Carter\n"
        "Speaks English, reachable 09:00 to 20:00 your time\n"
        "It is 12:00 there now.\n"
        "There is nothing more that I can show you yet. Ask directly, or thank them for something: "
        "kudos @sam for the demo\n"
        "[Follow]"
    )


@pytest.mark.parametrize(
    ("who", "said"),
    [("sam", "profile"), ("lea", "profil"), ("ana", "who is Sam?"), ("jean-marc", "qui est Sam ?")],
)
async def test_every_button_of_a_card_is_answered(talk, who, said):
    await tell(talk, thanks("lea", ["sam"], "the demo"), skill("sam", "SQL"), skill("lea", "SQL"))
    found = buttons(await talk.reply(who, said))

    answers = [await talk.click(who, button.action, button.value) for button in found]

    assert len(answers) == (1 if who == "lea" else 2)
    assert [text for text in answers if text.splitlines()[0] not in ANSWERED] == []


async def test_who_is_away_or_was_asked_this_week_is_shown_so(talk):
    await talk("sam", "away until Monday")
    await tell(talk, skill("lea", "SQL"))
    await talk("ana", "ask who can help me with SQL")

    assert "\naway until Monday 9 March 2026\n" in await talk("jean-marc", "who is Sam?")
    assert "\nalready asked once this week\n" in await talk("ana", "who is Léa?")


async def test_colleagues_whose_word_the_person_took_stand_beside_the_skill(talk):
    await tell(talk, skill("ana", "SQL"))
    for giver in ("sam", "lea"):
        await talk(giver, "endorse @ana for SQL")
        [*_, yes, _] = [one for one in buttons(await talk.reply("ana", "skills")) if one.action.startswith("skills.")]
        await talk.click("ana", yes.action, yes.value)
        talk.later(minutes=1)

    assert "- SQL (3 March)\n  endorsed by @lea and @sam\n" in await talk("sam", "who is Ana?")
    assert "  declared SQL, 3 March, endorsed by @lea and @sam in March\n" in await talk("sam", "who knows SQL?")


async def test_a_bot_is_called_a_bot(talk):
    assert "A bot, not a person." in await talk("ana", "who is robot?")


async def test_a_name_nobody_has_is_asked_back(talk):
    assert await talk("ana", "who is Zorro?") == (
        "I know nobody called “Zorro”. Try the whole name, or mention them with @."
    )


@pytest.mark.parametrize(
    ("said", "nearest"),
    [("who is poul?", "@paul, @paul-b"), ("who is Paul Ray?", "@paul, @paul-b"), ("who is Roi?", "@paul")],
)
async def test_a_name_misspelled_is_answered_with_the_nearest(talk, said, nearest):
    await know_paul(talk)

    assert (await talk("ana", said)).endswith(f"”. Did you mean {nearest}?")


@pytest.mark.parametrize("said", ["who is good at Figma?", "qui est bon en Figma ?", "thanks, I know who Paul is"])
async def test_a_neighbour_is_no_question_for_a_card(talk, said):
    await know_paul(talk)

    assert "Paul Roy, " not in await talk("ana", said)
