"""A hundred random companies: whatever is said in whatever order, nothing leaks, nothing comes back, nothing breaks."""

import asyncio
from collections import Counter

import pytest
from company import Talk, company
from world_steps import Step, script
from worlds import World, live

WORLDS = 100


@pytest.fixture(scope="module")
def lived():
    """Lives one world after the other on one database, which costs a third of one for each."""
    with asyncio.Runner() as runner:
        opening = company("sqlite://")
        talk = runner.run(opening.__aenter__())

        def live_one(seed: int) -> World:
            steps = script(seed)
            try:
                return runner.run(live(talk, seed, steps))
            except Exception:  # noqa: BLE001  # whatever it is, the fewest steps to it are said
                fewest, said = runner.run(smallest(talk, seed, steps))
            raise pytest.fail.Exception(f"world {seed}: {said}\n" + "\n".join(map(str, fewest)), pytrace=False)

        yield live_one
        runner.run(opening.__aexit__(None, None, None))


@pytest.mark.parametrize("seed", range(WORLDS))
def test_in_whatever_order_people_speak_what_ristretto_promises_holds(lived, seed):
    assert lived(seed).handled


def test_the_worlds_do_what_the_promises_are_about(lived):
    """Else they would hold of nothing."""
    seen: Counter[str] = sum((lived(seed).seen for seed in range(6)), Counter())

    assert {"kudos.received", "digest.due", "questions.asked", "skills.endorsed", "followed"} <= seen.keys()
    assert {"undone", "forget", "again", "probe", "mute", "widen", "click", "refused"} <= seen.keys()


async def smallest(talk: Talk, seed: int, steps: list[Step]) -> tuple[list[Step], str]:
    """As few of the steps as still go wrong, and how."""
    said, size = await _complaint(talk, seed, steps), max(len(steps) // 2, 1)
    while True:
        at = 0
        while at < len(steps):
            fewer = steps[:at] + steps[at + size :]
            if fewer and (found := await _complaint(talk, seed, fewer)):
                steps, said = fewer, found
            else:
                at += size
        if size == 1:
            return steps, said
        size //= 2


async def _complaint(talk: Talk, seed: int, steps: list[Step]) -> str:
    try:
        await live(talk, seed, steps)
    except Exception as wrong:  # noqa: BLE001  # whatever goes wrong is what is looked for
        return f"{type(wrong).__name__}: {wrong}"
    return ""
