"""Facts about a project: when it starts and ends, who owns it, how it stands."""

import re
from datetime import date
from itertools import permutations

from bot.errors import Refused
from bot.feature import Context
from bot.features.projects.noun import (
    as_said,
    feature,
    name_as_said,
    name_of,
    new_note,
    seen_by,
    state_said,
    tag,
    tense,
    today,
)
from bot.meeting import meet
from bot.nearest import nearest_people
from bot.reading.dates import is_no_day, read_date
from bot.reading.folded import fold_text
from bot.reply import SILENCE, Block, Buttons, Line, Note, Reply, Spans, say
from bot.request import MENTION
from store import activities, people, projects
from store.activities import Activity
from store.outbox import Message
from store.people import Person
from store.projects import Project

_EN_START = (
    "starts|to start|started|begins|began|will start|will begin|is starting|start date is|kicks off|will kick off"
)
_EN_END = "ends|ended|finishes|finished|is due|will end|will finish|will be done|end date is|deadline is"
_FR_START = "demarre|commence|debute|a demarre|a commence|demarrera|commencera"
_FR_END = "se termine|finit|s'acheve|prend fin|se terminera|finira|s'est termine"
_EN_STATE = "planned|on track|at risk|late|delayed|behind schedule|blocked|stuck|paused|on hold|done|finished|completed"
_FR_STATE = (
    "prevu|planifie|en bonne voie|en cours|dans les temps|a risque|menace|en retard|bloque|en pause|suspendu|termine"
    "|fini|acheve"
)
_STATES = {
    "planned": "planned prevu planifie",
    "on track": "on_track en_bonne_voie en_cours dans_les_temps",
    "at risk": "at_risk a_risque menace",
    "late": "late delayed behind_schedule en_retard",
    "blocked": "blocked stuck bloque",
    "paused": "paused on_hold en_pause suspendu",
    "done": "done finished completed termine fini acheve",
}
_STATE_OF = {said.replace("_", " "): state for state, words in _STATES.items() for said in words.split()}
_HEADS = re.compile(
    r"\b(?:(?P<owner>owner|lead|led by|owned by|responsable|pilote par|pilotee par|pilote)"
    rf"|(?P<endTime>{_EN_END}|due on|ending on|{_FR_END}|(?:end|deadline|fin|echeance)(?=\s*:))"
    rf"|(?P<startTime>{_EN_START}|starting on|{_FR_START}|(?:start|debut|demarrage)(?=\s*:))"
    rf"|(?:is|est|as|comme|state|status|etat|statut)\s*:?\s*(?P<state>{_EN_STATE}|{_FR_STATE})e?)(?![\w-])"
)
_STARTS = re.compile(r"\b(?:start|kick-?off|launch|debut|demarrage|lancement)\b")
_GLUE = re.compile(
    r"^(?:\s|[,;:]|is\b|est\b)+|(?:\s|[,;.!?]|(?<![^\s,;])(?:and|et|its|the|son|sa|le|la|il|elle|it)(?=\s*$))+$"
)


def _sentences(opening: str, clauses: tuple[str, ...], glue: str) -> list[str]:
    """Each choice and order of the clauses, so that every fact has its slot."""
    chosen = [one for n in range(1, len(clauses) + 1) for one in permutations(clauses, n)]
    return [f"{opening} {{project}}[,|:] {glue.join(one)}" for one in chosen]


_EN = (f"({_EN_START}|{_EN_END}) {{date}}", "(owner|lead) [is] {person}", f"is [now] ({_EN_STATE})")
_FR = (
    f"({_FR_START}|{_FR_END}) {{date}}",
    "(responsable|pilote) [est] {person}",
    f"est [maintenant|desormais] ({_FR_STATE})",
)
_OWNED_EN = "[the] project {known} (is owned by|is led by|owned by|led by|belongs to) {person}"
_OWNER_EN = "(owner|lead|leader) of [the] [project] {known} is [now] {person}"
_OWNED_FR = "[le] projet {known} est (pilote|dirige|mene) par {person}"
_OWNER_FR = "[le|la] (responsable|pilote) (du projet|de) {known} est [maintenant|desormais] {person}"
_AND_EN, _AND_FR = "[,] [and] [its|the|it] ", "[,] [et] [son|sa|le|la|il] "


