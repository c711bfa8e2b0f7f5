"""The manifests are what the platforms' own schemas ask for, and the same input gives the same bytes."""

import io
import json
import struct
import zlib
from pathlib import Path
from zipfile import ZipFile

import pytest
from jsonschema import Draft7Validator

from bot.commands.manifest import manifest
from bot.commands.stop import Stop
from bot.manifest import Unfit, slack_manifest, teams_package

SCHEMAS = Path(__file__).parents[2] / "shared" / "schemas"
URL = "https://ristretto.example.com"
APP = "0F0E0D0C-0000-4000-8000-00000000ABCD"


def schema(name):
    if not (SCHEMAS / name).exists():
        pytest.skip(f"the published schema {name} is not here")
    return Draft7Validator(json.loads((SCHEMAS / name).read_text("utf-8")))


def opened(package):
    with ZipFile(io.BytesIO(package)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def pixels(png):
    """Width, height and the RGBA rows of a PNG whose rows carry no filter."""
    width, height = struct.unpack(">II", png[16:24])
    size = struct.unpack(">I", png[33:37])[0]
    rows = zlib.decompress(png[41 : 41 + size])
    return width, height, [rows[row * (4 * width + 1) + 1 :][: 4 * width] for row in range(height)]


def test_the_slack_manifest_is_valid():
    found = json.loads(slack_manifest(URL))

    assert [error.message for error in schema("slack-manifest.2.0.0.json").iter_errors(found)] == []


def test_the_slack_manifest_names_every_command_event_and_scope():
    found = json.loads(slack_manifest(URL))

    commands = found["features"]["slash_commands"]
    assert [command["command"] for command in commands] == [
        "/kudos",
        "/skills",
        "/whoknows",
        "/update",
        "/digest",
        "/ristretto",
    ]
    assert {(command["should_escape"], command["url"]) for command in commands} == {(True, f"{URL}/slack/events")}
    assert found["settings"]["event_subscriptions"] == {
        "request_url": f"{URL}/slack/events",
        "bot_events": [
            "app_mention",
            "app_uninstalled",
            "message.im",
            "reaction_added",
            "reaction_removed",
            "team_join",
            "tokens_revoked",
            "user_change",
        ],
    }
    assert set(found["oauth_config"]["scopes"]["bot"]) >= {"commands", "chat:write", "chat:write.public", "im:history"}


@pytest.mark.parametrize("name", ["teams-manifest.1.25.json", "teams-manifest.latest.json"])
def test_the_teams_manifest_is_valid(name):
    found = json.loads(opened(teams_package(URL, APP, "1.2.3"))["manifest.json"])
    if "latest" in name:
        del found["$schema"]
        found["manifestVersion"] = "1.29"

    assert [error.message for error in schema(name).iter_errors(found)] == []


def test_the_teams_package_holds_the_manifest_and_both_icons_at_its_root():
    assert list(opened(teams_package(URL, APP, "1.2.3"))) == ["manifest.json", "fr.json", "color.png", "outline.png"]


def test_the_teams_manifest_is_about_this_bot_at_this_address():
    found = json.loads(opened(teams_package(URL, APP, "1.2.3"))["manifest.json"])

    assert (found["version"], found["bots"][0]["botId"]) == ("1.2.3", APP.lower())
    assert (found["developer"]["websiteUrl"], found["validDomains"]) == (URL, ["ristretto.example.com"])


def test_every_text_of_the_teams_manifest_has_a_french_twin():
    package = opened(teams_package(URL, APP, "1.2.3"))
    english, french = json.loads(package["manifest.json"]), json.loads(package["fr.json"])

    commands = english["bots"][0]["commandLists"][0]["commands"]
    wanted = {f"{part}.{size}" for part in ("name", "description") for size in ("short", "full")}
    for index, command in enumerate(commands):
        wanted |= {f"bots[0].commandLists[0].commands[{index}].{field}" for field in command}
    assert set(french) - {"$schema"} == wanted
    assert len(french["name.short"]) <= 30
    assert len(french["description.short"]) <= 80


def test_the_same_input_gives_the_same_bytes_and_another_another_app():
    first, again = teams_package(URL, APP, "1.2.3"), teams_package(f"{URL}/", APP.lower(), "1.2.3")
    other = teams_package("https://other.example.com", APP, "1.2.3")

    assert first == again
    assert json.loads(opened(first)["manifest.json"])["id"] != json.loads(opened(other)["manifest.json"])["id"]


def test_the_colour_icon_is_192_pixels_wide_and_opaque():
    width, height, rows = pixels(opened(teams_package(URL, APP, "1.2.3"))["color.png"])

    assert (width, height) == (192, 192)
    assert {alpha for row in rows for alpha in row[3::4]} == {255}


def test_the_outline_icon_is_32_pixels_wide_and_white_on_transparent():
    width, height, rows = pixels(opened(teams_package(URL, APP, "1.2.3"))["outline.png"])

    assert (width, height) == (32, 32)
    assert {row[i : i + 3] for row in rows for i in range(0, len(row), 4)} == {b"\xff\xff\xff"}
    assert {0, 255} <= {alpha for row in rows for alpha in row[3::4]}


BAD_URLS = [
    "",
    "ristretto.example.com",
    "http://ristretto.example.com",
    "https://",
    "https://user:word@ristretto.example.com",
    "https://ristretto.example.com/?x=1",
    "https://ristretto.example.com/#x",
    'https://ristretto.example.com/"',
    "https://ristretto.example.com:port",
    "https://[::1",
    "https://localhost",
    "https://127.0.0.1:8443",
]


@pytest.mark.parametrize("url", BAD_URLS)
def test_an_address_that_a_platform_cannot_call_is_refused(url):
    with pytest.raises(Unfit, match="address"):
        slack_manifest(url)


@pytest.mark.parametrize("url", [URL, f"{URL}/", f"{URL}:8443", f"{URL}/bots/ristretto/"])
def test_an_address_that_a_platform_can_call_is_taken(url):
    found = json.loads(slack_manifest(url))

    assert found["settings"]["interactivity"]["request_url"] == f"{url.rstrip('/')}/slack/events"


def test_the_command_writes_the_file(tmp_path):
    manifest("slack", URL, tmp_path / "slack.json", {})
    manifest("teams", URL, tmp_path / "teams.zip", {"MicrosoftAppId": APP})

    assert (tmp_path / "slack.json").read_bytes() == slack_manifest(URL)
    assert list(opened((tmp_path / "teams.zip").read_bytes())) == [
        "manifest.json",
        "fr.json",
        "color.png",
        "outline.png",
    ]


@pytest.mark.parametrize("app_id", ["", "my-bot"])
def test_teams_without_an_app_id_is_refused_in_a_sentence_and_writes_nothing(tmp_path, app_id):
    with pytest.raises(Stop, match="MicrosoftAppId") as stop:
        manifest("teams", URL, tmp_path / "teams.zip", {"MicrosoftAppId": app_id})

    assert (stop.value.code, list(tmp_path.iterdir())) == (2, [])


def test_a_file_that_cannot_be_written_is_named(tmp_path):
    with pytest.raises(Stop, match=r"no-folder/slack\.json cannot be written"):
        manifest("slack", URL, tmp_path / "no-folder" / "slack.json", {})
