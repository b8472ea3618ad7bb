/* The questions of the catalogue, by those who ask them: a click asks one. */

const GROUPS = { researchers: "Researchers", analysts: "Analysts", explorers: "Explorers" };

/** Fill the list; `onAsk` is given the question that is clicked. */
export function makeCatalogue(entries, { groups, seek, found, onAsk }) {
  const items = [];
  const names = [...new Set([...Object.keys(GROUPS), ...entries.map(({ group }) => group)])];
  for (const name of names) {
    const own = entries.filter(({ group }) => group === name);
    if (own.length) groups.append(section(GROUPS[name] ?? name, own, items, onAsk));
  }
  seek.addEventListener("input", () => {
    const count = filter(items, groups, seek.value);
    found.textContent = `${count} ${count === 1 ? "question" : "questions"}`;
  });
  return {
    /** Show which question stands in the editor, if any. */
    mark(query) {
      for (const { entry, anchor } of items) {
        if (entry.query.trim() === query.trim()) anchor.setAttribute("aria-current", "true");
        else anchor.removeAttribute("aria-current");
      }
    },
    /** The name of a query, by which a download is called. */
    nameOf: (query) => entries.find((entry) => entry.query.trim() === query.trim())?.name,
  };
}

function section(title, entries, items, onAsk) {
  const heading = document.createElement("h3");
  heading.textContent = title;
  const list = document.createElement("ul");
  for (const entry of entries) {
    const anchor = document.createElement("a");
    anchor.textContent = entry.question;
    anchor.title = entry.description || entry.name;
    // A true link: it can be opened in a tab of its own.
    anchor.href = `#query=${encodeURIComponent(entry.query)}`;
    anchor.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      onAsk(entry);
    });
    const item = document.createElement("li");
    item.append(anchor);
    list.append(item);
    items.push({ entry, anchor, item });
  }
  const part = document.createElement("div");
  part.append(heading, list);
  return part;
}

function filter(items, groups, text) {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  let count = 0;
  for (const { entry, item } of items) {
    const said = [entry.question, entry.description, entry.name, entry.group].join(" ").toLowerCase();
    item.hidden = !words.every((word) => said.includes(word));
    count += item.hidden ? 0 : 1;
  }
  for (const part of groups.children) part.hidden = !part.querySelector("li:not([hidden])");
  return count;
}
