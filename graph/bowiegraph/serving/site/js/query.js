/* The page Query: asks what stands in the editor, and says how it went. */

import { addressOf, copy, queryInAddress } from "./query-address.js";
import { makeAnswer } from "./query-answer.js";
import { makeCatalogue } from "./query-catalogue.js";
import { goTo, makeEditor, markMistake, show } from "./query-editor.js";
import { declarations, makeNames, withPrefixes } from "./query-terms.js";

const ACCEPT = "application/sparql-results+json, text/turtle";
const FIRST = `
# What happened when, by what holds
SELECT ?when ?event ?name WHERE {
  ?event schema:startDate ?when ; rdfs:label ?name .
}
ORDER BY ?when
LIMIT 100`;
const HEADINGS = {
  400: "The query cannot be answered as it stands",
  403: "The query is refused",
  413: "The query is too long",
  503: "The server is busy: try again in a moment",
  504: "The query took too long",
};
const $ = (id) => document.getElementById(id);
const setup = JSON.parse($("setup").textContent);
const names = makeNames(setup.prefixes);
const wide = matchMedia("(min-width: 1000px)");
let running = null;

$("desk").hidden = false;
const editor = makeEditor($("editor"), {
  names,
  terms: setup.terms,
  value: `${declarations(setup.prefixes).join("\n")}\n${FIRST}`,
  onRun: () => run(),
  onLeave: () => $("run").focus(),
  onSyntax: (text) => ($("syntax").textContent = text),
});
const catalogue = makeCatalogue(setup.catalogue, {
  groups: $("groups"),
  seek: $("seek"),
  found: $("found"),
  onAsk: ask,
});
const answer = makeAnswer($("result"), setup, names, { onDrawn: drawFaces });
$("controls").append(answer.yasr.pluginControls);

$("run").addEventListener("click", () => run());
$("stop").addEventListener("click", () => running?.abort());
$("copy").addEventListener("click", copyLink);
wide.addEventListener("change", openQuestions);
addEventListener("popstate", followAddress);
openQuestions();
if (!wide.matches) editor.collapsePrefixes(true);
followAddress();

// ---- asking

/** Ask a question of the catalogue. On a phone the list would stand between the question and its answer. */
function ask(entry) {
  show(editor, entry.query, { isFolded: !wide.matches });
  if (!wide.matches) {
    $("questions").open = false;
    $("answer-title").focus();
  }
  run();
}

/** Ask what stands in the editor. The address follows, as a step to which one can go back unless it led here itself. */
async function run({ isNew = true } = {}) {
  running?.abort();
  const controller = new AbortController();
  running = controller;
  const query = editor.getValue();
  begin(query, isNew);
  const started = performance.now();
  try {
    const response = await fetch(setup.endpoint, {
      method: "POST",
      headers: { Accept: ACCEPT },
      body: new URLSearchParams({ query }),
      signal: controller.signal,
    });
    const text = await response.text();
    if (running !== controller) return;
    if (!response.ok) refuse(HEADINGS[response.status] ?? `The server answered ${response.status}`, text.trim());
    else accept(query, response, text, performance.now() - started);
  } catch (error) {
    if (running === controller) fail(error);
  } finally {
    if (running === controller) end();
  }
}

function begin(query, isNew) {
  $("state").textContent = "Running…";
  $("stop").hidden = false;
  $("problem").replaceChildren();
  $("cut").hidden = true;
  $("result").setAttribute("aria-busy", "true");
  catalogue.mark(query);
  const address = addressOf(query);
  if (location.href !== address) history[isNew ? "pushState" : "replaceState"](null, "", address);
}

function end() {
  running = null;
  // A button that goes away takes the focus with it.
  if (document.activeElement === $("stop")) $("run").focus();
  $("stop").hidden = true;
  $("result").removeAttribute("aria-busy");
}

function accept(query, response, text, time) {
  const type = response.headers.get("content-type") ?? "";
  const { kind, rows = 0, truth } = answer.show(query, { type, text });
  const said = kind === "truth" ? (truth ? "True" : "False") : `${rows.toLocaleString("en")} ${unit(kind, rows)}`;
  $("state").textContent = `${said}, in ${(time / 1000).toFixed(2)} s`;
  $("shown").hidden = false;
  $("result").hidden = false;
  drawDownloads(query);
  sayCut(response.headers.get("x-sparql-maxrows"), kind);
}

