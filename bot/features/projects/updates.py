"""Project news: what happened, what is next and what is in the way."""

import re
from dataclasses import dataclass

from bot.errors import Refused
from bot.feature import Context
from bot.features.projects.noun import as_said, feature, name_as_said, name_of, nearest, new_note, seen_by, tag
from bot.reading.folded import fold_text
from bot.reading.tags import read_tags
from bot.reply import SILENCE, Block, Button, Buttons, Line, Note, Reply, Spans, say
from store import activities, projects
from store.activities import Activity
from store.outbox import Message

LONGEST = 1300
"""Characters of an update."""
_PARTS = re.compile(
    r"(?:^|(?<=[\s;,.!]))(?:"
    r"(?P<next>next(?: steps?)?|then|ensuite|(?:la )?suite|prochaines? etapes?|a venir|a suivre)"
    r"|(?P<blocked>blocked(?: by| on)?|blockers?|bloquee?(?: par)?|blocages?|bloquants?|points? bloquants?)"
    r")\s*:\s*"
)
_EDGES = " \t\n;,-–—"


@dataclass(frozen=True, slots=True)
class News:
    """An update, and the parts split off it."""

    text: str
    next: str = ""
    blocked: str = ""


_NEW_EN = (
    "[post|share|add|record|log|here is|here's|this is|here are] [a|an|the|my|some] [short|quick|small"
    "|new|latest|brief|little]"
)
_NEW_FR = (
    "[voici|voila|poste|poster|ajoute|ajouter|note|noter] [une|des|la|les|ma|mes] [petite|petites"
    "|derniere|dernieres|courte|breve]"
    " (nouvelle|nouvelles|maj|mise a jour|info|infos)"
)
_POINT_FR = "[petit] (du nouveau|du neuf|point|point d'etape|point d'avancement|statut) (sur|de|pour) [le] [projet]"


@feature.on(
    "update",
    en=(
        "update [on|for|about|to] [project] #{project}[:] [:|-] {text}",
        "update [on|for|about|to] [project] {perhaps}[:] [:|-] {text}",
        (
            f"{_NEW_EN} (update|news|status update|project update) (on|for|from|about) [the] [project]"
            f" #{{project}}[:|,] [:|-] {{text}}"
        ),
        f"{_NEW_EN} (update|news|status update) (on|for|from|about) [the] [project] {{perhaps}}[:] (:|-) {{text}}",
        f"{_NEW_EN} (update|news|status update) (on|for|from|about) [the] [project] {{perhaps}}: {{text}}",
        "(post|share|add|log|note) [an update|news] [on|to|for|about|in] [the] [project] {known}: {text}",
        "(post|share|add|log|note) [an update|news] [on|to|for|about|in] [the] [project] {known}[:] (:|-) {text}",
        "#{project} (update|news|status)[:|,] [:|-] {news}",
        "[the] [project] {perhaps} [status] update[:] (:|-) {text}",
        "[the] [project] {perhaps} [status] update: {text}",
        "[the] [project] {perhaps} news: {text}",
        "(on|for|about|regarding|re) #{project}[:|,] [:|-] {news}",
        "(on|for|about|regarding) [the] [project] {known}, {news}",
        "(on|for|about|regarding) [the] [project] {known}: {news}",
        "update [on|for|about] {project}",
        "update",
    ),
    fr=(
        "(nouvelle|nouvelles|maj|mise a jour) [de|du|sur|pour] [projet] #{project}[:] [:|-] {text}",
        "(nouvelle|nouvelles|maj|mise a jour) [de|du|sur|pour] [projet] {perhaps}[:] [:|-] {text}",
        f"{_NEW_FR} [de|du|sur|pour|d'] [projet] #{{project}}[:] [:|-] {{text}}",
        f"{_NEW_FR} d'#{{project}}[:] [:|-] {{text}}",
        f"{_NEW_FR} d'{{perhaps}}[:] (:|-) {{text}}",
        f"{_NEW_FR} d'{{perhaps}}: {{text}}",
        f"{_NEW_FR} (de|sur|pour|du projet|sur le projet) {{perhaps}}[:] (:|-) {{text}}",
        f"{_POINT_FR} #{{project}}[:|,] [:|-] {{news}}",
        f"{_POINT_FR} {{perhaps}}[:] (:|-) {{text}}",
        f"{_POINT_FR} {{perhaps}}: {{text}}",
        "(info|infos|note|actu|actus) [pour|sur|de] [le] [projet] {known}: {text}",
        "(info|infos|note|actu|actus) [pour|sur|de] [le] [projet] {known}[:] (:|-) {text}",
        "(sur|pour|cote) #{project}[:|,] [:|-] {news}",
        "(sur|pour|cote) [le] [projet] {known}, {news}",
        "(sur|pour|cote) [le] [projet] {known}: {news}",
        "(nouvelle|nouvelles|maj|mise a jour) #{project}",
        "(nouvelle|maj|mise a jour)",
    ),
    both=("#{project}[:] : {text}", "#{project}: {text}", "#{known} {news}", "{known}: {news}", "{known} : {news}"),
)
def update(ctx: Context) -> Reply:
    """Records project news; the first news of a project makes it known."""
    key, name, said, tags, is_named = _said(ctx)
    if not key:
        raise Refused("projects.which")
    if not said:
        raise Refused("projects.no_text", project=tag(name))
    if len(said) > LONGEST:
        raise Refused("projects.long_text", limit=LONGEST, length=len(said))
    known = projects.of_key(ctx.tx, key, ctx.audiences)
    if known is None and not is_named:
        return _ask(ctx, name, said)
    news = read_news(said)
    facts = {"project": known.name if known else name}
    facts |= {part: said for part, said in (("next", news.next), ("blocked", news.blocked)) if said}
    act = ctx.record("Create", "update", key=key, name=news.text, facts=facts | ({"tags": list(tags)} if tags else {}))
    ctx.announce("projects.said", act.id)
    new = () if known else (new_note(ctx, name),)
    done = Line(ctx.words("projects.noted", project=tag(facts["project"]), text=_tagged(act)))
    undo = Buttons((ctx.button("projects.undo", "undo", act.id),))
    return Reply((done, *_parts(ctx, act), *new, Note(seen_by(ctx, act)), undo))


