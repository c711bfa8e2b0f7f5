"""Digest: the few things of a period that matter to one person, on demand and at the rhythm they like."""

from bot.curating.choice import THIN
from bot.feature import Context, Feature
from bot.features.digest import drawing, rhythm, showing
from bot.features.digest.ending import last_line
from bot.features.digest.queueing import queue_due as queue_due
from bot.features.digest.queueing import queue_now as queue_now
from bot.features.digest.queueing import settle as settle
from bot.features.digest.showing import Shown
from bot.reply import SILENCE, Buttons, Line, Note, Reply, Title
from store import digests, subscriptions
from store.news import Span
from store.outbox import Message

feature = Feature(
    "digest",
    examples={
        "en": ("digest", "digest every friday at 9", "digest off"),
        "fr": ("résumé", "résumé chaque vendredi à 9 h", "résumé stop"),
    },
)

feature.tick(queue_due)


@feature.on(
    "show",
    en=(
        "[show [me]|see|view|send [me]|give me] (my|the|a) [weekly] digest",
        "what is in (my|the|this week's|today's) digest",
        "preview [[of] my digest]",
        "(digest preview|preview digest|digest now)",
    ),
    fr=(
        "[mon] resume",
        "(montre-moi|montre|montrez-moi|voir|envoie-moi|donne-moi|affiche|m'envoyer) (mon|le|un) (resume|digest)",
        "(le|un) resume",
        "qu'y a-t-il dans (mon|le) (resume|digest)",
        "qu'est-ce qu'il y a dans (mon|le) (resume|digest)",
        "apercu [de mon resume]",
        "resume maintenant",
    ),
    both=("digest", "mon digest"),
)
def show(ctx: Context) -> Reply:
    """The digest as it would be sent now; where nothing is new, the last one again."""
    return draw_shown(ctx, showing.at(ctx, ctx.now))


_SEND_FR = "envoyez-moi|envoie-moi|m'envoyer|recevoir|avoir|envoyer|programme|programmer"


@feature.on(
    "rhythm",
    en=(
        "[send [me]|get|receive|have|schedule|set] (a|my|the) digest[s] [to] {rhythm}",
        "send me digests {rhythm}",
        "(change|move|switch|reschedule|shift) (my|the) digest (to|for) {rhythm}",
        "[a|one] {rhythm} digest[s]",
        "[a] weekly digest (on|every) {rhythm}",
        "(turn|switch) (on|back on) [my|the] digest[s]",
        "(turn|switch) [my|the] digest[s] (on|back on)",
        "digest (on|again)",
        "(start|restart|resume) [my|the] digest[s]",
    ),
    fr=(
        f"[{_SEND_FR}] [un|mon|le] resume {{rhythm}}",
        f"({_SEND_FR}) [un|mon|le] digest {{rhythm}}",
        "(mon|le) digest {rhythm}",
        (
            "(decale|decaler|deplace|deplacer|passe|passer|mets|mettre|change) (mon|le) (resume|digest)"
            " (au|a|le|en|pour) {rhythm}"
        ),
        "[mon] resume (reprendre|reprends|oui|actif)",
        "(reprendre|reprends|reactiver|reactive|relance|relancer|remets|rallume) [le|mon|les] (resume|resumes|digest)",
    ),
    both=("digest {rhythm}",),
)
def set_rhythm(ctx: Context) -> Reply:
    """Changes how often it comes, or turns it on again, and says when the next one is."""
    wanted = ctx.request.slots.rhythm
    if wanted == "off":
        return stop(ctx)
    kept = rhythm.choose(ctx, wanted) if wanted else rhythm.start(ctx, rhythm.mine(ctx))
    day = ctx.words.day(ctx.company.local(ctx.me, kept.next_at or ctx.now).date())
    done = ctx.words("digest.done", rhythm=rhythm.in_words(ctx.words, kept), day=day)
    stop_it = Buttons((ctx.button("digest.stop_button", "digest.off"),))
    return Reply((Line(done), Note(ctx.words("digest.now")), stop_it))


