"""What a person says of their own skills: adding, wishing to learn, removing, taking back."""

from rapidfuzz import fuzz, process

from bot.errors import Refused
from bot.feature import Context
from bot.features.skills.noun import Entry, asked, feature, left_out, listed, spoken, who_sees
from bot.reply import Buttons, Line, Note, Reply, Spans, say
from store import activities, skills
from store.activities import Activity
from store.record import retract
from store.skills import MOST, Skill

LONGEST = 60
"""Characters of a skill's name."""
SIMILAR = 60
"""From this likeness (of 100) on a skill is offered as the nearest."""


_PASSING_EN = {
    "expert": "an expert|expert|a specialist",
    "good": "good|fluent|experienced|skilled|proficient",
    "beginner": "a beginner|new",
}
_PASSING_FR = {
    "expert": "un expert|une experte|expert|experte|specialiste",
    "good": "bon|bonne|doue|douee|a l'aise",
    "beginner": "debutant|debutante|un debutant|une debutante",
}


_AS_EN = {"expert": "an expert|expert", "good": "good|proficient|fluent", "beginner": "a beginner|beginner"}
_AS_FR = {
    "expert": "comme expert|comme experte|en tant qu'expert|en tant qu'experte",
    "good": "comme confirme|comme confirmee|avec un bon niveau",
    "beginner": "comme debutant|comme debutante|en tant que debutant|en tant que debutante",
}


@feature.on(
    "add",
    en=(
        "(skills|skill) add [:] {topics}",
        "(skills|skill) add",
        "add [a|the|my|to my] (skills|skill)[:] [:] {topics}",
        "add (skills|skill)",
        "(add|put) {topics} (to|on|in|among) my (skills|skill|skill set|profile)",
        *(
            f"(add|put) {{topics}} (to|on|in|among) my (skills|skill|profile) as ({said}) {{level={level}}}"
            for level, said in _AS_EN.items()
        ),
        (
            "i [also] (know|use|speak|master) [a lot about|all about] {topics} [quite|very|really|pretty]"
            " [well] {confirm=yes}"
        ),
        "i (have|just|have just) (learned|learnt) {topics} {confirm=yes}",
        "i can help [people|others|you] (with|on|about) {topics} {confirm=yes}",
        *(
            f"(i am|i'm) [now] [very|really|quite|pretty] ({said}) (in|at|with|on|of) {{topics}}"
            f" {{level={level}}} {{confirm=yes}}"
            for level, said in _PASSING_EN.items()
        ),
    ),
    fr=(
        "(competences|competence|skills) [:] (ajouter|ajoute|ajoutez) [:] {topics}",
        "(competences|competence) (ajouter|ajoute)",
        "(ajouter|ajoute|ajoutez) [la|les|une|ma|mes|des] (competences|competence) [:] {topics}",
        "(ajouter|ajoute) [une] competence",
        "(ajouter|ajoute|ajoutez|mets|mettre) {topics} (a|dans|sur|parmi) (mes competences|mon profil)",
        *(
            f"(ajouter|ajoute|ajoutez|mets|mettre) {{topics}} (a|dans|sur|parmi) (mes competences|mon profil)"
            f" ({said}) {{level={level}}}"
            for level, said in _AS_FR.items()
        ),
        "je (connais|maitrise|parle|sais utiliser) [aussi] [tres] [bien] {topics} {confirm=yes}",
        "je m'y connais [tres] [bien|un peu] (en|sur|dans) {topics} {confirm=yes}",
        "j'ai [deja] appris {topics} {confirm=yes}",
        "je peux aider (en|sur|avec|pour) {topics} {confirm=yes}",
        *(
            f"je suis [tres|assez|plutot] ({said}) (en|sur|avec|de) {{topics}} {{level={level}}} {{confirm=yes}}"
            for level, said in _PASSING_FR.items()
        ),
    ),
)
def add(ctx: Context) -> Reply:
    """Adds skills to the person's own, or confirms them with a new date or level."""
    entries = asked(ctx.request.value) or spoken(ctx)
    if not entries:
        raise Refused("skills.long_name" if left_out(ctx) else "skills.which", limit=LONGEST)
    own = owned(ctx)
    _check_room(own, entries)
    if ctx.request.confirm:
        return _ask(ctx, entries)
    said: dict[str, list[Entry]] = {"added": [], "learnt": [], "changed": [], "confirmed": []}
    for entry in entries:
        before = own.get(entry.key)
        had = before.level if before and not before.wish else ""
        name = before.name if before else entry.name
        said[_novelty(before, entry)].append(Entry(name, entry.level or had))
    again: dict[str, object] = {"confirms": True}
    facts = [(entry, again if how == "confirmed" else {}) for how, group in said.items() for entry in group]
    act = _record(ctx, "Add", facts)
    lines = [
        Line(ctx.words(f"skills.{novelty}", skills=listed(ctx, group))) for novelty, group in said.items() if group
    ]
    return _echo(ctx, lines, act)


