"""The command line: what each command writes where, and how it ends."""

from __future__ import annotations

import csv
import io
import json
import os
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result
from tests import small_data, small_facts

from bowiegraph.catalogue import get
from bowiegraph.cli import main

if TYPE_CHECKING:
    from pathlib import Path

STORE = ("--store", str(small_data.FILE))
COMMANDS = ("query", "queries", "claims", "check", "entities", "export", "build", "source add")
LABELS = "SELECT ?n { ?s rdfs:label ?n } ORDER BY ?n"


def run(*words: str, stdin: str | bytes | None = None, **environment: str) -> Result:
    """Run a command in this process."""
    return CliRunner().invoke(main, [*words], input=stdin, env=environment)


def process(*words: str, **options: object) -> subprocess.CompletedProcess[str]:
    """Run a command as people do."""
    command = [sys.executable, "-m", "bowiegraph", *words]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60, **options)  # type: ignore[call-overload, no-any-return]  # passed on


def one_message(answer: Result, *parts: str) -> None:
    """A mistake is one message on standard error, no traceback, and exit code 2."""
    assert answer.exit_code == 2, answer.output
    assert answer.stdout == ""
    assert "Traceback" not in answer.stderr
    assert answer.exception is None or isinstance(answer.exception, SystemExit)
    for part in parts:
        assert part in answer.stderr


@pytest.mark.parametrize("command", COMMANDS)
def test_help_has_an_example(command: str) -> None:
    """Each command explains itself, and shows how it is used."""
    answer = run(*command.split(), "--help")
    assert answer.exit_code == 0
    assert "Examples:" in answer.stdout
    assert f"bowiegraph {command}" in answer.stdout


def test_help_lists_every_command() -> None:
    """The list is in the order in which people come to need them; -h and --version work too."""
    shown = run("-h").stdout
    places = [shown.rindex(f"\n  {command.split()[0]} ") for command in COMMANDS]
    assert places == sorted(places)
    assert run("--version").stdout.startswith("bowiegraph, version ")


@pytest.mark.parametrize("format_", ["csv", "tsv", "json", "xml", "table"])
def test_rows_in_each_format(format_: str) -> None:
    """Data is on standard output, whole, in the format asked for."""
    answer = run("query", LABELS, "--format", format_, *STORE)
    assert answer.exit_code == 0
    assert "Motörhead" in answer.stdout
    assert answer.stderr == ("" if format_ != "table" else answer.stderr)


@pytest.mark.parametrize(
    ("query", "good"),
    [
        ("ASK { ?s ?p ?o }", {"json", "xml", "table"}),
        ("DESCRIBE :anna", {"turtle", "ntriples", "rdfxml", "jsonld"}),
        (LABELS, {"csv", "tsv", "json", "xml", "table"}),
        ("SELECT * { }", {"csv", "tsv", "json", "xml", "table"}),
    ],
)
def test_formats_that_an_answer_does_not_have(query: str, good: set[str]) -> None:
    """Each form of answer has its formats; others are refused."""
    assert run("query", query, *STORE).exit_code == 0
    for format_ in ("table", "csv", "tsv", "json", "xml", "turtle", "ntriples", "rdfxml", "jsonld"):
        answer = run("query", query, "-f", format_, *STORE)
        if format_ in good:
            assert answer.exit_code == 0, (format_, answer.stderr)
        else:
            one_message(answer, format_)


@pytest.mark.parametrize("words", [("-",), ()])
def test_a_query_from_standard_input(words: tuple[str, ...]) -> None:
    """A dash, or no query at all, reads what is piped in."""
    answer = run("query", *words, *STORE, "-f", "csv", stdin="SELECT (1 AS ?x) { :anna ?p ?o }")
    assert answer.stdout.startswith("x\n1\n")


def test_nobody_is_left_waiting() -> None:
    """Without a query, at a terminal, there is nothing to wait for."""
    leader, follower = os.openpty()
    try:
        answer = process("query", *STORE, stdin=follower)
    finally:
        os.close(leader)
        os.close(follower)
    assert answer.returncode == 2
    assert "say what to ask" in answer.stderr


