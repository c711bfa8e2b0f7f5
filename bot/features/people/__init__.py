"""People: who knows what, and who somebody is."""

from bot.feature import Feature
from bot.features.people.card import show_card
from bot.features.people.experts import show_experts
from bot.features.people.experts import tell_experts as tell_experts

feature = Feature(
    "people",
    examples={
        "en": ("who knows kubernetes and terraform?", "who can help with C#?", "who is Paul?", "profile"),
        "fr": ("qui connaît kubernetes et terraform ?", "qui peut m'aider sur C# ?", "qui est Paul ?", "profil"),
    },
)

feature.on(
    "who_knows",
    en=(
        "who knows [a lot] [about] {topics}",
        "who knows how to use {topics}",
        "who knows anything about {topics}",
        "who here knows [about] {topics}",
        "who do (we|you) have that knows {topics}",
        "who can help [me|us] [out] (with|on|about) {topics}",
        "who could help [me|us] [out] (with|on|about) {topics}",
        "who can i ask about {topics}",
        "who should i ask about {topics}",
        "who can explain {topics}",
        "who can teach me {topics}",
        "who is [very|really] good (at|with|in) {topics}",
        "who's [very|really] good (at|with|in) {topics}",
        "who is [an|the|our] expert (in|on|at|for) {topics}",
        "who is experienced (in|with) {topics}",
        "who has [any|some] experience (in|with|of) {topics}",
        "who understands {topics}",
        "who masters {topics}",
        "does (anyone|anybody|someone|somebody) [here] know [about] {topics}",
        "(anyone|anybody|someone|somebody) [here] who knows [about] {topics}",
        "i need help with {topics}",
        "whoknows who knows [about] {topics}",
    ),
    fr=(
        "qui connait [bien] {topics}",
        "qui sait {topics}",
        "qui sait [bien] (faire|utiliser|se servir de|coder en|programmer en|developper en) {topics}",
        "qui s'y connait [bien|un peu] (en|sur|dans) {topics}",
        "qui peut (m'aider|nous aider|aider) (avec|sur|en|pour|a propos de) {topics}",
        "qui pourrait (m'aider|nous aider|aider) (avec|sur|en|pour|a propos de) {topics}",
        "qui peut m'expliquer {topics}",
        "qui maitrise [bien] {topics}",
        "qui est [tres] (bon|bonne|fort|forte|doue|douee|cale|calee) (en|sur|avec|a) {topics}",
        "qui est [un|une|l'] (expert|experte) (en|sur|de|d') {topics}",
        "qui a [deja|de] [l'experience|experience] (en|sur|avec|de) {topics}",
        "qui comprend {topics}",
        "[est-ce que] quelqu'un [ici] (connait|maitrise|sait) {topics}",
        "a qui demander pour {topics}",
        "j'ai besoin d'aide (en|sur|avec|pour) {topics}",
        "whoknows qui connait [bien] {topics}",
    ),
    both=("whoknows", "whoknows {topics}", "who knows", "qui connait"),
)(show_experts)

feature.on(
    "card",
    en=(
        "who is {person}",
        "who's {person}",
        "who am i",
        "tell me about {person}",
        "show [me] [the|my] profile",
        "show [me] [the] profile of {person}",
        "[the] profile of {person}",
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
        "c'est qui {person}",
        "[le] profil de {person}",
        "[le] profil d'{person}",
        "profil {person}",
        "profil",
        "mon profil",
        "(montre|montre-moi|montrez-moi|affiche) mon profil",
        "(montre|montre-moi|montrez-moi|affiche) le profil de {person}",
        "ma fiche",
        "fiche de {person}",
    ),
)(show_card)
