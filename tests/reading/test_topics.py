"""Lists of skills and subjects as people write them, with levels, in English and in French."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.reading.heard import read_by
from bot.reading.topics import LONGEST, MOST, Topics, read_topics
from store.names import fold

NAMES = {
    "Python": ["Python"],
    "Python, SQL": ["Python", "SQL"],
    "Word,Excel;PowerPoint": ["Word", "Excel", "PowerPoint"],
    "kubernetes and terraform?": ["kubernetes", "terraform"],
    "KUBERNETES AND TERRAFORM": ["KUBERNETES", "TERRAFORM"],
    "python ou rust ?": ["python", "rust"],
    "Python or Rust": ["Python", "Rust"],
    "Python, SQL, and Rust": ["Python", "SQL", "Rust"],
    "Python et aussi Rust, ainsi que Go": ["Python", "Rust", "Go"],
    "Vim & emacs": ["Vim", "emacs"],
    "Python + SQL": ["Python", "SQL"],
    "Python / SQL": ["Python", "SQL"],
    "Python\n- SQL\n• Go": ["Python", "SQL", "Go"],
    "Python, python, PYTHON": ["Python"],
    "SAP exports": ["SAP exports"],
    "Power BI": ["Power BI"],
    "R, Go and C": ["R", "Go", "C"],
    "C#": ["C#"],
    "C# ?": ["C#"],
    "C++, C# et F#": ["C++", "C#", "F#"],
    "C++ + C#!": ["C++", "C#"],
    ".NET": [".NET"],
    ".NET, ASP.NET and Node.js.": [".NET", "ASP.NET", "Node.js"],
    "CI/CD et UX/UI": ["CI/CD", "UX/UI"],
    "R&D & TCP/IP": ["R&D", "TCP/IP"],
    "A/B testing, A level": ["A/B testing", "A level"],
    "Objective-C, T-SQL": ["Objective-C", "T-SQL"],
    "Go (langage)": ["Go (langage)"],
    "Cloud (AWS and GCP)": ["Cloud (AWS and GCP)"],
    "ISO 9001: 2015": ["ISO 9001: 2015"],
    "the SQL and a SAP export": ["SQL", "SAP export"],
    "my Excel macros": ["Excel macros"],
    "le Python, la comptabilité et l'anglais": ["Python", "comptabilité", "anglais"],
    "l’anglais": ["anglais"],
    "du Python et de la compta": ["Python", "compta"],
    "d'Excel": ["Excel"],
    "les appels d'offres": ["appels d'offres"],
    "Design d’interface": ["Design d'interface"],
    "des bases de données": ["bases de données"],
    "droit des contrats et gestion de projet": ["droit des contrats", "gestion de projet"],
    "LE DROIT DES CONTRATS": ["DROIT DES CONTRATS"],
    "DES encryption": ["DES encryption"],
    "SAP and with Excel": ["SAP", "Excel"],
    "Kubernetes et en Terraform": ["Kubernetes", "Terraform"],
    "health & safety, R & D": ["health & safety", "R & D"],
    "« Droit du travail »": ["Droit du travail"],
    "kubernetes please?": ["kubernetes"],
    "Python, SQL, s'il te plaît": ["Python", "SQL"],
    "Python, SQL, etc.": ["Python", "SQL"],
    "Python here?": ["Python"],
    "la paie chez nous, s'il vous plaît ?": ["paie"],
    "SAP dans l’équipe": ["SAP"],
    "Scrum master": ["Scrum master"],
    "Master data management": ["Master data management"],
    "bon de commande": ["bon de commande"],
    "": [],
    " ?! ": [],
    ",;, and ,": [],
    "Python and": ["Python"],
    "# + 🎉": [],
}
LEVELS = {
    "Python, Kubernetes (expert)": {"Python": "", "Kubernetes": "expert"},
    "Kubernetes (Expert) ?": {"Kubernetes": "expert"},
    "Kubernetes (expert": {"Kubernetes": "expert"},
    "Kubernetes [expert]": {"Kubernetes": "expert"},
    "Kubernetes (expert, 5 years)": {"Kubernetes": "expert"},
    "Kubernetes, expert": {"Kubernetes": "expert"},
    "C# (good), .NET (beginner)": {"C#": "good", ".NET": "beginner"},
    "SQL: good": {"SQL": "good"},
    "SQL=good": {"SQL": "good"},
    "Rust - beginner": {"Rust": "beginner"},
    "T-SQL – beginner": {"T-SQL": "beginner"},
    "Python expert, Rust beginner": {"Python": "expert", "Rust": "beginner"},
    "Python at expert level": {"Python": "expert"},
    "expert in Kubernetes": {"Kubernetes": "expert"},
    "I'm an expert in Kubernetes": {"Kubernetes": "expert"},
    "very good at Excel and beginner in SQL": {"Excel": "good", "SQL": "beginner"},
    "expert in Kubernetes, Terraform and Docker; Rust": {
        "Kubernetes": "expert",
        "Terraform": "expert",
        "Docker": "expert",
        "Rust": "",
    },
    "expert: Kubernetes, Terraform; beginner: Rust": {
        "Kubernetes": "expert",
        "Terraform": "expert",
        "Rust": "beginner",
    },
    "a bit of Perl": {"Perl": "beginner"},
    "strong in SQL, comfortable with Git": {"SQL": "good", "Git": "good"},
    "Go (intermediate), Java (advanced), C (senior), R (novice)": {
        "Go": "good",
        "Java": "good",
        "C": "expert",
        "R": "beginner",
    },
    "Python (good), Python (expert)": {"Python": "expert"},
    "search and rescue (expert)": {"search and rescue": "expert"},
    "Python (débutant)": {"Python": "beginner"},
    "Python (DEBUTANTE)": {"Python": "beginner"},
    "SQL : bon": {"SQL": "good"},
    "SQL (très bon)": {"SQL": "good"},
    "SQL (niveau : débutant)": {"SQL": "beginner"},
    "Rust – débutant": {"Rust": "beginner"},
    "expert en SQL": {"SQL": "expert"},
    "experte du droit des contrats": {"droit des contrats": "expert"},
    "je suis expert en SQL": {"SQL": "expert"},
    "bon niveau en Excel": {"Excel": "good"},
    "notions de droit": {"droit": "beginner"},
    "un peu d'Excel": {"Excel": "beginner"},
    "quelques notions de Rust": {"Rust": "beginner"},
    "je débute en Rust": {"Rust": "beginner"},
    "bonne maîtrise d'Excel": {"Excel": "good"},
    "à l’aise avec Git": {"Git": "good"},
    "bonnes connaissances en SQL et Python": {"SQL": "good", "Python": "good"},
    "Java de niveau intermédiaire": {"Java": "good"},
    "niveau avancé en allemand": {"allemand": "good"},
    "SQL, niveau expert": {"SQL": "expert"},
    "Go (confirmée), Java (moyen), C (spécialiste), R (notions)": {
        "Go": "good",
        "Java": "good",
        "C": "expert",
        "R": "beginner",
    },
}


@pytest.mark.parametrize(("text", "names"), NAMES.items())
def test_names_are_read_as_written_without_articles(text, names):
    assert read_topics(text) == Topics(tuple(names))


@pytest.mark.parametrize(("text", "levels"), LEVELS.items())
def test_levels_are_read_with_the_names_they_belong_to(text, levels):
    said = tuple((name, level) for name, level in levels.items() if level)

    assert read_topics(text) == Topics(tuple(levels), said)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("lost and found, Python", ("lost and found", "Python")),
        ("first aid and Lost  and Found", ("first aid", "Lost and Found")),
        ("lost and found and first aid", ("lost and found", "first aid")),
        ("lost, found", ("lost", "found")),
        ("café et croissants (expert) ?", ("café et croissants",)),
        ("CAFE ET CROISSANTS", ("CAFE ET CROISSANTS",)),
        ("the Things Network", ("the Things Network",)),
        ("notions de base, expert", ("notions de base", "expert")),
    ],
)
def test_a_known_name_stays_whole(text, names):
    known = {"lost and found", "cafe et croissants", "the things network", "notions de base", "expert"}

    assert read_topics(text, known).names == names


def test_an_unknown_name_with_a_conjunction_is_split():
    assert read_topics("lost and found, Python").names == ("lost", "found", "Python")


def test_a_name_that_is_too_long_is_left_out_and_counted():
    longest, longer = "x" * LONGEST, "y" * (LONGEST + 1)

    assert read_topics(f"{longest}, {longer} (expert), Go") == Topics((longest, "Go"), left_out=1)
    assert read_topics("word " * 10_000) == Topics(left_out=1)


def test_names_beyond_the_limit_are_left_out_and_counted():
    names = [f"skill {number}" for number in range(MOST + 3)]

    assert read_topics(", ".join(names)) == Topics(tuple(names[:MOST]), left_out=3)
    assert read_topics("a and " * 10_000 + "b").names == ("a",)


PIECES = [
    "Python",
    "C#",
    ".NET",
    "expert",
    "good",
    "débutant",
    "niveau",
    "in",
    "en",
    "de",
    "d'",
    "l'",
    "the",
    "LE",
    "A",
]
PIECES += [
    ",",
    ";",
    "\n",
    " and ",
    " et ",
    " & ",
    " + ",
    " / ",
    "(",
    ")",
    "[",
    ": ",
    " - ",
    "?",
    ".",
    " ",
    "please",
    "«",
    "x" * 61,
]
LISTS = (
    st.text()
    | st.lists(st.sampled_from(PIECES), max_size=12).map("".join)
    | st.lists(st.sampled_from(PIECES)).map(" ".join)
)
KNOWN = st.sets(
    st.sampled_from(["python", "python and c#", "le python", "expert", "c# et .net et a", "good in the expert"])
)


@settings(max_examples=1000, deadline=None)
@given(text=LISTS, known=KNOWN)
@example(text="(a, x (expert), c)", known=set())
@example(text="((a, b))", known=set())
@example(text=")a(, )b(", known=set())
@example(text="LE DROIT (expert)", known=set())
@example(text="X (good), expert", known=set())
@example(text="0(,0[EXPERT)", known=set())
@example(text="x (a, b expert)", known=set())
@example(text="please, in vitro", known=set())
def test_names_are_short_few_distinct_and_read_back_as_they_stand(text, known):
    topics = read_topics(text, known)

    assert read_by(read_topics, text, known.intersection) == topics
    assert read_topics(", ".join(topics.names), known).names == topics.names
    assert len({fold(name) for name in topics.names}) == len(topics.names) <= MOST
    assert all(name == name.strip() and 0 < len(name) <= LONGEST for name in topics.names)
    assert {name for name, _ in topics.levels} <= set(topics.names)
    assert {level for _, level in topics.levels} <= {"beginner", "good", "expert"}


@given(names=st.lists(st.from_regex(r"[B-Z][a-z]{7}", fullmatch=True), unique_by=fold, max_size=12), data=st.data())
def test_order_is_kept_whatever_stands_between(names, data):
    breaks = [data.draw(st.sampled_from([", ", ";", " and ", " et ", " & ", " or ", " ou ", "\n"])) for _ in names]

    text = "".join(name + after for name, after in zip(names, breaks, strict=True))

    assert read_topics(text).names == tuple(names)