@feature.on(
    "set",
    en=(
        *_sentences("project", _EN, _AND_EN),
        *_sentences("the project", _EN, _AND_EN),
        *(f"#{{project}} {clause}" for clause in _EN),
        *(f"[the] {{known}} {clause}" for clause in _EN if "{person}" not in clause),
        _OWNED_EN,
        _OWNED_EN.replace(" project", ""),
        f"[the] {_OWNER_EN}",
        "set [the] [project] {known} (to start|to begin|to end|to finish) {date}",
        "project {project} {text}",
        f"(mark|set|flag) [the] [project] {{known}} as ({_EN_STATE})",
        "[the] (deadline|due date|end date|end) (of|for) [the] [project] {known} is [on] {date}",
        "[the] (start|start date|kick-off|kickoff|launch) (of|for) [the] [project] {known} is [on] {date}",
        "[the] {known}'s (deadline|due date|end date|end) is [on] {date}",
        "[the] {known}'s (start|start date|kick-off|kickoff|launch) is [on] {date}",
        "{person} owns [the] [project] {known}",
        "{person} leads [the] [project] {known}",
        "{person} is [now] [the] [new] (owner|lead|leader) of [the] [project] {known}",
        "(set|change) the (owner|lead) of [the] [project] {known} to {person}",
        "make {person} [the] (owner|lead) of [the] [project] {known}",
        "(i own|i lead) [project] #{project}",
    ),
    fr=(
        *_sentences("projet", _FR, _AND_FR),
        *_sentences("le projet", _FR, _AND_FR),
        *(f"#{{project}} {clause}" for clause in _FR),
        *(f"{{known}} {clause}" for clause in _FR if "{person}" not in clause),
        _OWNED_FR,
        _OWNED_FR.replace(" projet", ""),
        _OWNER_FR,
        "projet {project} {text}",
        f"(marque|marquer|marquez|note) [le] [projet] {{known}} comme ({_FR_STATE})",
        "(l'echeance|echeance) (de|du projet) {known} est [fixee] [le|au] {date}",
        "(l'echeance|echeance) d'{known} est [fixee] [le|au] {date}",
        "[la|le] (date limite|date de fin|fin) (de|du projet) {known} est [fixee] [le|au] {date}",
        "[la|le] (date limite|date de fin|fin) d'{known} est [fixee] [le|au] {date}",
        "[le|la] (debut|date de debut|demarrage|lancement) (de|du projet) {known} est [fixe|fixee] [le|au] {date}",
        "[le|la] (debut|date de debut|demarrage|lancement) d'{known} est [fixe|fixee] [le|au] {date}",
        "{person} pilote [le] [projet] {known}",
        "{person} dirige [le] [projet] {known}",
        "{person} est [maintenant|desormais] [le|la] [nouveau|nouvelle] (responsable|pilote) (de|du projet) {known}",
        "{person} est [maintenant|desormais] [le|la] [nouveau|nouvelle] (responsable|pilote) d'{known}",
        "[le|la] (responsable|pilote) d'{known} est [maintenant|desormais] {person}",
        "(nomme|mets|mettre) {person} responsable (de|du projet) {known}",
        "(nomme|mets|mettre) {person} responsable d'{known}",
        "(je pilote|je suis responsable de) [projet] #{project}",
    ),
)
def set_facts(ctx: Context) -> Reply:
    """Records what was said about a project; its owner is told."""
    key = ctx.request.slots.project
    known = projects.of_key(ctx.tx, key, ctx.audiences)
    name = known.name if known else name_as_said(ctx, key)
    facts = _read(ctx)
    if not facts:
        raise Refused("projects.no_facts", project=tag(name))
    _check_order(facts)
    act = ctx.record("Update" if known else "Create", "project", key=key, name=name, facts=facts)
    ctx.announce("projects.stated", act.id)
    _tell(ctx, known, act)
    new = () if known else (new_note(ctx, name, "projects.new_facts"),)
    undo = Buttons((ctx.button("projects.undo", "undo", act.id),))
    done = Line(ctx.words("projects.noted_facts", project=tag(name), facts=_listed(ctx, act)))
    return Reply((done, *_crossed(ctx, known, act), *new, Note(seen_by(ctx, act)), undo))


@feature.draws("stated")
def say_it(ctx: Context, message: Message) -> Reply:
    """The line in the place where it was said."""
    return _told(ctx, message, "projects.stated")


@feature.draws("changed")
def tell_owner(ctx: Context, message: Message) -> Reply:
    return _told(ctx, message, "projects.changed")


@feature.draws("owned")
def tell_new_owner(ctx: Context, message: Message) -> Reply:
    return _told(ctx, message, "projects.owned")


@feature.undo("project")
def undo(ctx: Context, act: Activity) -> Reply:
    return say(*ctx.words("projects.undone_facts", project=tag(act.name)))


def _told(ctx: Context, message: Message, key: str) -> Reply:
    act = activities.of_id(ctx.tx, message.about)
    if act is None or act.audience not in ctx.audiences:
        return SILENCE
    return say(*ctx.words(key, person=name_of(ctx, act.actor), project=tag(act.name), facts=_listed(ctx, act)))


