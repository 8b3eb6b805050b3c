"""The schemas that editors use are those of the model, and they accept the data."""

from __future__ import annotations

import json

import jsonschema
import pytest

from macros import schema
from macros.exports import api, api_format, api_schema
from macros.load import load_library
from macros.model import KINDS
from macros.yaml_text import parse
from tests.library import MINI, ROOT

VOCABULARY = load_library(ROOT).library.vocabulary


def test_committed_schemas_are_up_to_date() -> None:
    for path, text in schema.files(VOCABULARY):
        assert (ROOT / path).read_text(encoding="utf-8") == text, f"{path}: run `python3 scripts/dev.py export schema`"


@pytest.mark.parametrize("kind", [*KINDS, "library", "changes", "vocabulary"])
@pytest.mark.parametrize("root", [MINI, ROOT], ids=["mini", "real"])
def test_schemas_accept_the_data(kind: str, root) -> None:
    rules = json.loads((ROOT / "data" / "schema" / f"{kind}.json").read_text(encoding="utf-8"))
    path = root / "data" / f"{kind}.yaml"
    if root == MINI and not path.exists():
        path = ROOT / "data" / path.name
    data = parse(path.read_text(encoding="utf-8")).value
    jsonschema.Draft202012Validator(rules).validate(data)


def test_schema_refuses_an_unknown_word_and_an_unknown_key() -> None:
    rules = json.loads((ROOT / "data" / "schema" / "treaties.json").read_text(encoding="utf-8"))
    treaty = parse((MINI / "data" / "treaties.yaml").read_text(encoding="utf-8")).value[0]
    validator = jsonschema.Draft202012Validator(rules)
    assert not validator.is_valid([{**treaty, "kind": "hiep_uocs"}])
    assert not validator.is_valid([{**treaty, "singed": "1999-12-30"}])


def test_every_field_shows_its_vietnamese_label() -> None:
    rules = json.loads((ROOT / "data" / "schema" / "treaties.json").read_text(encoding="utf-8"))
    properties = rules["$defs"]["Treaty"]["properties"]
    assert properties["signed"]["title"] == "Ngày ký"
    assert "hieu_luc" in json.dumps(rules["$defs"]["Status"])


@pytest.mark.parametrize("which", ["mini", "real"])
def test_open_data_follows_its_published_schemas(which: str, mini_root) -> None:
    library = load_library(mini_root if which == "mini" else ROOT).library
    rules = {path: json.loads(text) for path, text in api_schema.files(library)}
    files = {path: json.loads(text) for path, text in api.files(library)}
    assert {path.replace("/schema/", "/") for path in rules} == set(files)
    for path, data in files.items():
        rule = rules[path.replace("api/v1/", "api/v1/schema/")]
        jsonschema.Draft202012Validator.check_schema(rule)
        jsonschema.Draft202012Validator(rule).validate(data)


def test_open_data_schema_refuses_what_the_format_does_not_have(mini_root) -> None:
    library = load_library(mini_root).library
    rule = json.loads(dict(api_schema.files(library))["api/v1/schema/treaties.json"])
    data = json.loads(dict(api.files(library))["api/v1/treaties.json"])
    validator = jsonschema.Draft202012Validator(rule)
    for harm in (
        {"signed": "30/12/1999"},
        {"signed": "2007-11-12/2007-11-16"},
        {"signed": 1999},
        {"status": "hieu_lucs"},
        {"moi": 1},
        {"id": "Không phải mã"},
    ):
        assert not validator.is_valid({**data, "records": [{**data["records"][0], **harm}]}), harm
    lacking = {key: value for key, value in data["records"][0].items() if key != "sources"}
    assert not validator.is_valid({**data, "records": [lacking]})


def test_a_change_of_the_format_has_its_entry() -> None:
    library = load_library(ROOT).library
    assert api_format.CHANGES[-1].digest == api_format.digest(library), (
        "the open data's schemas changed: add an entry to macros/exports/api_format.py that tells readers, "
        f"with this digest (only an entry that was never published may be changed): {api_format.digest(library)}"
    )


def test_the_digest_sees_structure_and_not_words(mini_root, monkeypatch) -> None:
    library = load_library(mini_root).library
    assert api_format.digest(library) == api_format.digest(load_library(ROOT).library)
    path, text = next(iter(api_schema.files(library)))
    for old, new, same in (
        ('"title": "Ngày ký"', '"title": "Ký ngày"', True),
        ('"hieu_luc"', '"hieu_luc",\n"moi"', True),
        ('"signed": {', '"signd": {', False),
        ('"type": "array"', '"type": "string"', False),
        ('"field": {\n', '"field": {"minLength": 2,\n', False),
    ):
        assert old in text
        changed = text.replace(old, new, 1)
        monkeypatch.setattr(api_schema, "files", lambda library, changed=changed: [(path, changed)])
        after = api_format.digest(library)
        monkeypatch.setattr(api_schema, "files", lambda library: [(path, text)])
        assert (after == api_format.digest(library)) is same, new


def test_the_index_leads_to_every_file(mini_root) -> None:
    library = load_library(mini_root).library
    (_, text), = api_format.files(library)
    index = json.loads(text)
    assert {item["path"] for item in index["files"]} == set(dict(api.files(library)))
    assert {item["schema"] for item in index["files"]} == set(dict(api_schema.files(library)))
    assert index["format"] == index["changes"][0]["format"] == api_format.CHANGES[-1].version
    assert [c.on for c in api_format.CHANGES] == sorted(c.on for c in api_format.CHANGES)
    assert len({c.version for c in api_format.CHANGES}) == len(api_format.CHANGES)
