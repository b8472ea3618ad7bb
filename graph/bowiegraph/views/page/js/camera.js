// Moving about: to fit, by steps, and to what is chosen.
"use strict";

const Camera = (() => {
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const animation = () => (calm.matches ? false : { duration: 320, easingFunction: "easeInOutQuad" });

  function extent(ids) {
    let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
    for (const id of ids) {
      const node = Canvas.point(id);
      if (!node) continue;
      const r = Model.nodes[id].size;
      [left, right] = [Math.min(left, node.x - r), Math.max(right, node.x + r)];
      [top, bottom] = [Math.min(top, node.y - r), Math.max(bottom, node.y + r)];
    }
    return { left, top, right, bottom };
  }

  // Fit with a margin: labels need room that the network does not know of.
  function fit(animate = true, ids = Canvas.visible) {
    if (!ids.size && !ids.length) return;
    const { left, top, right, bottom } = extent(ids);
    if (!Number.isFinite(left)) return;
    const room = {
      width: Math.max(Canvas.holder.clientWidth - 130, 60),
      height: Math.max(Canvas.holder.clientHeight - 64, 60),
    };
    const scale = Math.min(room.width / Math.max(right - left, 1), room.height / Math.max(bottom - top, 1), 1.5);
    move({ position: { x: (left + right) / 2, y: (top + bottom) / 2 }, scale }, animate);
  }

  function move(to, animate = true) {
    Canvas.network.moveTo({ ...to, animation: animate ? animation() : false });
  }

  function step(direction) {
    const { x, y } = Canvas.network.getViewPosition();
    const far = 90 / Canvas.network.getScale();
    const scale = Canvas.network.getScale();
    const to = {
      in: { scale: scale * 1.35 },
      out: { scale: scale / 1.35 },
      left: { position: { x: x - far, y } },
      right: { position: { x: x + far, y } },
      up: { position: { x, y: y - far } },
      down: { position: { x, y: y + far } },
    }[direction];
    to ? move({ position: { x, y }, scale, ...to }) : fit();
  }

  // Bring things into view if they are not, and clear of the panel.
  function reveal(ids, covered) {
    const known = [...ids].filter((id) => Canvas.visible.has(id));
    if (!known.length) return;
    const room = {
      left: 40,
      top: 30,
      right: Canvas.holder.clientWidth - 40 - covered.right,
      bottom: Canvas.holder.clientHeight - 30 - covered.bottom,
    };
    const inside = known.every((id) => {
      const { x, y } = Canvas.network.canvasToDOM(Canvas.point(id));
      return x > room.left && x < room.right && y > room.top && y < room.bottom;
    });
    if (inside) return;
    const { left, top, right, bottom } = extent(known);
    const wanted = Math.min(
      (room.right - room.left) / Math.max(right - left, 1),
      (room.bottom - room.top) / Math.max(bottom - top, 1),
    );
    const scale = Math.max(Math.min(Canvas.network.getScale(), wanted * 0.92), 0.05);
    move({
      position: {
        x: (left + right) / 2 + covered.right / 2 / scale,
        y: (top + bottom) / 2 + covered.bottom / 2 / scale,
      },
      scale,
    });
  }

  return { fit, step, reveal };
})();