@feature.on(
    "off",
    en=(
        "(stop|cancel|no more|turn off|unsubscribe [me] from) [my|the] digest[s] {rhythm=off}",
        "stop sending [me] [my|the|a|any] [more] digest[s] {rhythm=off}",
        "(turn|switch) [my|the] digest[s] off {rhythm=off}",
        (
            "[i] (don't|do not|no longer) [want|need] [to] [get|receive|want|need|send me] [my|the|a|any]"
            " [more] digest[s] [anymore|any more|any longer] {rhythm=off}"
        ),
        "(pause|disable|mute|deactivate|end) [my|the] digest[s] {rhythm=off}",
        "unsubscribe [me] {rhythm=off}",
        "no [more] digest[s] {rhythm=off}",
        "[my] digest[s][:] off {rhythm=off}",
        "(my digest[s][:]|digests[:]|digest:) stop {rhythm=off}",
    ),
    fr=(
        "[mon|le] resume (stop|non|arret) {rhythm=off}",
        (
            "(stop|stopper|arreter|arrete|arretez|plus de|desactiver|desactive|desactivez|couper|coupe"
            "|supprime|suspendre|suspends) [le|mon|les|la] [envoi du] (resume|resumes|digest|digests)"
            " {rhythm=off}"
        ),
        (
            "(arrete|arreter|arretez|cesse|cesser) (de m'envoyer|d'envoyer|de recevoir) [le|mon|les|des]"
            " (resume|resumes|digest) {rhythm=off}"
        ),
        (
            "[je] [ne] (veux|souhaite|voudrais) plus [recevoir|avoir] [le|de|du|mon|les|des] (resume|resumes"
            "|digest) {rhythm=off}"
        ),
        "ne m'envoie plus [le|de|mon|les] (resume|resumes|digest) {rhythm=off}",
        "ne plus (recevoir|envoyer) [le|de|mon|les] (resume|resumes|digest) {rhythm=off}",
        "(me desabonner|desabonne-moi|desabonnez-moi) [(du|de mon) (resume|digest)] {rhythm=off}",
    ),
    both=("digest stop {rhythm=off}", "stop digest {rhythm=off}"),
)
def stop(ctx: Context) -> Reply:
    rhythm.stop(ctx)
    again = Buttons((ctx.button("digest.start_button", "digest.rhythm"),))
    return Reply((Line(ctx.words("digest.stopped")), again))


@feature.draws("due")
def draw_due(ctx: Context, message: Message) -> Reply:
    """What was chosen for the period, as far as it still stands and may be seen now."""
    mine = subscriptions.of_people(ctx.tx, [message.person]).get(message.person)
    kept = digests.find(ctx.tx, message.person, message.about.rsplit(":", 1)[-1])
    items = showing.standing(ctx, kept) if kept else ()
    if kept is None or mine is None or mine.next_at is None or not items:
        return SILENCE
    span = Span(kept.since, kept.created_at)
    ending = last_line(ctx, span, kept.hints)
    if kept.hints is None:
        ctx.then.append(lambda tx: digests.hint(tx, kept.person, kept.period, list(ending.names)))
    return drawing.draw(ctx, items, kept.left_out, span, mine, ending)


def draw_shown(ctx: Context, shown: Shown) -> Reply:
    """The digest for whoever asks for it."""
    mine = rhythm.mine(ctx)
    if shown.again:
        day = ctx.words.day(ctx.company.local(ctx.me, shown.again).date())
        title = Title(ctx.words("digest.again", day=day))
        return Reply((title, *drawing.listed(ctx, shown.items))) + drawing.foot(ctx, mine)
    if not shown.items:
        return Reply((Line(ctx.words("digest.empty")),)) + drawing.foot(ctx, mine)
    drawn = drawing.draw(ctx, shown.items, shown.left_out, shown.span, mine, last_line(ctx, shown.span))
    if len(shown.items) >= THIN or mine.next_at is None:
        return drawn
    body, foot = drawn.blocks[:-2], drawn.blocks[-2:]
    return Reply((*body, Note(ctx.words("digest.thin")), *foot))