@feature.on(
    "learn",
    en=(
        "(skills|skill) (learn|want|wish) [to learn] [:] {topics}",
        "(skills|skill) (learn|want|wish)",
        "(i want|i wish|i would like|i'd like|i would love|i'd love|i need) to learn [more] [about] {topics}",
        "learn {topics}",
    ),
    fr=(
        "(competences|competence|skills) (apprendre|apprends) [:] {topics}",
        "(competences|competence) apprendre",
        "(je veux|je voudrais|j'aimerais|je souhaite) [bien|vraiment|beaucoup] apprendre [a] {topics}",
        "(j'ai envie d'apprendre|j'apprends) {topics}",
        "apprendre {topics}",
    ),
)
def learn(ctx: Context) -> Reply:
    """Notes what the person wishes to learn."""
    entries = spoken(ctx)
    if not entries:
        raise Refused("skills.long_name" if left_out(ctx) else "skills.which_wish", limit=LONGEST)
    own = owned(ctx)
    _check_room(own, entries)
    had = [own[entry.key] for entry in entries if entry.key in own and not own[entry.key].wish]
    wishes = [entry for entry in entries if entry.key not in {skill.key for skill in had}]
    known = Line(ctx.words("skills.known", skills=listed(ctx, [Entry(skill.name, skill.level) for skill in had])))
    if not wishes:
        return Reply((known,))
    act = _record(ctx, "Add", [(Entry(entry.name), {"wish": True}) for entry in wishes])
    noted = Line(ctx.words("skills.wished", skills=listed(ctx, [Entry(entry.name) for entry in wishes])))
    return _echo(ctx, [noted, known] if had else [noted], act)


@feature.on(
    "remove",
    en=(
        "(skills|skill) (remove|delete|drop) [:] {topics}",
        "(skills|skill) (remove|delete|drop)",
        "(remove|delete|drop) [the|my] (skills|skill) [:] {topics}",
        "(remove|delete|drop|take) {topics} (off|out of|from) (my skills|my profile)",
        "i no longer (know|use|speak|master) {topics} {confirm=yes}",
        "i (don't|do not) (know|use|speak|master) {topics} (anymore|any more|any longer) {confirm=yes}",
    ),
    fr=(
        "(competences|competence|skills) (retirer|retire|enlever|enleve|supprimer|supprime) [:] {topics}",
        "(competences|competence) (retirer|enlever|supprimer)",
        "(retirer|retire|enlever|enleve|supprimer|supprime) [la|les|ma|mes] (competences|competence) [:] {topics}",
        "(retirer|retire|enlever|enleve|supprimer|supprime) {topics} de (mes competences|mon profil)",
        "retirer {topics}",
        (
            "je (ne connais plus|ne maitrise plus|ne parle plus|n'utilise plus|ne sais plus utiliser) {topics}"
            " {confirm=yes}"
        ),
    ),
)
def remove(ctx: Context) -> Reply:
    """Removes skills and wishes of the person's own; what is not there is said, with the nearest that is."""
    entries = asked(ctx.request.value) or spoken(ctx)
    if not entries:
        raise Refused("skills.which_gone")
    own = owned(ctx)
    gone = [Entry(own[entry.key].name) for entry in entries if entry.key in own]
    missing = [entry for entry in entries if entry.key not in own]
    if gone and ctx.request.confirm:
        yes = ctx.button("skills.yes_gone", "skills.remove", ";".join(entry.name for entry in gone))
        return say(*ctx.words("skills.ask_gone", skills=listed(ctx, gone)), buttons=(yes,))
    lines = [Line(ctx.words("skills.removed", skills=listed(ctx, gone)))] if gone else []
    lines += [Line(_missing(ctx, entry, own)) for entry in missing]
    if not gone:
        return Reply(tuple(lines))
    act = _record(ctx, "Remove", [(entry, {}) for entry in gone])
    return Reply((*lines, Buttons((ctx.button("skills.undo", "undo", act.id),))))


