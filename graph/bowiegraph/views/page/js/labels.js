// Where labels stand: at a constant size, none over another or over a thing, the most connected first.
"use strict";

const Labels = (() => {
  const LINE = 1.18;
  const GAP = 4;

  // Break a label into lines of about so many letters; what does not fit ends in an ellipsis.
  function wrap(text, width = 24, most = 2) {
    const lines = [""];
    for (const word of text.split(/\s+/)) {
      const last = lines[lines.length - 1];
      if (last && last.length + word.length + 1 > width) {
        if (lines.length === most) {
          lines[most - 1] = `${last.slice(0, width)}…`;
          return lines;
        }
        lines.push(word);
      } else {
        lines[lines.length - 1] = last ? `${last} ${word}` : word;
      }
    }
    return lines.map((line) => (line.length > width + 8 ? `${line.slice(0, width + 7)}…` : line));
  }

  // A grid of taken boxes, so that a thousand labels are placed in milliseconds.
  function grid(cell = 64) {
    const cells = new Map();
    const over = function* (box) {
      for (let x = Math.floor(box.left / cell); x <= Math.floor(box.right / cell); x++) {
        for (let y = Math.floor(box.top / cell); y <= Math.floor(box.bottom / cell); y++) yield x * 65536 + y;
      }
    };
    return {
      add(box) {
        for (const key of over(box)) cells.has(key) ? cells.get(key).push(box) : cells.set(key, [box]);
      },
      // `leaves`: how heavy a thing may be that the box may lie over.
      free(box, own, leaves = -1) {
        for (const key of over(box)) {
          for (const taken of cells.get(key) ?? []) {
            const apart =
              taken.right <= box.left || taken.left >= box.right || taken.bottom <= box.top || taken.top >= box.bottom;
            if (!apart && taken.own !== own && !(taken.weight <= leaves)) return false;
          }
        }
        return true;
      },
    };
  }

  // Positions around a thing, the best first: below, beside, above, aslant, and then a little off each.
  function* positions({ x, y, r, width, height }) {
    const side = r + GAP;
    const slant = r * 0.72 + GAP / 2;
    const at = (left, top) => ({ left, top, right: left + width, bottom: top + height });
    const middle = y - height / 2;
    yield at(x - width / 2, y + side);
    yield at(x + side, middle);
    yield at(x - side - width, middle);
    yield at(x - width / 2, y - side - height);
    yield at(x + slant, y + slant);
    yield at(x - slant - width, y + slant);
    yield at(x + slant, y - slant - height);
    yield at(x - slant - width, y - slant - height);
    for (const off of [0.25, -0.25]) {
      yield at(x - width / 2 + off * width, y + side);
      yield at(x + side, middle + off * 1.6 * height);
      yield at(x - side - width, middle + off * 1.6 * height);
      yield at(x - width / 2 + off * width, y - side - height);
    }
  }

  // How far a label keeps from things that are not its own, so that nobody takes it for theirs.
  const MARGIN = 3;
  const HUBS = 12;
  const LEAF = 2;

  // things: { id, x, y, r, weight, lines, width, height } in the order of their weight, all in pixels of the screen.
  // Returns id → its label's box, for those that find a place. `room` bounds what counts as in view. The heaviest few may
  // lie over leaves where there is no other place: a picture whose hubs have no names tells nothing.
  function place(things, taken = [], room = null) {
    const boxes = grid();
    for (const { id, x, y, r, weight } of things) {
      const far = r + MARGIN;
      boxes.add({ left: x - far, right: x + far, top: y - far, bottom: y + far, own: id, weight });
    }
    for (const box of taken) boxes.add(box);
    const inside = (box) =>
      !room || (box.left >= room.left && box.right <= room.right && box.top >= room.top && box.bottom <= room.bottom);
    const placed = new Map();
    things.forEach((thing, i) => {
      if (!thing.lines) return;
      const all = [...positions(thing)].filter(inside);
      const box =
        all.find((each) => boxes.free(each, thing.id)) ??
        (i < HUBS && thing.weight > LEAF ? all.find((each) => boxes.free(each, thing.id, LEAF)) : undefined);
      if (!box) return;
      boxes.add({ ...box, own: null });
      placed.set(thing.id, box);
    });
    return placed;
  }

  return { LINE, wrap, place, grid };
})();
