"""Help and the first hello: short, with examples, from what the features here declare."""

from bot.feature import Context, Feature
from bot.reply import Code, Item, Line, Note, Reply, Title

feature = Feature("help", examples={"en": ("help",), "fr": ("aide",)})
start = Feature("start", examples={"en": ("start",), "fr": ("démarrer",)})


@feature.on(
    "",
    en=(
        "[i need] help [me]",
        "what can (you|i) do",
        "[what are|list|show [me]] [the|all] [the] commands",
        "what can you do for me",
        "how (to|do i|can i|should i) use (this|you|it)",
        "how does (this|it) work",
    ),
    fr=(
        "aide",
        "aide-moi",
        "(m'aider|d'aide|de l'aide|besoin d'aide|j'ai besoin d'aide)",
        "a l'aide",
        "que (sais-tu|peux-tu) faire",
        "(que puis-je|puis-je|qu'est-ce que je peux) (faire|demander)",
        "qu'est-ce que (tu sais|tu peux|vous savez|vous pouvez) faire",
        "que (savez-vous|pouvez-vous) faire",
        "a quoi (sers-tu|tu sers)",
        "comment ca marche",
        "[quelles sont|montre-moi|liste] [toutes] [les|des] commandes",
    ),
    both=("?",),
)
def show(ctx: Context) -> Reply:
    """Each feature in a line, with what to type for it."""
    return Reply((Title(ctx.words("help.title")), *_examples(ctx), Note(ctx.words("help.more"))))


@start.on(
    "", en=("start", "(hello|hi|hey|good morning) [there]"), fr=("demarrer", "commencer", "(bonjour|salut|coucou)")
)
def greet(ctx: Context) -> Reply:
    """What Ristretto is for, and the first things to try."""
    hello = ctx.words("help.hello", person=ctx.mention(ctx.me))
    return Reply((Line(hello), *_examples(ctx), Note(ctx.words("help.promise"))))


def _examples(ctx: Context) -> list[Item]:
    found = {feature.name: feature.examples.get(ctx.words.language, ()) for feature in ctx.features}
    own = (feature.name, start.name)
    return [
        Item(ctx.words(f"{name}.help"), tuple((Code(said),) for said in said))
        for name, said in found.items()
        if said and name not in own
    ]