@feature.undo("skill")
def undo(ctx: Context, act: Activity) -> Reply:
    """Takes back with an act those of the same sentence."""
    group = act.facts.get("with", act.id)
    recent = activities.of_actor(ctx.tx, act.actor, ["skill"], (act.audience,), MOST + 1)
    others = [one for one in recent if one.id != act.id and one.facts.get("with", one.id) == group]
    for other in others:
        retract(ctx.tx, other, ctx.now)
    names = [Entry(one.name) for one in sorted((act, *others), key=lambda one: one.id)]
    return say(*ctx.words("skills.undone", skills=listed(ctx, names)))


def _ask(ctx: Context, entries: list[Entry]) -> Reply:
    value = ";".join(f"{entry.name} ({entry.level})" if entry.level else entry.name for entry in entries)
    question = ctx.words("skills.ask", skills=listed(ctx, entries))
    return say(*question, " ", *who_sees(ctx), buttons=(ctx.button("skills.yes", "skills.add", value),))


def owned(ctx: Context) -> dict[str, Skill]:
    return {skill.key: skill for skill in skills.of_person(ctx.tx, ctx.me.id)}


def _check_room(own: dict[str, Skill], entries: list[Entry]) -> None:
    if any(len(entry.name) > LONGEST for entry in entries):
        raise Refused("skills.long_name", limit=LONGEST)
    if len(own.keys() | {entry.key for entry in entries}) > MOST:
        raise Refused("skills.too_many", limit=MOST, n=len(own))


def _novelty(before: Skill | None, entry: Entry) -> str:
    if before is None:
        return "added"
    if before.wish:
        return "learnt"
    return "changed" if entry.level and entry.level != before.level else "confirmed"


def _record(ctx: Context, verb: str, said: list[tuple[Entry, dict[str, object]]]) -> Activity:
    """One act a skill; the later ones of a sentence name the first, so that undo finds them."""
    acts: list[Activity] = []
    for entry, more in said:
        facts = more | ({"level": entry.level} if entry.level and verb == "Add" else {})
        facts |= {"with": acts[0].id} if acts else {}
        acts.append(ctx.record(verb, "skill", key=entry.key, name=entry.name, facts=facts))
    return acts[0]


def _echo(ctx: Context, lines: list[Line], act: Activity) -> Reply:
    seen = Note((*who_sees(ctx), " ", *ctx.words("skills.see")))
    more = (Note(ctx.words("skills.some_left_out", limit=LONGEST)),) if left_out(ctx) else ()
    return Reply((*lines, *more, seen, Buttons((ctx.button("skills.undo", "undo", act.id),))))


def _missing(ctx: Context, entry: Entry, own: dict[str, Skill]) -> Spans:
    close = process.extract(entry.key, list(own), scorer=fuzz.ratio, limit=3, score_cutoff=SIMILAR)
    names = ", ".join(own[key].name for key, _, _ in close)
    nearest = ctx.words("core.nearest", names=names) if names else (" ", *ctx.words("skills.see"))
    return ctx.words("skills.missing", skill=entry.name, nearest=nearest)