@pytest.mark.parametrize("name", ["my.rq", "query.sparql", "my query.rq"])
def test_a_query_in_a_file(name: str, tmp_path: Path) -> None:
    """A file is read as UTF-8, with or without a byte order mark."""
    path = tmp_path / name
    path.write_text(LABELS, encoding="utf-8-sig")
    assert "Motörhead" in run("query", str(path), *STORE).stdout


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ("who=:anna", True),
        ("?who=<https://w3id.org/bowiegraph/entity/anna>", True),
        ("who=:bert", False),
        ("who=Anna Weiß", False),
        ("who=x> } ; DROP ALL", False),
    ],
)
def test_parameters_are_terms(value: str, found: bool) -> None:  # noqa: FBT001 — a column of the table
    """IRIs and prefixed names are read as such, and nothing is pasted."""
    answer = run("query", "SELECT ?who ?song { ?song schema:author ?who }", "-p", value, *STORE, "-f", "csv")
    assert answer.exit_code == 0
    assert ("heroes" in answer.stdout) == found


@pytest.mark.parametrize(
    ("words", "parts"),
    [
        (("query", "SELECT *\n{ ?s nix:da ?o }"), ("line 2, column 6", "prefix", "^")),
        (("query", "SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }"), ("SERVICE",)),
        (("query", "DROP ALL ;"), ("update",)),
        (("query", "covrs"), ("covers",)),
        (("query", ""), ("empty",)),
        (("query", "missing.rq"), ("missing.rq",)),
        (("query", "x" * 5000), ("unknown query",)),
        (("query", "covers", "-p", "who=x"), ("who",)),
        (("query", "covers", "-p", "who"), ("NAME=VALUE",)),
        (("query", "covers", "-p", "=x"), ("NAME=VALUE",)),
        (("query", "everything-about"), ("entity",)),
        (("query", "everything-about", "-p", "entity=Motohead"), ("Motörhead",)),
        (("query", "SELECT ?s { ?s ?p ?o }", "-p", "x=1"), ("x",)),
        (("query", "SELECT ?s { ?s ?p ?o }", "-p", "a b=1"), ("a b",)),
        (("query", "SELECT ?s { ?s ?p ?o }", "-p", "s=<a b>"), ("s",)),
        (("query", "SELECT ?s { ?s ?p ?o }", "-p", "s=<a:b> , <a:c>"), ("one term",)),
        (("query", "SELECT ?s { ?s ?p ?o }", "-f", "turtle"), ("turtle", "csv")),
        (("query", "covers", "-f", "pdf"), ("pdf",)),
        (("claims", "Motohead"), ("Motörhead",)),
        (("claims", ""), ("unknown entity",)),
        (("claims", "John Smith"), ("john-one", "john-two")),
        (("claims", "--verdict", "true"), ("true",)),
        (("entities", "Motohead"), ("Motörhead",)),
        (("entities", "--type", "persn"), ("person",)),
        (("export", "--format", "pdf"), ("pdf",)),
        (("nonsense",), ("nonsense",)),
    ],
)
def test_wrong_use(words: tuple[str, ...], parts: tuple[str, ...]) -> None:
    """One message says what is wrong, with what comes near."""
    store = STORE if words[0] != "nonsense" else ()
    one_message(run(*words, *store), *parts)


@pytest.mark.parametrize("command", ["query", "claims", "check", "entities", "export"])
@pytest.mark.parametrize("store", ["missing.nq", "", "broken.nq", "notes.txt", "\x1b[31m.nq"])
def test_data_sets_that_cannot_be_opened(command: str, store: str, tmp_path: Path) -> None:
    """Each command says so the same way; the message cannot steer the terminal."""
    (tmp_path / "broken.nq").write_text("<a:b> <a:c> d .\n")
    (tmp_path / "notes.txt").write_text("x")
    words = ("ASK { ?s ?p ?o }",) if command == "query" else ()
    answer = run(command, *words, "--store", f"{tmp_path}/{store}")
    one_message(answer, "cannot open the data set")
    assert "\x1b" not in answer.stderr


def test_queries_that_cannot_be_read(tmp_path: Path) -> None:
    """A folder, and what is not UTF-8."""
    (tmp_path / "latin.rq").write_bytes("SELECT * { ?s ?p 'é' }".encode("latin-1"))
    one_message(run("query", str(tmp_path / "latin.rq"), *STORE), "latin.rq")
    one_message(run("query", str(tmp_path), *STORE), str(tmp_path))
    one_message(run("query", "-", *STORE, stdin=b"\xff\xfe"), "cannot read the query")