@feature.draws("said")
def say_it(ctx: Context, message: Message) -> Reply:
    """The line in the place where the news was said."""
    act = activities.of_id(ctx.tx, message.about)
    if act is None or act.audience not in ctx.audiences:
        return SILENCE
    sentence = ctx.words(
        "projects.news", person=name_of(ctx, act.actor), project=tag(act.facts["project"]), text=_tagged(act)
    )
    return Reply((Line(sentence), *_parts(ctx, act)))


@feature.undo("update")
def undo(ctx: Context, act: Activity) -> Reply:
    return say(*ctx.words("projects.undone", project=tag(str(act.facts.get("project", act.key)))))


def read_news(text: str) -> News:
    """Splits off what follows "next:" and "blocked:", in either language and order."""
    folded = fold_text(text)
    heads = list(_PARTS.finditer(folded.text))
    ends = [*(head.start() for head in heads[1:]), len(folded.text)]
    parts: dict[str, str] = {}
    for head, end in zip(heads, ends, strict=False):
        said = folded.said(head.end(), end).strip(_EDGES)
        parts[str(head.lastgroup)] = "; ".join(filter(None, (parts.get(str(head.lastgroup)), said)))
    main = folded.said(0, heads[0].start() if heads else len(folded.text)).strip(_EDGES)
    return News(main or text.strip(_EDGES), parts.get("next", ""), parts.get("blocked", ""))


def _said(ctx: Context) -> tuple[str, str, str, tuple[str, ...], bool]:
    """Key, name, words and tags, and whether it is sure that a project is named. A click carries name and words."""
    slots = ctx.request.slots
    if ctx.request.value:
        name, _, text = ctx.request.value.partition("\n")
        said, tags = read_tags(text)
        return projects.key(name), name, said, tags, True
    if not slots.project:
        return "", "", "", (), False
    is_named = as_said(ctx.request.text, slots.project)[:1] in ("#", '"', "«", "“")
    return slots.project, name_as_said(ctx, slots.project), slots.text, slots.tags, is_named


def _ask(ctx: Context, name: str, said: str) -> Reply:
    """A bare word that is no project yet may be one, or no project at all."""
    choices = [Button(tag(other), "projects.update", f"{other}\n{said}") for other in nearest(ctx, projects.key(name))]
    label = ctx.words.text("projects.start", project=tag(name))
    question = ctx.words("projects.ask", project=tag(name))
    return say(*question, buttons=(*choices, Button(label, "projects.update", f"{name}\n{said}")))


def _parts(ctx: Context, act: Activity) -> list[Block]:
    """What is next and what blocks, unless that is all there is and was said already."""
    found = ((part, str(act.facts.get(part, ""))) for part in ("next", "blocked"))
    return [Note(ctx.words(f"projects.{part}", text=said)) for part, said in found if said and said not in act.name]


def _tagged(act: Activity) -> Spans:
    return (act.name, *(f" #{tag}" for tag in act.facts.get("tags", ())))