function unit(kind, count) {
  return (kind === "graph" ? "triple" : "row") + (count === 1 ? "" : "s");
}

function sayCut(most, kind) {
  $("cut").hidden = !most;
  if (!most) return;
  const count = Number(most);
  const said = `${count.toLocaleString("en")} ${unit(kind, count)}`;
  $("cut").textContent =
    `The answer was cut after ${said}: there are more. Narrow the query, or ask in parts, with LIMIT and OFFSET.`;
  $("state").textContent += ", cut";
}

// ---- what goes wrong

function fail(error) {
  if (error.name === "AbortError") {
    $("state").textContent = "Stopped";
  } else if (error instanceof SyntaxError) {
    refuse(
      "The answer broke off",
      "Part of it is missing: the query may have taken too long. Try again, or with a LIMIT.",
    );
  } else {
    refuse("The server cannot be reached", "Are you online, and is it running? The query is kept: try again.");
  }
}

/** Say what went wrong, and lead to the place of it. The former answer would look like the one to this query. */
function refuse(heading, text) {
  const title = document.createElement("strong");
  title.textContent = heading;
  const reason = document.createElement("pre");
  reason.textContent = text;
  $("problem").replaceChildren(title, ...(text ? [reason] : []));
  $("state").textContent = "";
  $("shown").hidden = true;
  $("result").hidden = true;
  const place = /\bline (\d+), column (\d+)/.exec(text);
  if (place) leadTo(Number(place[1]), Number(place[2]));
}

function leadTo(line, column) {
  if (line > editor.lineCount()) return;
  markMistake(editor, line);
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = `Go to line ${line}`;
  button.addEventListener("click", () => goTo(editor, line, column));
  $("problem").append(button);
}

// ---- the answer's forms

function drawFaces(yasr) {
  const buttons = Object.entries(answer.faces()).map(([name, text]) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = text;
    button.dataset.face = name;
    const drawn = yasr.drawnPlugin === "boolean" ? "table" : yasr.drawnPlugin;
    button.setAttribute("aria-pressed", String(drawn === name));
    button.addEventListener("click", () => yasr.selectPlugin(name));
    return button;
  });
  const held = $("faces").contains(document.activeElement) ? document.activeElement.dataset.face : null;
  $("faces").replaceChildren(...buttons);
  if (held) buttons.find((button) => button.dataset.face === held)?.focus();
  $("result").dataset.face = yasr.drawnPlugin;
}

function drawDownloads(query) {
  const name = catalogue.nameOf(query) ?? "answer";
  const links = Object.entries(answer.formats()).map(([format, text]) => {
    const anchor = document.createElement("a");
    anchor.href = `${setup.endpoint}?${new URLSearchParams({ query, format })}`;
    anchor.textContent = text;
    anchor.download = `${name}.${{ turtle: "ttl", ntriples: "nt" }[format] ?? format}`;
    return anchor;
  });
  $("downloads").replaceChildren("Download ", ...links.flatMap((anchor) => [anchor, " "]));
}

// ---- addresses

/** Show and ask the query that the address holds. */
function followAddress() {
  const query = queryInAddress();
  if (!query) return;
  show(editor, withPrefixes(query, setup.prefixes), { isFolded: !wide.matches });
  run({ isNew: false });
}

async function copyLink() {
  const address = addressOf(editor.getValue());
  const isCopied = await copy(address);
  $("copy").focus();
  if (!isCopied) history.replaceState(null, "", address);
  say(isCopied ? "Link copied" : "Copy the link from the address bar");
}

function say(text) {
  $("said").textContent = text;
  setTimeout(() => ($("said").textContent = ""), 4000);
}

function openQuestions() {
  $("questions").open = wide.matches;
  // At the side the list is always open, and its heading no button.
  $("questions").firstElementChild.tabIndex = wide.matches ? -1 : 0;
}
