/* The editor: Yasqe with our prefixes and terms, and without what would ask the internet for others. */

import { findTerms, placeForPrefix } from "./query-terms.js";

const { Yasqe } = window;
// What may be the beginning of a name or an IRI, up to the cursor.
const TYPED = /<[^<>\s"{}]*$|(?:[\p{L}\p{N}_-]*:)?[\p{L}\p{N}_.%-]*$/u;
const PAUSE = 700;
// CodeMirror says nothing of what it is when its lines themselves are edited.
const FIELD = { role: "textbox", "aria-multiline": "true", "aria-describedby": "keys" };

/**
 * Make the editor.
 *
 * @param options names and terms; value, the first query; onRun and onLeave, what Ctrl+Enter and Esc do; onSyntax, told
 *   what is wrong with the query, "" if nothing is
 */
export function makeEditor(parent, { names, terms, value, onRun, onLeave, onSyntax }) {
  useOwnCompleters(names);
  const editor = new Yasqe(parent, {
    value,
    // Nothing is stored: the address holds the query.
    persistenceId: null,
    consumeShareLink: null,
    createShareableLink: null,
    showQueryButton: false,
    resizeable: false,
    editorHeight: "auto",
    viewportMargin: Infinity,
    // What can be scrolled has the focus inside it; and screen readers can read the lines.
    inputStyle: "contenteditable",
    screenReaderLabel: "SPARQL query",
    foldOptions: { widget: "…" },
    extraKeys: {
      "Ctrl-Enter": onRun,
      "Cmd-Enter": onRun,
      "Ctrl-Space": () => complete(editor, names, terms),
      "Ctrl-S": false,
      Tab: (cm) => (cm.somethingSelected() ? cm.execCommand("indentMore") : cm.replaceSelection("  ", "end")),
      "Shift-Tab": "indentLess",
      Esc: onLeave,
    },
  });
  const field = editor.getInputField();
  for (const [name, said] of Object.entries(FIELD)) field.setAttribute(name, said);
  // Yasqe would put a PREFIX above everything, also above the comments that say what a query is about.
  editor.addPrefixes = (declaration) => declare(editor, declaration);
  nameCompletions(editor);
  watchSyntax(editor, onSyntax);
  return editor;
}

/** Put a query into the editor, the cursor at the beginning of what is asked; fold its prefixes where room is scarce. */
export function show(editor, text, { isFolded }) {
  editor.setValue(text);
  editor.clearHistory();
  if (isFolded) editor.collapsePrefixes(true);
  const lines = text.split("\n");
  const line = lines.findIndex((each) => /^\s*(SELECT|CONSTRUCT|ASK|DESCRIBE)\b/i.test(each));
  editor.setCursor({ line: Math.max(line, 0), ch: 0 });
}

/** Mark the line on which the server found a mistake, until the query is changed. */
export function markMistake(editor, line) {
  const handle = editor.addLineClass(line - 1, "background", "mistake");
  const unmark = () => {
    editor.removeLineClass(handle, "background", "mistake");
    editor.off("change", unmark);
  };
  editor.on("change", unmark);
}

/** Go to a place that the server counts from 1. */
export function goTo(editor, line, column) {
  editor.focus();
  editor.setCursor({ line: line - 1, ch: column - 1 });
}

// ---- completion

/** Leave the completers of Yasqe out that ask other servers; keep that of variables, and that of prefixes with ours. */
function useOwnCompleters(names) {
  const declared = Object.entries(names.prefixes).map(([name, space]) => `${name}: <${space}>`);
  Yasqe.forkAutocompleter("prefixes", { name: "own-prefixes", get: () => declared, persistenceId: null }, false);
  for (const name of ["prefixes", "property", "class"]) delete Yasqe.Autocompleters[name];
  // Set here, since Yasqe merges lists of options position by position.
  Yasqe.defaults.autocompleters = ["own-prefixes", "variables"];
}

function complete(editor, names, terms) {
  const before = beforeCursor(editor);
  if (/[?$]\w*$/.test(before) || /\bPREFIX\s+\S*\s*$/i.test(before)) {
    editor.autocomplete();
    return;
  }
  editor.showHint({
    hint: () => hints(editor, names, terms),
    completeSingle: false,
    closeCharacters: /[\s{}()[\];,>]/,
    container: editor.rootEl,
  });
}

/** The list appears as a child of the editor, without a name. */
function nameCompletions(editor) {
  const name = () => editor.rootEl.querySelector(".CodeMirror-hints")?.setAttribute("aria-label", "Completions");
  new MutationObserver(name).observe(editor.rootEl, { childList: true });
}

function beforeCursor(editor) {
  const { line, ch } = editor.getCursor();
  return editor.getLine(line).slice(0, ch);
}

function hints(editor, names, terms) {
  const to = editor.getCursor();
  const typed = TYPED.exec(beforeCursor(editor))[0];
  const from = { line: to.line, ch: to.ch - typed.length };
  const found = findTerms(terms, names, typed, kindAt(editor, from));
  return { from, to, list: found.map((term) => hint(editor, names, term)) };
}

/** Which kind of term the grammar has at a place, as far as it can be told. */
function kindAt(editor, position) {
  const { state } = editor.getTokenAt(position, true);
  if (["a", "rdf:type"].includes(state.lastProperty)) return "class";
  return state.possibleNext?.includes("a") || state.possibleCurrent?.includes("a") ? "property" : "";
}

function hint(editor, names, term) {
  const written = names.written(term.iri);
  return {
    text: written,
    render(element) {
      element.append(part("name", names.short(term.iri)), part("label", term.label), part("kind", term.kind));
      element.title = term.comment;
    },
    hint(cm, { from, to }) {
      cm.replaceRange(written, from, cm.getCursor() ?? to, "complete");
      const prefix = written.startsWith("<") ? null : written.slice(0, written.indexOf(":"));
      if (prefix !== null && !(prefix in editor.getPrefixesFromQuery())) {
        declare(editor, `${prefix}: <${names.prefixes[prefix]}>`);
      }
    },
  };
}

function part(name, text) {
  const element = document.createElement("span");
  element.className = `term-${name}`;
  element.textContent = text;
  return element;
}

function declare(editor, declaration) {
  const line = placeForPrefix(editor.getValue().split("\n"));
  editor.replaceRange(`PREFIX ${declaration}\n`, { line, ch: 0 }, undefined, "+input");
}

// ---- syntax

/** Say in words what the mark beside a line shows, once typing pauses. */
function watchSyntax(editor, onSyntax) {
  let timer = 0;
  editor.on("changes", () => {
    clearTimeout(timer);
    timer = setTimeout(() => onSyntax(mistake(editor)), PAUSE);
  });
}

function mistake(editor) {
  if (editor.queryValid || !editor.getValue().trim()) return "";
  for (let line = 0; line < editor.lineCount(); line += 1) {
    const { state } = editor.getTokenAt({ line, ch: editor.getLine(line).length }, true);
    if (state.OK === false) return `Line ${line + 1} is not SPARQL yet${expected(state)}`;
  }
  return "The query is not complete yet";
}

function expected({ errorMsg, possibleCurrent = [] }) {
  if (errorMsg) return `: ${errorMsg[0].toLowerCase()}${errorMsg.slice(1)}`;
  const few = possibleCurrent.length && possibleCurrent.length <= 6;
  return few ? `: expected ${possibleCurrent.join(", ")}` : "";
}
