// Elements from plain values: text is always text, and only addresses of the web become links.
"use strict";

const Dom = (() => {
  function make(name, attributes = {}, ...children) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
      if (value === null || value === undefined || value === false) continue;
      if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
      else made.setAttribute(key, value === true ? "" : value);
    }
    made.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== ""));
    return made;
  }

  const isWeb = (address) => /^https?:\/\//i.test(address);

  function link(address, text) {
    if (!isWeb(address)) return make("span", {}, text);
    return make("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, text);
  }

  const button = (text, onclick, attributes = {}) => make("button", { type: "button", onclick, ...attributes }, text);

  let last = 0;
  const status = document.getElementById("status");
  // Screen readers read it out; said later, so that what was said before is not cut off by every key.
  function say(text) {
    clearTimeout(last);
    last = setTimeout(() => {
      status.textContent = text;
    }, 120);
  }

  const plural = (count, one, many = `${one}s`) => `${count.toLocaleString("en")} ${count === 1 ? one : many}`;

  return { make, link, button, say, plural, isWeb };
})();
