"""Who works on a project: joining, leaving, and the answer."""

from bot.errors import Refused
from bot.feature import Context
from bot.features.projects.noun import day, existing, feature, name_as_said, new_note, seen_by, tag
from bot.reply import Block, Buttons, Item, Line, Note, Reply, Spans, Title, say
from store import people, projects
from store.activities import Activity
from store.projects import Project

SHOWN = 15


@feature.on(
    "join",
    en=(
        "join [the] [project] #{project}",
        "join [the] [project] {known}",
        "(i joined|i work on|i am on|i'm on|i am working on|i'm working on) [project] #{project}",
        "(i joined|i work on|i am working on|i'm working on) [the] [project] {known}",
        "(i've joined|i have joined|i have just joined|i just joined) [the] [project] {known}",
        "(i am|i'm) [now] [working] on [the] [project] {known}",
        "(add|put) me (to|on) [the] [project] #{project}",
        "(add|put) me (to|on) [the] [project] {known}",
    ),
    fr=(
        "(rejoindre|rejoins) [le] [projet] #{project}",
        "(rejoindre|rejoins) [le] [projet] {known}",
        "(je rejoins|j'ai rejoint|je travaille sur) [le] [projet] #{project}",
        "(je rejoins|j'ai rejoint|je travaille sur|je bosse sur|je viens de rejoindre) [le] [projet] {known}",
        "je (travaille|bosse) (maintenant|desormais|aussi) sur [le] [projet] {known}",
        "je suis (maintenant|desormais) (sur|dans) [le] [projet] {known}",
        "(ajoute-moi|ajoutez-moi|mets-moi|inscris-moi) (a|sur|au projet|sur le projet) {known}",
    ),
)
def join(ctx: Context) -> Reply:
    """Puts the person into a project; the first to join makes it known."""
    key = ctx.request.slots.project
    known = projects.of_key(ctx.tx, key, ctx.audiences)
    name = known.name if known else name_as_said(ctx, key)
    last = known.members.get(ctx.me.id) if known else None
    if last and last.kind == "member":
        raise Refused("projects.in_already", project=tag(name))
    act = ctx.record("Join", "member", key=key, name=name)
    new: tuple[Block, ...] = () if known else (new_note(ctx, name),)
    undo = Buttons((ctx.button("projects.undo", "undo", act.id),))
    return Reply((Line(ctx.words("projects.joined", project=tag(name))), *new, Note(seen_by(ctx, act)), undo))


@feature.on(
    "leave",
    en=(
        "leave [the] [project] {known}",
        "(i left|i've left|i have left|i no longer work on|i do not work on) [the] [project] {known}",
        "i (don't|do not) work on [the] [project] {known} (anymore|any more|any longer)",
        "(i am|i'm) (no longer|not anymore) on [the] [project] {known}",
        "(remove|take) me (from|off) [the] [project] {known}",
    ),
    fr=(
        "(quitter|quitte) [le] [projet] {known}",
        "(j'ai quitte|je quitte|je ne travaille plus sur|je ne bosse plus sur) [le] [projet] {known}",
        "je ne suis plus (sur|dans) [le] [projet] {known}",
        "(retire-moi|retirez-moi|enleve-moi|enlevez-moi) (de|du projet) {known}",
        "(retire-moi|retirez-moi|enleve-moi|enlevez-moi) d'{known}",
    ),
)
def leave(ctx: Context) -> Reply:
    """Takes the person out of a project; an owner stays its owner until another is named."""
    project = existing(ctx)
    if not project.has(ctx.me.id):
        raise Refused("projects.not_in", project=tag(project.name))
    act = ctx.record("Leave", "member", key=project.key, name=project.name)
    owner = (Note(ctx.words("projects.still_owner", project=tag(project.name))),) if project.owner == ctx.me.id else ()
    undo = Buttons((ctx.button("projects.undo", "undo", act.id),))
    return Reply((Line(ctx.words("projects.left", project=tag(project.name))), *owner, undo))


@feature.on(
    "members",
    en=(
        "who (works|is working|worked) on [the] [project] {known}",
        "who is (on|part of|involved in|a member of) [the] [project] {known}",
        "who is (in charge of|responsible for|leading|running|behind) [the] [project] {known}",
        "who (works|is working) with [the] {known} team",
        "who are the (members|people) (of|on|in|working on|involved in) [the] [project] {known}",
        "who is in [the] project {known}",
        "who (owns|leads) [the] [project] {known}",
        "who (handles|looks after|deals with|takes care of) [the] [project] {known}",
        "who is [the] (owner|lead|leader) (of|on|for) [the] [project] {known}",
        "(members|team) of [the] [project] {known}",
        *(f"[the] [project] {{known}} {those}" for those in ("members", "team", "owner", "lead")),
        "who is [the] {known} (owner|lead|leader)",
    ),
    fr=(
        "qui (travaille|bosse) sur [le] [projet] {known}",
        "qui est (sur|dans) [le] [projet] {known}",
        "qui (s'occupe|fait partie|est membre|est en charge|est charge|est chargee) (de|du projet|du) {known}",
        "qui (s'occupe|fait partie|est membre|est en charge|est charge|est chargee) d'{known}",
        "qui (participe a|participe au projet) {known}",
        "qui (gere|traite) [le] [projet] {known}",
        "qui (sont|est) dans l'equipe (de|du projet) {known}",
        "quels sont les membres (de|du projet) {known}",
        "qui (pilote|dirige) [le] [projet] {known}",
        "qui est [le|la] responsable (de|du projet) {known}",
        "qui est [le|la] responsable d'{known}",
        "(membres|equipe) (de|du projet) {known}",
        "(membres|equipe|l'equipe) d'{known}",
    ),
)
def members(ctx: Context) -> Reply:
    """Everybody in a project, each with what shows it."""
    project = existing(ctx)
    known = people.of_ids(ctx.tx, [project.owner, *project.members])
    here = [id for id in in_it(project) if id in known and not known[id].left_at]
    if not here:
        raise Refused("projects.no_members", project=tag(project.name))
    items = [Item((ctx.mention(known[id]),), (_why(ctx, project, id),)) for id in here[:SHOWN]]
    more = ctx.words("projects.more_people", n=len(here) - SHOWN)
    rest = (Note(more),) if len(here) > SHOWN else ()
    return Reply((Title(ctx.words("projects.members", project=tag(project.name))), *items, *rest))


@feature.undo("member")
def undo(ctx: Context, act: Activity) -> Reply:
    return say(
        *ctx.words("projects.undone_join" if act.verb == "Join" else "projects.undone_leave", project=tag(act.name))
    )


def in_it(project: Project) -> list[str]:
    """The people in a project, its owner first."""
    return list(dict.fromkeys(([project.owner] if project.owner else []) + list(project.members)))


def _why(ctx: Context, project: Project, person: str) -> Spans:
    if person == project.owner:
        return ctx.words("projects.is_owner")
    act = project.members[person]
    key = "projects.wrote_on" if act.kind == "update" else "projects.joined_on"
    return ctx.words(key, day=day(ctx, act.published))
