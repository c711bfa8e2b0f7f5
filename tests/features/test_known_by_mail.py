"""Whoever speaks before their mail is known finds all they said when it is."""

from company import NOON, TENANT

from bot.request import Account
from store import people
from store.people import Person


async def test_what_somebody_said_in_their_first_minute_is_theirs_when_their_mail_is_known(talk):
    def enrol(tx):
        people.add(tx, Person("nora", "nora", "Nora Lind", email="nora@example.com"), NOON)

    await talk.core.store.write(TENANT, enrol)
    await talk("u77", "kudos @lea for the clear demo")
    await talk("u77", "skills add Rust (expert)")
    await talk("u77", "follow @lea")
    await talk("u77", "digest every friday at 9")
    await talk("sam", "merci @u77 pour la belle démo")
    account = Account("console", "u77", handle="nora.lind", email="nora@example.com")

    await talk.core.learn(TENANT, account)

    assert await talk("u77", "my thanks") == (
        "Thanks you received\n- @sam: la belle démo\n  Wednesday 4 March 2026\n"
        "Thanks you gave\n- @lea: the clear demo\n  Wednesday 4 March 2026"
    )
    assert "- Rust (expert)" in await talk("u77", "skills")
    assert "- @nora\n  declared Rust, expert, 4 March\n" in await talk("sam", "who knows Rust?")
    assert (await talk("sam", "who is Nora?")).startswith("@nora\nNora Lind\n")
    assert "- @nora\xa0: the clear demo" in await talk("lea", "qui a remercié Léa ?")
