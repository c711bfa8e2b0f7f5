"""What a question asks for with and, or, not, in English and in French; and where such a word is no operator."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.reading.topics import read_topics
from bot.reading.wanted import read_wanted
from bot.request import Wanted

SKILLS = {"sales and marketing", "do or die", "tests sans douleur"}

WANTED = {
    "kubernetes and terraform": "kubernetes;terraform",
    "kubernetes, terraform": "kubernetes;terraform",
    "python or java": "python|java",
    "python ou java": "python|java",
    "python OR java": "python|java",
    "python, java or kotlin": "python|java|kotlin",
    "python, java, ou bien kotlin": "python|java|kotlin",
    "python and/or java": "python|java",
    "python et/ou java": "python|java",
    "either python or java": "python|java",
    "any of python, java, kotlin": "python|java|kotlin",
    "soit python soit java": "python|java",
    "soit python, soit java": "python|java",
    "python and java or kotlin": "python;java|kotlin",
    "python, java et kotlin ou docker": "python;java;kotlin|docker",
    "kubernetes and (terraform or pulumi)": "kubernetes;terraform|kubernetes;pulumi",
    "kubernetes et (terraform, pulumi ou ansible)": "kubernetes;terraform|kubernetes;pulumi|kubernetes;ansible",
    "kubernetes and either terraform or pulumi": "kubernetes;terraform|kubernetes;pulumi",
    "kubernetes et soit terraform soit pulumi": "kubernetes;terraform|kubernetes;pulumi",
    "kubernetes but not terraform": "kubernetes - terraform",
    "kubernetes, but not terraform": "kubernetes - terraform",
    "kubernetes and not terraform": "kubernetes - terraform",
    "kubernetes not terraform": "kubernetes - terraform",
    "kubernetes, not terraform": "kubernetes - terraform",
    "python without django": "python - django",
    "python w/o django": "python - django",
    "python except django": "python - django",
    "python excluding django": "python - django",
    "python (not django)": "python - django",
    "python but no django": "python - django",
    "python without Docker Compose": "python - Docker Compose",
    "python but doesn't know django": "python - django",
    "python but who does not know django": "python - django",
    "python but not django or flask": "python - django;flask",
    "python, but not django, flask and celery": "python - django;flask;celery",
    "python but neither django nor flask": "python - django;flask",
    "python but not java but django": "python;django - java",
    "python mais pas django": "python - django",
    "python, mais pas django": "python - django",
    "python mais pas du tout django": "python - django",
    "python et pas django": "python - django",
    "python, pas django": "python - django",
    "python sans django": "python - django",
    "python mais sans django": "python - django",
    "python sauf django": "python - django",
    "python hormis django": "python - django",
    "python à l'exception de django": "python - django",
    "python mais qui ne connaît pas django": "python - django",
    "python mais ne maîtrise pas django": "python - django",
    "python sans connaître django": "python - django",
    "python mais ni django ni flask": "python - django;flask",
    "le droit des contrats mais pas le droit du travail": "droit des contrats - droit du travail",
    "Kubernetes ou Docker mais pas Terraform": "Kubernetes|Docker - Terraform",
    "C# or C++ but not .NET": "C#|C++ - .NET",
    "R & D or Q & A": "R & D|Q & A",
    "Sales and marketing or finance": "Sales and marketing|finance",
    "Sales and marketing but not finance": "Sales and marketing - finance",
    "Postgres and Not Only SQL": "Postgres;Not Only SQL",
    "python but not me": "python",
    "python or not": "python",
}
"""Choices by `|`, what belongs together by `;`, what is left out behind ` - `."""


def wanted(said: str) -> Wanted:
    choices, _, without = said.partition(" - ")
    return Wanted(tuple(tuple(one.split(";")) for one in choices.split("|")), tuple(filter(None, without.split(";"))))


@pytest.mark.parametrize(("said", "meant"), WANTED.items())
def test_operators_are_read_as_they_are_meant(said, meant):
    assert read_wanted(said, SKILLS) == wanted(meant)


@pytest.mark.parametrize(
    "said",
    [
        "Not Only SQL",
        "R and D",
        "R et D",
        "Ruby on Rails",
        "Sales and marketing",
        "do or die",
        "tests sans douleur",
        "make or buy",
        "réseaux sans fil",
        "le paiement sans contact",
        "police sans serif",
        "la culture du maïs",
        "deployments without downtime",
        "how to rebase without losing history",
        "migrer postgres sans perdre de données",
        "a server that does not start",
        "un serveur qui ne démarre pas",
        "une machine qui n'est pas à jour",
        "tests sans erreur",
        "or docker",
        "docker or",
        "not docker",
        "who cares whether it is slow or not at all when the night is long and the queries never end",
    ],
)
def test_a_word_that_only_looks_like_an_operator_is_none(said):
    assert read_wanted(said, SKILLS) == Wanted.all(read_topics(said, SKILLS).names)


@given(st.lists(st.sampled_from("python java go and or not but without ou et sans , ( ) soit either".split())))
def test_whatever_is_said_nothing_wanted_gets_lost(words):
    found = read_wanted(" ".join(words))

    said = {word for word in words if word in ("python", "java", "go")}
    assert said <= {word for name in (*found.topics, *found.without) for word in name.split()}
    assert Wanted.load(found.dump()) == found


def test_what_goes_on_without_end_is_read_in_no_time():
    group = "(a or b or c or d or e or f or g or h)"

    assert len(read_wanted(f"x and {' and '.join([group] * 9)}").choices) <= 12
    assert read_wanted("go or " * 9000).topics == ("go",)
