"""People: who knows what, who somebody is, and who does the same job."""

from bot.feature import Feature
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

_WHO_EN = (
    "((is there|are there|do we have|i am looking for|i'm looking for|i need|we need|looking for|find"
    " [me]|i am searching for|search for)"
    " (anyone|anybody|someone|somebody|people|a colleague|colleagues|a person) [here] [who|that])"
)
_SEEK_EN = "(i am looking for|i'm looking for|looking for|i need|find [me]|is there|do we have|who is)"
_WHO_FR = (
    "((y a-t-il|est-ce qu'il y a|il y a|a-t-on|avons-nous|je cherche|cherche|on cherche|il me faut"
    "|trouve-moi|j'ai besoin de|j'ai besoin d')"
    " [quelqu'un|une personne|des gens|un collegue|une collegue] qui)"
)
_SEEK_FR = "(je cherche|on cherche|trouve-moi|y a-t-il|il me faut|avons-nous)"

feature.on(
    "who_knows",
    en=(
        "who knows [a lot] [about] [both] {wanted}",
        "who knows how to use {wanted}",
        "who knows (anything|something|stuff) about {wanted}",
        "who (uses|speaks|masters|has used|has learned|has done|does) {wanted}",
        "who (has worked|worked|works a lot) with {wanted}",
        f"{_WHO_EN} (knows|uses|speaks|masters|understands) [a lot] [about] {{wanted}}",
        f"{_WHO_EN} (can|could) help [me|us] [out] (with|on|about) {{wanted}}",
        f"{_WHO_EN} is [very|really] good (at|with|in) {{wanted}}",
        f"{_WHO_EN} has [any|some] experience (in|with|of) {{wanted}}",
        f"{_WHO_EN} with [some|good|strong] (experience|skills|knowledge) (in|with|of) {{wanted}}",
        (
            "[is|are] (anyone|anybody|someone|somebody) [here] [very|really] (good|experienced|skilled"
            "|familiar) (at|with|in) {wanted}"
        ),
        "any {wanted} (expert|experts|specialist|specialists) [here|around|in the house]",
        "any (expert|experts|specialist|specialists) (in|on|of) {wanted} [here|around]",
        "who is [very|really] (familiar|comfortable|fluent|skilled|proficient) (with|in|at) {wanted}",
        "who has [any|some|good|strong] (skills|knowledge) (in|of|with|about) {wanted}",
        "(has|does) (anyone|anybody|someone|somebody) [here] (used|worked with|use|speak|understand|master) {wanted}",
        "(can|could) (anyone|anybody|someone|somebody) [here] (help|teach) [me|us] [out] [with|on|about] {wanted}",
        "(if|whether) (anyone|anybody|someone|somebody) [here] knows [about] {wanted}",
        f"{_SEEK_EN} [a|an|our|some] {{wanted}} (expert|experts|specialist|specialists)",
        f"{_SEEK_EN} [an|our|some|the] (expert|experts|specialist|specialists) (in|on|at|for|of) {{wanted}}",
        "(who is|who's|who are) [the|our|your] {wanted} (expert|experts|specialist|guru|person)",
        "who are [the|our|your] (experts|specialists) (in|on|at|for|of) {wanted}",
        (
            "(who|whom) (can|could|should|do|may|shall|would) (i|we) (ask|talk to|speak to|speak with|contact"
            "|turn to|see|go to)"
            " (about|for|with|on|regarding) {wanted}"
        ),
        "who [can|could|would] [i] (ask|contact) (about|for|on) {wanted}",
        "who here knows [about] {wanted}",
        "who do (we|you) have that knows {wanted}",
        "who can help [me|us] [out] (with|on|about) {wanted}",
        "who could help [me|us] [out] (with|on|about) {wanted}",
        "who can i ask about {wanted}",
        "who should i ask about {wanted}",
        "who can explain {wanted}",
        "who (can|could|would) (teach|show) (me|us) {wanted}",
        "who (can|could) (explain|do) {wanted}",
        "who is [very|really] good (at|with|in) {wanted}",
        "who's [very|really] good (at|with|in) {wanted}",
        "who is [an|the|our] expert (in|on|at|for) {wanted}",
        "who is experienced (in|with) {wanted}",
        "who has [any|some] experience (in|with|of) {wanted}",
        "who understands {wanted}",
        "who masters {wanted}",
        "does (anyone|anybody|someone|somebody) [here] know [about] {wanted}",
        "(anyone|anybody|someone|somebody) [here] [who] (knows|know) [about] {wanted}",
        "i (need|could use|want) [some] help (with|on|in) {wanted}",
        "help [me|us] (with|on) {wanted}",
        "whoknows who knows [about] {wanted}",
    ),
    fr=(
        "qui connait [bien] {wanted}",
        "qui (connaitrait|saurait) [bien] {wanted}",
        "qui (peut|pourrait) (me|nous) (renseigner|parler|conseiller|former|depanner) (sur|de|en|a) {wanted}",
        "qui a [des|de bonnes|de solides] (competences|connaissances|notions|bases) (en|sur|de) {wanted}",
        (
            "(connais-tu|connaissez-vous|tu connais|vous connaissez) quelqu'un qui (connait|maitrise|sait"
            "|utilise|parle|comprend) [bien] {wanted}"
        ),
        (
            "(connais-tu|connaissez-vous|tu connais|vous connaissez) (un|une|des) (expert|experte|experts"
            "|specialiste) (en|de|sur) {wanted}"
        ),
        "quelqu'un (peut|pourrait|saurait) (m'aider|nous aider|aider) (sur|avec|en|pour|a) {wanted}",
        "qui sait {wanted}",
        "qui (parle|utilise|pratique|a utilise|a appris|enseigne) [bien|deja] {wanted}",
        "qui a deja travaille (avec|sur) {wanted}",
        f"{_WHO_FR} (connait|maitrise|sait|utilise|parle|comprend|sait utiliser|sait faire) [bien] {{wanted}}",
        f"{_WHO_FR} (peut|pourrait|sait) (m'aider|nous aider|aider) (avec|sur|en|pour|a|a propos de) {{wanted}}",
        f"{_WHO_FR} s'y connait [bien] (en|sur|dans) {{wanted}}",
        f"{_WHO_FR} a de l'experience (en|sur|avec) {{wanted}}",
        (
            "[est-ce que|si] quelqu'un [ici] (sait utiliser|sait faire|utilise|parle|peut m'aider sur|peut"
            " m'aider avec|peut m'aider en) {wanted}"
        ),
        "[est-ce que|si] quelqu'un [ici] s'y connait [bien] (en|sur|dans) {wanted}",
        (
            f"{_SEEK_FR} [un|une|des|les|l'|nos] (expert|experte|experts|specialiste|specialistes) (en|sur|de"
            f"|du|d') {{wanted}}"
        ),
        "qui sont [les|nos|vos] (experts|expertes|specialistes) (en|sur|de|du|d') {wanted}",
        (
            "(a qui|qui) (puis-je|je peux|peut-on|pourrais-je|dois-je) (m'adresser|demander|contacter|parler"
            "|demander de l'aide)"
            " (pour|sur|a propos de|au sujet de|en|de) {wanted}"
        ),
        "(a qui|vers qui) (m'adresser|demander|se tourner|me tourner) (pour|sur|a propos de|au sujet de|en) {wanted}",
        "qui contacter (pour|sur|a propos de|au sujet de) {wanted}",
        "qui sait [bien] (faire|utiliser|se servir de|coder en|programmer en|developper en) {wanted}",
        "qui s'y connait [bien|un peu] (en|sur|dans) {wanted}",
        "qui peut (m'aider|nous aider|aider) (avec|sur|en|pour|a propos de) {wanted}",
        "qui (peut|pourrait|saurait) (m'aider|nous aider|aider) (avec|sur|en|pour|a|dans|a faire|a propos de) {wanted}",
        (
            "qui (peut|pourrait|saurait) (m'expliquer|m'apprendre|m'enseigner|me former a|me former en|nous"
            " expliquer|expliquer) {wanted}"
        ),
        "qui peut m'expliquer {wanted}",
        "qui maitrise [bien] {wanted}",
        "qui est [tres] (bon|bonne|fort|forte|doue|douee|cale|calee) (en|sur|avec|a) {wanted}",
        "qui est [un|une|l'] (expert|experte) (en|sur|de|d') {wanted}",
        "qui a [deja|de] [l'experience|experience] (en|sur|avec|de) {wanted}",
        "qui comprend {wanted}",
        "[est-ce que|si] quelqu'un [ici] (connait|maitrise|sait) {wanted}",
        "a qui demander pour {wanted}",
        "j'ai besoin d'aide (en|sur|avec|pour) {wanted}",
        "whoknows qui connait [bien] {wanted}",
    ),
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
