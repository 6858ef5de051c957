// Moves records apart that would be drawn over each other at full view; those laid out before stay.
const ROUNDS = 30, GAP = 3;

export function apart(places, sizes, fixed, wide) {
  const ids = Object.keys(places);
  const xs = ids.map((id) => places[id].x), ys = ids.map((id) => places[id].y);
  const unit = Math.max(Math.max(...xs) - Math.min(...xs), Math.max(...ys) - Math.min(...ys), 1) / wide;
  const radius = ids.map((id) => (sizes[id] + GAP / 2) * unit);
  const cell = Math.max(...radius) * 2;
  for (let round = 0; round < ROUNDS; round++) {
    const grid = new Map();
    const key = (number, dx = 0, dy = 0) => `${Math.floor(xs[number] / cell) + dx}:${Math.floor(ys[number] / cell) + dy}`;
    ids.forEach((_, number) => grid.set(key(number), [...(grid.get(key(number)) ?? []), number]));
    let moved = false;
    for (let one = 0; one < ids.length; one++)
      for (let dx = -1; dx <= 1; dx++)
        for (let dy = -1; dy <= 1; dy++)
          for (const other of grid.get(key(one, dx, dy)) ?? []) {
            if (other <= one) continue;
            const away = [xs[other] - xs[one] || 1e-3, ys[other] - ys[one] || 1e-3];
            const far = Math.hypot(...away), wanted = radius[one] + radius[other];
            if (far >= wanted) continue;
            const free = [!fixed(ids[one]), !fixed(ids[other])];
            const share = ((wanted - far) / far) * (free[0] && free[1] ? 0.5 : 1);
            if (free[0]) (xs[one] -= away[0] * share), (ys[one] -= away[1] * share);
            if (free[1]) (xs[other] += away[0] * share), (ys[other] += away[1] * share);
            moved ||= free[0] || free[1];
          }
    if (!moved) break;
  }
  ids.forEach((id, number) => (places[id] = { x: xs[number], y: ys[number] }));
}