@pytest.mark.parametrize("place", ["file/out.trig", "folder"])
def test_places_that_cannot_be_written(place: str, tmp_path: Path) -> None:
    """What was there before stays."""
    (tmp_path / "file").write_text("x")
    (tmp_path / "folder").mkdir()
    one_message(run("export", "-o", str(tmp_path / place), *STORE), str(tmp_path))
    one_message(run("build", "--facts", str(tmp_path / "none"), "-o", str(tmp_path / place)))
    assert (tmp_path / "file").read_text() == "x"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "folder"]


@pytest.mark.parametrize("name", ["mine.trig", "mine", "facts/mine.nq", "facts/sources/almanac.trig", "link.nq"])
def test_a_build_replaces_no_facts(name: str, tmp_path: Path) -> None:
    """A data set is called like one, and stands outside of what it is built from; a link does not help."""
    facts = small_facts.write(tmp_path / "facts")
    (tmp_path / "link.nq").symlink_to(facts / "sources" / "almanac.trig")
    one_message(run("build", "--facts", str(facts), "-o", str(tmp_path / name)), "is not written")
    assert (facts / "sources" / "almanac.trig").read_text(encoding="utf-8") == small_facts.ALMANAC


def test_a_build_into_a_pipe() -> None:
    """A device may be called as it is; then the report goes elsewhere."""
    answer = process("build", "-o", "/dev/stdout", "--no-shapes")
    assert answer.returncode == 0, answer.stderr
    assert all(line.endswith(" .") for line in answer.stdout.splitlines())
    assert "sha256: " in answer.stderr


@pytest.mark.parametrize(
    "command",
    ["query covers", "queries", "claims", "check", "entities", "export", "entities -f json", "claims -f table"],
)
def test_standard_output_that_is_closed(command: str) -> None:
    """One message, whatever was to be written."""
    line = f"{sys.executable} -m bowiegraph {command} >&-"
    answer = subprocess.run(["bash", "-c", line], capture_output=True, text=True, check=False, timeout=60)
    assert answer.returncode == 2
    assert answer.stderr.splitlines()[0].startswith("bowiegraph: cannot write the answer: standard output is closed")
    assert "Error" not in answer.stderr


def test_everything_is_closed() -> None:
    """Nobody hears it; the code is that of wrong use all the same."""
    line = f"{sys.executable} -m bowiegraph nonsense <&- >&- 2>&-"
    assert subprocess.run(["bash", "-c", line], check=False, timeout=60).returncode == 2


def test_standard_input_that_is_closed() -> None:
    line = f"{sys.executable} -m bowiegraph query - <&-"
    answer = subprocess.run(["bash", "-c", line], capture_output=True, text=True, check=False, timeout=60)
    assert answer.returncode == 2
    assert answer.stderr.splitlines() == ["bowiegraph: cannot read the query -: standard input is closed"]


def test_a_file_needs_no_standard_output(tmp_path: Path) -> None:
    line = f"{sys.executable} -m bowiegraph export -o {tmp_path}/x.trig >&-"
    answer = subprocess.run(["bash", "-c", line], capture_output=True, text=True, check=False, timeout=60)
    assert answer.returncode == 0, answer.stderr
    assert (tmp_path / "x.trig").stat().st_size > 1000


def test_build_and_source_say_what_is_wrong(tmp_path: Path) -> None:
    """Facts of one's own need a place to go; a source needs a name, a document and a folder."""
    one_message(run("build", "--facts", str(tmp_path)), "-o")
    one_message(run("build", "--facts", str(tmp_path), "-o", str(tmp_path / "x.nq")), str(tmp_path))
    add = ("source", "add", str(tmp_path / "none.txt"), "--facts", str(tmp_path / "facts"))
    one_message(run(*add, "--name", "x"), "none.txt")
    one_message(run(*add, "--name", "No Name"))
    one_message(run(*add), "--name")


@pytest.mark.parametrize(
    "words", [("query", LABELS), ("claims",), ("entities",), ("export",), ("queries",), ("check",)]
)
def test_a_full_disk(words: tuple[str, ...]) -> None:
    """Standard output that takes no more is one clear message."""
    store = () if words[0] == "queries" else STORE
    with open("/dev/full", "w") as full:  # noqa: PTH123 — a device
        command = [sys.executable, "-m", "bowiegraph", *words, *store]
        answer = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False, timeout=60)
    assert answer.returncode == 2
    assert "cannot write" in answer.stderr
    assert "Traceback" not in answer.stderr
    assert "Exception ignored" not in answer.stderr


