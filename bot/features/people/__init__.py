"""People: who knows what, who somebody is, and who does the same job."""

from bot.feature import Feature
from bot.features.people import phrases_en, phrases_fr
from bot.features.people.card import show_card
from bot.features.people.doubles import show_doubles
from bot.features.people.experts import show_experts, show_meant
from bot.features.people.experts import tell_experts as tell_experts
from bot.features.people.learning import export, forget_old, unlearn

feature = Feature(
    "people",
    examples={
        "en": (
            "who knows kubernetes and terraform?",
            "who can help with C#?",
            "who does the same job as me?",
            "who is Paul?",
            "profile",
        ),
        "fr": (
            "qui connaît kubernetes et terraform ?",
            "qui peut m'aider sur C# ?",
            "qui fait le même métier que moi ?",
            "qui est Paul ?",
            "profil",
        ),
    },
)

feature.on(
    "who_knows",
    en=phrases_en.WHO_KNOWS,
    fr=phrases_fr.WHO_KNOWS,
    both=("whoknows", "whoknows {wanted}", "who knows", "qui connait"),
)(show_experts)

feature.asks(
    "card",
    en=(
        "{person} (job|title|role|team|position|profile|contact|reach|office|based|located|location|lives?|where"
        "|department|about)"
    ),
    fr=(
        "{person} (poste|metier|titre|role|equipe|profil|contacter|joindre|bureau|base|basee|service|departement|ou"
        "|habite|dans la vie)"
    ),
)
feature.on(
    "card",
    en=(
        "who is {person}",
        "who {person} is",
        "who am i",
        "tell me about {person}",
        "show [me] [the|my] profile",
        "show [me] [the] profile of {person}",
        "[the] (profile|card) (of|for) {person}",
        "(show|see|view|open) [me] {person}'s (profile|card)",
        "{person}'s profile",
        "profile",
        "profile {person}",
        "my profile",
        "my card",
        "card of {person}",
    ),
    fr=(
        "qui est {person}",
        "qui est-ce {person}",
        "qui suis-je",
        "(parle-moi|parlez-moi) de {person}",
        "(parle-moi|parlez-moi) d'{person}",
        "c'est qui {person}",
        "[le] profil de {person}",
        "[le] profil d'{person}",
        "profil {person}",
        "profil",
        "mon profil",
        "(montre|montre-moi|montrez-moi|affiche) mon profil",
        "(montre|montre-moi|montrez-moi|affiche) le profil de {person}",
        "(montre|montre-moi|montrez-moi|affiche) le profil d'{person}",
        "(montre|montre-moi|montrez-moi|affiche|voir) la fiche de {person}",
        "ma fiche",
        "fiche de {person}",
    ),
)(show_card)

feature.on("meant")(show_meant)
feature.on("not_meant")(unlearn)
feature.exports.append(export)
feature.tick(forget_old)

_SAME_EN = "(job|jobs|work|role|thing|kind of work|kind of job)"
_SAME_FR = "(metier|travail|boulot|job|role|poste)"

feature.on(
    "doubles",
    en=(
        f"who [else] (does|has|do) (the same|a similar|similar) {_SAME_EN} (as|to|like) (me|i do|mine|myself)",
        f"who [else] (does|has|do) (the same|a similar|similar) {_SAME_EN} (as|to|like) {{person}}",
        f"(is there|are there|does) (anyone|anybody|someone) [else] (who|that|with) [does] the same {_SAME_EN} as me",
        "who (does what i do|works like me|does my job)",
        "[show me|find|who are] my doubles",
    ),
    fr=(
        f"qui [d'autre] (fait|a|exerce) (le meme|un) {_SAME_FR} [similaire|proche] (que|a|du) (moi|mien|le mien)",
        f"qui [d'autre] (fait|a|exerce) (le meme|un) {_SAME_FR} [similaire|proche] que {{person}}",
        f"[est-ce que] quelqu'un [d'autre] (fait-il|fait) le meme {_SAME_FR} que moi",
        "qui fait (comme moi|la meme chose que moi|ce que je fais)",
        "[montre-moi|trouve|qui sont] mes doubles",
    ),
)(show_doubles)
