/* Links to queries: the query stands behind #, where it may be long and no server's log sees it. */

export function addressOf(query) {
  return `${location.origin}${location.pathname}#query=${encodeURIComponent(query)}`;
}

/** The query that the address holds, behind # or behind ?; undefined if there is none. */
export function queryInAddress() {
  const parts = [location.hash.slice(1), location.search.slice(1)];
  return parts.map((part) => new URLSearchParams(part).get("query")).find(Boolean);
}

/** Browsers give the clipboard to pages of https only; elsewhere the older way is left; it takes the focus away. */
export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const field = document.createElement("textarea");
    field.value = text;
    field.className = "unseen";
    document.body.append(field);
    field.select();
    const isCopied = document.execCommand("copy");
    field.remove();
    return isCopied;
  }
}