@pytest.mark.parametrize(
    "command", ["claims", "export -f nquads", "query covers -f csv", "entities", "--help", "queries"]
)
def test_a_reader_that_has_seen_enough(command: str) -> None:
    """Whoever reads may stop; nobody complains."""
    line = f"set -o pipefail; {sys.executable} -m bowiegraph {command} | head -c 1 > /dev/null"
    answer = subprocess.run(["bash", "-c", line], capture_output=True, text=True, check=False, timeout=60)
    assert answer.returncode == 0
    assert "Error" not in answer.stderr
    assert "Exception" not in answer.stderr


def test_ctrl_c() -> None:
    """An interrupted command says so, and exits as shells expect."""
    command = [sys.executable, "-m", "bowiegraph", "query", "-", *STORE]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        time.sleep(1.5)
        running.send_signal(signal.SIGINT)
        _, said = running.communicate(timeout=20)
    assert running.returncode == 130
    assert said.decode().strip() == "bowiegraph: interrupted"


def test_exit_codes() -> None:
    """0 is good, 1 a check that failed, 2 wrong use."""
    assert run("check", *STORE).exit_code == 1
    assert run("check", "--exit-zero", *STORE).exit_code == 0
    assert run("check", "-f", "csv", *STORE).exit_code == 1
    assert run("check", "--nonsense").exit_code == 2
    assert process("check", *STORE).returncode == 1


@pytest.mark.parametrize("command", ["claims", "check", "entities", "queries"])
def test_csv_and_json_of_the_lists(command: str) -> None:
    """Programs get CSV with a header and JSON with the same number of objects; talk stays on standard error."""
    store = () if command == "queries" else STORE
    table = list(csv.reader(io.StringIO(run(command, "-f", "csv", *store).stdout)))
    objects = json.loads(run(command, "-f", "json", *store).stdout)
    assert len(table) - 1 == len(objects) > 1
    assert len({len(row) for row in table}) == 1
    assert run(command, "-f", "tsv", *store).stdout.count("\n") >= len(table)


def test_one_entity_and_its_formats() -> None:
    """Text for people, and the same for programs."""
    assert "The Voice" in run("entities", "berta", *STORE).stdout
    assert json.loads(run("entities", "berta", "-f", "json", *STORE).stdout)
    assert run("entities", "heroes", "-f", "csv", *STORE).stdout.startswith("subject,property,object\n")


def test_claims_in_words() -> None:
    """Statement, stance, source, sentences, link, quote, and what speaks for and against."""
    shown = run("claims", "Anna Weiß", *STORE)
    for part in ("Anna Weiß wrote the song", "supported · asserted · The Gazette, p1s1 p1s2", "quoting Bert"):
        assert part in shown.stdout
    for part in ("“Anna wrote it.”", "https://example.org/gazette#:~:text=Anna", "+ The Almanac: Anna wrote it"):
        assert part in shown.stdout
    assert shown.stderr.strip() == "3 claims"


@pytest.mark.parametrize("format_", ["trig", "nquads", "jsonld", "turtle", "graphml", "nanopub"])
def test_export_to_a_file_and_to_standard_output(format_: str, tmp_path: Path) -> None:
    """Both are the same bytes, and talk is on standard error."""
    path = tmp_path / "out"
    written = run("export", "-f", format_, "-o", str(path), *STORE)
    assert (written.stdout, written.stderr.strip()) == ("", f"wrote {path}")
    assert run("export", "-f", format_, *STORE).stdout_bytes == path.read_bytes()


@pytest.mark.parametrize(
    ("name", "format_"),
    [("x.ttl", "turtle"), ("x.TRIG", "trig"), ("x.nq", "nquads"), ("x.graphml", "graphml"), ("x", "trig")],
)
def test_the_name_of_a_file_gives_its_format(name: str, format_: str, tmp_path: Path) -> None:
    assert run("export", "-o", str(tmp_path / name), *STORE).exit_code == 0
    assert (tmp_path / name).read_bytes() == run("export", "-f", format_, *STORE).stdout_bytes


@pytest.mark.parametrize(
    ("name", "format_", "mend"),
    [("x.ttl", "trig", "turtle"), ("x.trig", "nquads", "trig or nanopub"), ("x.nt", "turtle", "nquads")],
)
def test_a_file_called_like_one_of_another_format(name: str, format_: str, mend: str, tmp_path: Path) -> None:
    one_message(run("export", "-f", format_, "-o", str(tmp_path / name), *STORE), name, mend)
    assert list(tmp_path.iterdir()) == []


