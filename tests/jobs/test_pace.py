"""The pace of messages: so many a second, answers first."""

import asyncio

from jobs.pace import Pace


async def test_the_first_turn_is_at_once_and_the_others_follow_at_the_rate():
    pace, start = Pace(100.0), asyncio.get_running_loop().time()

    async with asyncio.timeout(90):
        await Pace(0.001).turn(2)  # whose second turn would come after a quarter of an hour
    await asyncio.gather(*(pace.turn(2) for _ in range(31)))

    assert asyncio.get_running_loop().time() - start >= 0.19


async def test_an_answer_does_not_queue_behind_digests():
    pace, order = Pace(200.0), []

    async def take(name, lane):
        await pace.turn(lane)
        order.append(name)

    await asyncio.gather(*(take(f"d{n}", 2) for n in range(5)), take("answer", 0))

    assert order == ["answer", "d0", "d1", "d2", "d3", "d4"]


async def test_a_turn_that_nobody_waits_for_any_more_is_given_to_the_next():
    pace, other, order = Pace(5.0), Pace(5.0), []
    await asyncio.gather(pace.turn(2), other.turn(2))
    gone = asyncio.create_task(pace.turn(0))
    await asyncio.sleep(0)
    gone.cancel()

    async def take(name, turns):
        await asyncio.gather(*turns)
        order.append(name)

    await asyncio.gather(take("two turns", [other.turn(2), other.turn(2)]), take("one turn", [pace.turn(2)]))

    assert order == ["one turn", "two turns"]
