// The evidence panel: what is said, by whom, in which sentence, how it is said, and what other sources say of it.
"use strict";

const Evidence = (() => {
  const panel = document.getElementById("evidence");
  const { make, button, link, plural } = Dom;

  const chip = (verdict) =>
    make("span", { class: `chip verdict-${verdict.replace(" ", "-")}` }, Drawing.verdictSign(verdict), verdict);

  function thing(id) {
    const node = Model.nodes[id];
    return button(node.label, () => State.choose(id), { class: "thing" });
  }

  // ---- one claim

  function where(claim) {
    const { label, url } = Model.sources[claim.source];
    const sentences = Model.sentences(claim);
    if (!sentences.length)
      return make("p", { class: "where" }, "Said by ", url ? link(url, label) : make("b", {}, label), ".");
    const places = sentences.map(({ paragraph, number, url: address }) => {
      const words = paragraph === 0 ? `the title, sentence ${number}` : `paragraph ${paragraph}, sentence ${number}`;
      return make("li", {}, address ? link(address, `${words} ↗`) : words);
    });
    return make(
      "div",
      { class: "where" },
      make("p", {}, "Said by ", url ? link(url, label) : make("b", {}, label), " in"),
      make("ul", {}, places),
    );
  }

  function evidence(title, sign, found) {
    if (!found?.length) return null;
    const items = found.map((one) => {
      const claim = typeof one === "number" ? one : undefined; // a claim of this page is known by its number
      const { statement, source, speaker, verdict } = claim === undefined ? one : Model.claims[claim];
      const { label, url } = Model.sources[source];
      const told = make(
        "span",
        {},
        make("b", {}, url ? link(url, label) : label),
        speaker ? `, quoting ${speaker}` : "",
        `: ${statement}`,
        verdict === "refuted" ? make("i", {}, " (refuted itself)") : "",
      );
      return make("li", {}, told, claim === undefined ? null : shownElsewhere(claim));
    });
    return make("div", { class: `sides ${sign}` }, make("h4", {}, `${title} (${found.length})`), make("ul", {}, items));
  }

  // A claim that is drawn in this view can be gone to.
  const edgeOf = new Map();
  for (const edge of Model.edges)
    for (const claim of Model.claimsOf(edge)) if (!edgeOf.has(claim)) edgeOf.set(claim, edge.id);
  function shownElsewhere(claim) {
    const node = Model.byIri.get(Model.claims[claim].iri);
    if (node !== undefined)
      return button("show", () => State.choose(node), {
        class: "small",
        "aria-label": `Show: ${Model.claims[claim].statement}`,
      });
    if (!edgeOf.has(claim)) return null;
    return button("show", () => State.chooseEdge(edgeOf.get(claim)), {
      class: "small",
      "aria-label": `Show: ${Model.claims[claim].statement}`,
    });
  }

  function card(number) {
    const claim = Model.claims[number];
    const quotes = Model.sentences(claim)
      .filter(({ quote }) => quote)
      .map(({ quote }) => make("blockquote", {}, quote));
    return make(
      "article",
      { class: "claim" },
      make("h3", {}, claim.statement),
      make(
        "p",
        { class: "standing" },
        chip(claim.verdict),
        make("span", { class: "stance" }, claim.stance, claim.speaker ? `, quoting ${claim.speaker}` : ""),
      ),
      make("p", { class: "meaning" }, `${capital(claim.verdict)}: ${Drawing.STROKES[claim.verdict]?.says ?? ""}.`),
      where(claim),
      quotes,
      claim.comment ? make("p", { class: "note" }, `Note: ${claim.comment}`) : null,
      claim.rule
        ? make(
            "p",
            { class: "note" },
            `Follows by ${claim.rule}`,
            claim.premises?.length ? ` from: ${claim.premises.join("; ")}` : "",
            ".",
          )
        : null,
      evidence("Against it", "against", claim.against),
      evidence("For it", "for", claim.for),
      evidence("Limits it", "narrowed", claim.narrowed),
      claim.sought?.length ? make("p", { class: "note" }, `Looked for in vain in ${claim.sought.join("; ")}.`) : null,
    );
  }

  const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);

  // Those first that decide how the edge stands, then the others, the worst first.
  function cards(numbers, deciding = null) {
    if (!numbers.length) return make("p", { class: "note" }, "No source says this: the query made it.");
    const order = ["refuted", "disputed", "qualified", "supported", "unchecked"];
    const rank = (number) =>
      Model.claims[number].verdict === deciding ? -1 : order.indexOf(Model.claims[number].verdict);
    return [...numbers].sort((a, b) => rank(a) - rank(b)).map(card);
  }

  // ---- a thing

  // A statement as a line to press; `here` is the thing whose panel it stands in, and is not named again.
  function line(edge, here = null) {
    const end = (id) => (id === here ? "" : make("b", {}, Model.nodes[id].label));
    const words = make(
      "span",
      {},
      end(edge.from),
      edge.from === here ? "" : " — ",
      make("i", {}, edge.label),
      " → ",
      end(edge.to),
    );
    const pressed = button("", () => State.chooseEdge(edge.id), {
      class: "line",
      "aria-label": `${Model.inWords(edge)}: ${edge.verdict ?? "no claim"}`,
    });
    pressed.append(Drawing.verdictSign(edge.verdict ?? "no claim"), words);
    return make("li", {}, pressed);
  }

  function statements(id) {
    const shown = Model.around[id].filter((e) => Filters.shown.edges.has(e)).map((e) => Model.edges[e]);
    const hidden = Model.around[id].length - shown.length;
    shown.sort((a, b) => (a.from === id ? 0 : 1) - (b.from === id ? 0 : 1) || (a.label < b.label ? -1 : 1));
    const most = 60;
    return make(
      "section",
      {},
      make("h3", {}, plural(shown.length, "statement")),
      make(
        "ul",
        { class: "plain lines" },
        shown.slice(0, most).map((edge) => line(edge, id)),
      ),
      shown.length > most ? make("p", { class: "note" }, `and ${shown.length - most} more, in the table`) : null,
      hidden
        ? make("p", { class: "note" }, `${hidden} more ${hidden === 1 ? "is" : "are"} hidden by the filters.`)
        : null,
    );
  }

  // What is said of a thing and not drawn: dates, numbers, texts, and links to what the view leaves out.
  function details(said, drawn = new Set()) {
    const rest = said.filter(({ property, object }) => !drawn.has(`${property} ${object.iri ?? ""}`));
    if (!rest.length) return null;
    const rows = rest.map(({ property, object, claims }) =>
      make(
        "li",
        {},
        make(
          "details",
          {},
          make(
            "summary",
            {},
            make("span", { class: "property" }, Model.relation(property)),
            " ",
            make("b", {}, object.iri === undefined ? object.value : Model.name(object.iri)),
            claims.length ? verdictOf(claims) : "",
          ),
          cards(claims),
        ),
      ),
    );
    return make("section", {}, make("h3", {}, "Details"), make("ul", { class: "plain details" }, rows));
  }

  function verdictOf(claims) {
    const order = Object.keys(Drawing.STROKES);
    const best = [...claims].sort(
      (a, b) => order.indexOf(Model.claims[a].verdict) - order.indexOf(Model.claims[b].verdict),
    )[0];
    return Drawing.verdictSign(Model.claims[best].verdict);
  }

  function drawnAt(id) {
    const drawn = new Set();
    for (const e of Model.around[id])
      for (const { subject, property, object } of Model.says(Model.edges[e])) {
        if (subject === Model.nodes[id].iri) drawn.add(`${property} ${object.iri ?? ""}`);
      }
    return drawn;
  }

  function elsewhere({ sameAs = [] }) {
    if (!sameAs.length) return null;
    const name = (address) => {
      const host = address.replace(/^https?:\/\/(www\.)?/, "").split("/")[0];
      return `${host
        .split(".")
        .slice(-2)[0]
        .replace(/^./, (c) => c.toUpperCase())}: ${address.split("/").pop().slice(0, 40)}`;
    };
    return make(
      "section",
      {},
      make("h3", {}, "Elsewhere"),
      make(
        "ul",
        {},
        sameAs.map((address) => make("li", {}, link(address, name(address)))),
      ),
    );
  }

  function node(id) {
    const { label, kind, types = [], also = [], span, iri } = Model.nodes[id];
    const about = Model.details(id);
    const years = span ? (span[0] === span[1] ? `${span[0]}` : `${span[0]}–${span[1]}`) : null;
    const claim = Model.claimByIri.get(iri);
    const hops = State.now.hops;
    return [
      head(
        make("h2", { tabindex: "-1" }, Drawing.kindSign(Model.kinds.get(kind)), label),
        [types.join(", "), years].filter(Boolean).join(" · "),
      ),
      also.length ? make("p", { class: "note" }, `Also ${also.join(", ")}`) : null,
      about.comment && claim === undefined ? make("p", {}, about.comment) : null,
      make(
        "div",
        { class: "actions" },
        button("1 hop", () => State.change({ hops: 1 }), { "aria-pressed": String(hops === 1) }),
        button("2 hops", () => State.change({ hops: 2 }), { "aria-pressed": String(hops === 2) }),
        button("Path from here", () => Routes.from(id)),
        Model.large ? button("Centre here", () => State.change({ centre: id })) : null,
        copyLink(),
      ),
      claim === undefined ? null : card(claim),
      statements(id),
      claim === undefined ? details(Model.says(about), drawnAt(id)) : null,
      elsewhere(about),
      make("p", { class: "iri" }, link(iri, Model.nodes[id].key)),
    ];
  }

  // ---- an edge

  function edge(id) {
    const found = Model.edges[id];
    const [from, to] = [found.from, found.to];
    return [
      head(
        make(
          "h2",
          { tabindex: "-1", class: "sentence" },
          Model.nodes[from].label,
          make("i", {}, ` ${found.label} `),
          "→ ",
          Model.nodes[to].label,
        ),
        found.via ? `drawn as one line: ${found.via.label}` : "",
      ),
      found.verdict ? make("p", { class: "standing" }, chip(found.verdict)) : null,
      make("div", { class: "actions" }, thing(from), thing(to), copyLink()),
      make("section", {}, make("h3", {}, claimsHeading(found)), cards(behind(found), found.verdict)),
      found.via
        ? details(
            Model.says(found.via),
            new Set(Model.says(found).map(({ property, object }) => `${property} ${object.iri ?? ""}`)),
          )
        : null,
    ];
  }

  // A link between two claims is worked out from what they say: they themselves are the evidence.
  function behind(found) {
    const numbers = Model.claimsOf(found);
    const ends = [found.from, found.to]
      .map((id) => Model.claimByIri.get(Model.nodes[id].iri))
      .filter((number) => number !== undefined);
    return numbers.length ? numbers : ends;
  }

  function claimsHeading(found) {
    const numbers = behind(found);
    const sources = new Set(numbers.map((number) => Model.claims[number].source));
    return numbers.length
      ? `${plural(numbers.length, "claim")} of ${plural(sources.size, "source")}`
      : "Nobody says so";
  }

  // ---- a path

  function path([from, to]) {
    const steps = Paths.shortest(from, to, Filters.shown);
    const [a, b] = [Model.nodes[from].label, Model.nodes[to].label];
    if (!steps)
      return [
        head(make("h2", { tabindex: "-1" }, `No path from ${a} to ${b}`), ""),
        make("p", {}, "Nothing that is shown leads from one to the other. Filters may hide it."),
      ];
    const items = steps.map(({ edge: e }) => line(Model.edges[e]));
    return [
      head(make("h2", { tabindex: "-1" }, `From ${a} to ${b}`), `the shortest path: ${plural(steps.length, "step")}`),
      make("ol", { class: "lines" }, items),
      make("div", { class: "actions" }, copyLink()),
    ];
  }

  // ---- the panel

  function head(title, below) {
    const close = button("×", () => State.change({ node: null, edge: null, path: null }), {
      class: "close",
      "aria-label": "Close the evidence",
    });
    return make(
      "div",
      { class: "top" },
      make("div", {}, title, below ? make("p", { class: "below" }, below) : null),
      close,
    );
  }

  function copyLink() {
    return button("Copy link", async (event) => {
      const pressed = event.currentTarget;
      try {
        await navigator.clipboard.writeText(State.link());
        pressed.textContent = "Copied";
        Dom.say("The link is copied");
      } catch {
        // No clipboard in a frame or without a permission: the link to copy by hand.
        pressed.replaceWith(
          make("input", { class: "link", readonly: true, value: State.link(), "aria-label": "Link" }),
        );
      }
    });
  }

  function show({ node: n, edge: e, path: p }) {
    const content = p ? path(p) : n !== null ? node(n) : e !== null ? edge(e) : null;
    panel.hidden = !content;
    document.body.classList.toggle("with-evidence", Boolean(content));
    if (!content) return;
    panel.replaceChildren(...content.flat().filter(Boolean));
    panel.scrollTop = 0;
  }

  // How much of the picture the panel covers: from the right, or as a sheet from below.
  function covers() {
    if (panel.hidden) return { right: 0, bottom: 0 };
    const sheet = matchMedia("(max-width: 760px)").matches;
    return { right: sheet ? 0 : panel.offsetWidth, bottom: sheet ? panel.offsetHeight : 0 };
  }

  return { show, covers };
})();