EVIL = "\x1b]0;pwned\x07\x1b[2J\u202egpj.exe\u2066\x9b31m\r\x08\u200f\u2028"


@pytest.mark.parametrize(
    "words",
    [
        ("claims",),
        ("claims", "-f", "table"),
        ("check",),
        ("entities", "-f", "table"),
        ("entities", "anna"),
        ("query", "SELECT * { ?s ?p ?o }", "-f", "table"),
        ("claims", EVIL.replace("\r", "")),
    ],
)
def test_labels_cannot_steer_a_terminal(words: tuple[str, ...], tmp_path: Path) -> None:
    """Control characters, and signs that turn the direction of writing, are shown as such."""
    escaped = "".join(f"\\u{ord(c):04x}" for c in EVIL)
    text = small_data.FILE.read_text(encoding="utf-8")
    for plain in (
        "Anna Weiß wrote the song",
        "The Gazette",
        "Anna wrote it.",
        "so he said",
        "Anna Weiß",
        "person",
        "arithmetic",
    ):
        text = text.replace(f'"{plain}"', f'"{plain}{escaped}"')
    path = tmp_path / "evil.trig"
    path.write_text(text, encoding="utf-8")
    answer = run(*words, "--store", str(path))
    shown = answer.stdout + answer.stderr
    assert "�" in shown
    assert not set(EVIL) - set("pwned]0;[2Jgpj.exe31m") & set(shown)
    assert answer.exit_code in {0, 1, 2}


def test_no_colour() -> None:
    """NO_COLOR, and a pipe, have no escapes; a terminal has."""
    leader, follower = os.openpty()
    command = [sys.executable, "-m", "bowiegraph", "claims", *STORE]
    shown = []
    for environment in ({"NO_COLOR": "1"}, {}):
        clean = {name: value for name, value in os.environ.items() if name not in {"NO_COLOR", "FORCE_COLOR"}}
        subprocess.run(
            command, stdout=follower, stderr=subprocess.DEVNULL, check=True, timeout=60, env=clean | environment
        )
        shown.append(os.read(leader, 1 << 16))
    os.close(leader)
    os.close(follower)
    assert b"\x1b" not in shown[0]
    assert b"\x1b[" in shown[1]
    assert "\x1b" not in process("claims", *STORE).stdout


HEAVY = (
    "rdflib",
    "networkx",
    "polars",
    "pandas",
    "pyshacl",
    "elementpath",
    "rich",
    "trafilatura",
    "sentencex",
    "rapidfuzz",
)


def test_asking_loads_nothing_heavy() -> None:
    """A question from a cold shell imports only what it needs."""
    code = (
        "import sys, bowiegraph.cli\n"
        "try: bowiegraph.cli.main(['query', 'covers', '--format', 'csv'])\n"
        f"except SystemExit: print([name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)\n"
    )
    process("query", "covers", "-f", "csv")  # the first use builds
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert answer.stderr.strip() == "[]"
    assert "Motörhead" in answer.stdout


def parametrised(folder: Path) -> str:
    """Copy a question of the catalogue that has a parameter to a file of one's own."""
    path = folder / "mine.rq"
    path.write_text(get("everything-about").text, encoding="utf-8")
    return str(path)


def test_the_parameters_of_a_file_are_those_that_it_says(tmp_path: Path) -> None:
    """By name, by file and from a pipe, the same is needed and looked up."""
    path = parametrised(tmp_path)
    named = run("query", "everything-about", "-p", "entity=Anna Weiß", *STORE)
    assert named.stdout.count("\n") > 1
    assert run("query", path, "-p", "entity=Anna Weiß", *STORE).stdout == named.stdout
    piped = run("query", "-", "-p", "entity=Anna Weiß", *STORE, stdin=get("everything-about").text)
    assert piped.stdout == named.stdout
    one_message(run("query", path, *STORE), "parameter entity", "needs it")
    one_message(run("query", path, "-p", "entity=Motohead", *STORE), "Motörhead")
    one_message(run("query", path, "-p", "other=1", *STORE), "no such parameter")


