from datetime import date, timedelta

from company import NOON, TENANT

from store import projects
from store.activities import Activity
from store.record import record, retract


def act(n, kind, actor="ana", key="apollo", verb="Create", **about):
    return Activity(f"a{n}", NOON + timedelta(minutes=n), actor, verb, kind, key=key, name=key, **about)


ACTS = (
    act(1, "update", "ana", facts={"project": "Apollo", "next": "pricing"}),
    act(2, "project", "sam", verb="Update", facts={"startTime": "2026-03-03", "owner": "sam"}),
    act(3, "project", "sam", verb="Update", facts={"state": "at risk"}),
    act(4, "member", "lea", verb="Join"),
    act(5, "member", "ana", verb="Leave"),
    act(6, "project", "lea", verb="Update", facts={"state": "blocked"}, audience="place:console:team"),
    act(7, "member", "paul", key="secret", verb="Join", audience="place:console:team"),
    act(8, "update", "app:ci", facts={"project": "apollo"}),
    act(9, "update", "paul", key="", facts={}),
)
MEMBERS = ("public", "place:console:team")


async def told(talk, ask):
    await talk.core.store.write(TENANT, lambda tx: record(tx, *ACTS))
    return await talk.core.store.read(TENANT, ask)


async def test_a_project_folds_to_what_its_reader_may_see(talk_anywhere):
    public, members = await told(
        talk_anywhere,
        lambda tx: [projects.of_key(tx, "apollo", audiences) for audiences in (("public",), MEMBERS)],
    )

    assert (public.fact("state"), members.fact("state")) == ("at risk", "blocked")
    assert (public.day("startTime"), public.day("endTime"), public.owner) == (date(2026, 3, 3), None, "sam")
    assert list(public.members) == ["lea"]
    assert [act.actor for act in public.updates] == ["app:ci", "ana"]


async def test_names_are_those_said_first_and_only_those_the_reader_may_know(talk_anywhere):
    public, members = await told(
        talk_anywhere, lambda tx: [projects.names(tx, audiences) for audiences in (("public",), MEMBERS)]
    )

    assert public == {"apollo": "Apollo"}
    assert members == {"apollo": "Apollo", "secret": "secret"}


async def test_the_projects_of_a_person_are_those_they_own_joined_or_write_on(talk_anywhere):
    found = await told(
        talk_anywhere,
        lambda tx: {
            person: [project.key for project in projects.of_person(tx, person, ("public",))]
            for person in ("ana", "sam", "lea", "paul")
        },
    )

    assert found == {"ana": [], "sam": ["apollo"], "lea": ["apollo"], "paul": []}


async def test_the_latest_come_first_and_what_is_taken_back_is_gone(talk_anywhere):
    before = await told(talk_anywhere, lambda tx: [one.key for one in projects.latest(tx, MEMBERS, 5)])
    await talk_anywhere.core.store.write(TENANT, lambda tx: retract(tx, ACTS[6], NOON))
    after = await talk_anywhere.core.store.read(TENANT, lambda tx: [one.key for one in projects.latest(tx, MEMBERS, 5)])

    assert before == ["apollo", "secret"]
    assert after == ["apollo"]
