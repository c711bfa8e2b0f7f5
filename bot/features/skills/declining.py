"""No to a skill that a thanks names: it is not offered again, by anybody."""

from bot.errors import Refused
from bot.feature import Context
from bot.features.skills.changes import LONGEST, owned
from bot.features.skills.noun import asked, feature
from bot.ranking.vocabulary import canonical
from bot.reply import Buttons, Line, Reply


@feature.on("decline")
def decline(ctx: Context) -> Reply:
    """Keeps the person's no, for their own eyes; what they have said of it before stays as it is."""
    known = {canonical(skill.name) for skill in owned(ctx).values()}
    entries = [entry for entry in asked(ctx.request.value) if len(entry.name) <= LONGEST]
    new = [entry for entry in entries if canonical(entry.name) not in known]
    if not new:
        raise Refused("skills.decided")
    acts = [ctx.record("Reject", "skill", key=one.key, name=one.name, audience=f"person:{ctx.me.id}") for one in new]
    undo = Buttons((ctx.button("skills.undo", "undo", acts[0].id),))
    return Reply((Line(ctx.words("skills.not_offered", skill=new[0].name)), undo))