def test_a_parameter_has_one_value() -> None:
    words = ("query", "everything-about", "-p", "entity=anna", "-p")
    one_message(run(*words, "?entity=berta", *STORE), "'anna'", "'berta'")
    assert run(*words, "entity=anna", *STORE).exit_code == 0


@pytest.mark.parametrize("data", [b"\xff\xfe\x00", b"ASK { ?s ?p 1 }\0"])
def test_what_is_no_text_is_no_query(data: bytes, tmp_path: Path) -> None:
    (tmp_path / "bin.rq").write_bytes(data)
    for answer in (run("query", str(tmp_path / "bin.rq"), *STORE), run("query", *STORE, stdin=data)):
        one_message(answer, "not UTF-8 text")
        assert answer.stderr.count("cannot read") == 1
        assert "several words" not in answer.stderr


def test_an_empty_query(tmp_path: Path) -> None:
    (tmp_path / "empty.rq").write_text("\ufeff \n")
    one_message(run("query", str(tmp_path / "empty.rq"), *STORE), "empty.rq", "is empty")
    one_message(run("query", *STORE, stdin=""), "is empty")


def test_from_a_thing_to_itself_there_is_no_path() -> None:
    words = ("query", "path-between", "-p", "from=heroes", "-p", "to=heroes", "-f", "csv")
    assert process(*words).stdout == "from,to,hops,path\n"


@pytest.mark.parametrize("format_", ["csv", "tsv", "json", "xml", "table"])
def test_an_answer_without_rows_names_what_nobody_speaks_of(format_: str) -> None:
    """A hint on standard error; the answer is as it is, and no failure."""
    answer = run("query", "SELECT ?x { ?x a schema:Persn ; :heros ?y }", "-f", format_, *STORE)
    assert answer.exit_code == 0
    assert "hint: schema:Persn is neither in the ontology nor in the data; did you mean schema:Person" in answer.stderr
    assert ":heroes" in answer.stderr
    for good in ("SELECT ?x { ?x a schema:Person }", "SELECT ?x { ?x a schema:Person FILTER(false) }"):
        assert "hint" not in run("query", good, "-f", format_, *STORE).stderr


def test_a_hint_on_a_parameter() -> None:
    answer = run("query", "SELECT ?x ?y { ?x schema:author ?y }", "-p", "y=:ana", *STORE)
    assert "hint: :ana is neither" in answer.stderr


@pytest.mark.parametrize(
    "words",
    [
        ("query", LABELS, "-f", "json"),
        ("query", LABELS, "-f", "xml"),
        ("query", "ASK { ?s ?p ?o }", "-f", "json"),
        ("query", "DESCRIBE :anna", "-f", "jsonld"),
        ("entities", "-f", "json"),
        ("claims", "-f", "json"),
    ],
)
def test_answers_end_their_last_line(words: tuple[str, ...]) -> None:
    answer = run(*words, *STORE).stdout
    assert answer.endswith("\n")
    assert not answer.endswith("\n\n")


def test_tables_in_a_file_have_no_blanks_at_the_end() -> None:
    lines = run("entities", "-f", "table", *STORE).stdout.splitlines()
    assert [line for line in lines if line != line.rstrip()] == []
    assert len({line.find("  ") for line in lines[:1]}) == 1


@pytest.mark.parametrize("text", ["", "<a:b> <a:c> <a:d> .\n"])
def test_a_check_of_nothing_is_no_good_news(text: str, tmp_path: Path) -> None:
    (tmp_path / "x.nq").write_text(text)
    one_message(run("check", "--exit-zero", "--store", str(tmp_path / "x.nq")), "x.nq", "holds no claims")


def test_a_build_with_quotes_is_kept(tmp_path: Path) -> None:
    """What ``build`` writes for the other commands is taken for whole by them."""
    cache = {"BOWIEGRAPH_CACHE": str(tmp_path)}
    assert run("build", "--no-shapes", **cache).exit_code == 0
    (path,) = tmp_path.glob("*.nq")
    before = path.stat().st_ino
    assert run("query", "covers", **cache).exit_code == 0
    assert path.stat().st_ino == before


def test_quotes_do_not_go_into_the_shared_data_set(tmp_path: Path) -> None:
    """Else they would leave with the next export, unnoticed."""
    text = tmp_path / "article.txt"
    text.write_text("words")
    done = CliRunner().invoke(main, ["build", "--text", str(text)])
    assert done.exit_code == 2
    assert "-o" in done.stderr