def _tell(ctx: Context, known: Project | None, act: Activity) -> None:
    """Lets the owner know what others say about their project, and a new owner that they are one."""
    before, after = (known.owner if known else ""), str(act.facts.get("owner", ""))
    found = people.of_ids(ctx.tx, {before, after} - {"", ctx.me.id})
    for person in found.values():
        named = person.id == after != before
        ctx.tell(person, "projects.owned" if named else "projects.changed", act.id, project=act.key)


def _read(ctx: Context) -> dict[str, str]:
    """The facts in the sentence, whatever their order."""
    folded = fold_text(ctx.request.text)
    facts: dict[str, str] = {}
    if re.match(r"\s*(?:i own|i lead|je pilote|je suis responsable)\b", folded.text):
        return {"owner": ctx.me.id}
    named = as_said(ctx.request.text, ctx.request.slots.project)
    start = len(fold_text(ctx.request.text[: ctx.request.text.find(named) + len(named)]).text)
    heads = list(_HEADS.finditer(folded.text, start))
    ends = [*(head.start() for head in heads[1:]), len(folded.text)]
    for head, end in zip(heads, ends, strict=False):
        match head.lastgroup:
            case "startTime" | "endTime" as fact:
                facts[fact] = _day(ctx, _trim(folded.said(head.end(), end))).isoformat()
            case "owner":
                facts["owner"] = _owner(ctx, folded.said(head.end(), end)).id
            case _:
                facts["state"] = _STATE_OF[" ".join(head["state"].split())]
    if not facts and ctx.request.slots.date:
        fact = "startTime" if _STARTS.search(folded.text) else "endTime"
        facts[fact] = ctx.request.slots.date.isoformat()
    if not facts and ctx.request.slots.people:
        facts["owner"] = _owner(ctx, "").id  # "Sam owns apollo" names the project last
    return facts


def _trim(said: str) -> str:
    return _GLUE.sub("", _GLUE.sub("", said))


def _day(ctx: Context, said: str) -> date:
    found = read_date(said, today(ctx))
    if is_no_day(said, today(ctx)):
        raise Refused("core.no_such_day", said=said)
    if found is None:
        raise Refused("projects.no_date", said=said)
    return found


def _owner(ctx: Context, said: str) -> Person:
    """The person meant: understood already, or named in the middle of a longer sentence."""
    found = ctx.request.slots.people[0] if ctx.request.slots.people else _named(ctx, said)
    if found.bot or found.left_at:
        raise Refused("projects.no_owner", person=f"@{found.handle}")
    return found


def _named(ctx: Context, said: str) -> Person:
    if MENTION in said:
        before = ctx.request.text[: ctx.request.text.find(said)].count(MENTION)
        return meet(ctx.tx, ctx.request.mentions[before], ctx.now, ctx.new_id)
    name = _trim(said).lstrip("@")
    found = people.named(ctx.tx, name) if name else []
    if len(found) == 1:
        return found[0]
    if found:
        raise Refused("core.several_people", name=name, people=", ".join(f"@{one.handle}" for one in found[:5]))
    if not name:
        raise Refused("projects.which_owner")
    raise Refused("core.unknown_person", name=name, nearest=nearest_people(ctx.tx, name, ctx.me.id))


def _check_order(facts: dict[str, str]) -> None:
    if "startTime" in facts and "endTime" in facts and facts["endTime"] < facts["startTime"]:
        raise Refused("projects.ends_first")


def _crossed(ctx: Context, known: Project | None, act: Activity) -> list[Block]:
    """A note where one day was moved past the other, which somebody said before."""
    fact = "endTime" if "startTime" in act.facts else "startTime"
    other = known.day(fact) if known and fact not in act.facts else None
    said = projects.read_day(str(act.facts.get("startTime") or act.facts.get("endTime", "")))
    if other is None or said is None or (said <= other if fact == "endTime" else said >= other):
        return []
    key = "projects.end_before" if fact == "endTime" else "projects.start_after"
    return [Note(ctx.words(key, project=tag(act.name), day=ctx.words.day(other)))]


def _listed(ctx: Context, act: Activity) -> Spans:
    """`starts on Tuesday 3 March 2026, owner @sam`, for any reader."""
    days = {fact: projects.read_day(str(act.facts.get(fact, ""))) for fact in ("startTime", "endTime")}
    said = [ctx.words(tense(ctx, fact, when), day=ctx.words.day(when)) for fact, when in days.items() if when]
    if "owner" in act.facts:
        said.append(ctx.words("projects.owner", person=name_of(ctx, str(act.facts["owner"]))))
    if "state" in act.facts:
        said.append(ctx.words("projects.is_state", state=state_said(ctx, str(act.facts["state"]))))
    return ctx.words.listed(tuple(said))
