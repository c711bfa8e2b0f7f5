"""The catalogues are whole: the same sentences in both languages, each one used, each feature with its help."""

import ast
import re
from collections import Counter
from pathlib import Path

import pytest

from bot.features import FEATURES
from bot.reply import Code
from bot.words import LANGUAGES, Template, catalogue

ROOT = Path(__file__).parents[2]
KEY = re.compile(r"^[a-z_]+\.[a-z0-9_]+$")
SPOKEN = ("help", "start")
"""Features which are help itself."""


def slots(templates: tuple[Template, ...]) -> list[Counter[str]]:
    return [Counter(name for part in template for name in names(part)) for template in templates]


def names(part: object) -> list[str]:
    """The slots of a part: its own, or those inside its style."""
    return [part.name] if hasattr(part, "name") else re.findall(r"\{(\w+)\}", getattr(part, "text", ""))


def literals() -> set[str]:
    """Every text in the code that could be a key, f-strings as the patterns they make."""
    found = set()
    for folder in ("bot", "adapters", "jobs"):
        for path in (ROOT / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    found.add(re.escape(node.value))
                if isinstance(node, ast.JoinedStr):
                    found.add("".join(map(pattern, node.values)))
    return found


def pattern(part: ast.expr) -> str:
    return re.escape(str(part.value)) if isinstance(part, ast.Constant) else "[a-z0-9_]*"


def prose(template: Template) -> str:
    """What is read, without what is there to be typed."""
    return "".join(
        part if isinstance(part, str) else "x" if getattr(part, "style", None) is Code else getattr(part, "text", "x")
        for part in template
    )


@pytest.mark.parametrize("key", sorted(catalogue("fr")))
def test_no_sign_of_a_french_sentence_falls_on_the_next_line(key):
    assert [text for text in map(prose, catalogue("fr")[key]) if re.search(r"« | [;:?!»]", text)] == []


def test_both_languages_say_the_same_sentences():
    assert {language: sorted(catalogue(language)) for language in LANGUAGES} == {
        language: sorted(catalogue("en")) for language in LANGUAGES
    }


@pytest.mark.parametrize("key", sorted(catalogue("en")))
def test_a_sentence_has_the_same_slots_in_both_languages(key):
    english, french = slots(catalogue("en")[key]), slots(catalogue("fr")[key])

    assert set(english[-1]) == set(french[-1])


def test_every_sentence_is_said_somewhere_and_none_is_missing():
    code = literals()
    used = {text.replace("\\", "") for text in code if KEY.match(text.replace("\\", ""))}
    patterns = [re.compile(text) for text in code if "[a-z0-9_]*" in text and "\\." in text]
    known = set(catalogue("en"))

    unused = {key for key in known - used if not any(pattern.fullmatch(key) for pattern in patterns)}

    assert unused == set()


@pytest.mark.parametrize("feature", FEATURES, ids=lambda feature: feature.name)
def test_a_feature_has_help_and_examples_in_both_languages(feature):
    assert all(feature.examples.get(language) for language in LANGUAGES)
    assert feature.name in SPOKEN or f"{feature.name}.help" in catalogue("en")


@pytest.mark.parametrize("feature", FEATURES, ids=lambda feature: feature.name)
def test_whatever_can_be_said_in_english_can_be_said_in_french(feature):
    spoken = {language: {p.action for p in feature.phrases if p.language in (language, "")} for language in LANGUAGES}

    assert spoken["en"] == spoken["fr"]


@pytest.mark.parametrize(
    "path", sorted((ROOT / "bot/words").rglob("*.po")), ids=lambda path: f"{path.parent.name}/{path.stem}"
)
def test_no_sentence_is_empty(path):
    templates = {key: forms for key, forms in catalogue(path.parent.name).items() if key.startswith(f"{path.stem}.")}

    assert templates
    assert all(all(form for form in forms) for forms in templates.values())
