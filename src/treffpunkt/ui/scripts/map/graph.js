// From what the server says to a graph: sizes by reach, colours by state, a first place for everything.
import Graph from "graphology";

export const SINGLE = 1, PERSONAL = 2, MIDDLE = 4;
export const [COMMUNITY, SPACE, ACTOR, ORGANISATION] = [0, 1, 2, 3];
const GOLDEN = Math.PI * (3 - Math.sqrt(5));
const SPREAD = 120;

export function build({ nodes, edges, states }, wide) {
  const graph = new Graph({ type: "undirected", multi: false });
  const most = Math.max(10, ...nodes.map((node) => node[6] ?? 0));
  const crowd = nodes.length > 1000 ? 0.5 : nodes.length > 500 ? 0.65 : nodes.length > 200 ? 0.8 : 1;
  // On a phone everything is smaller.
  const near = Math.min(Math.max(wide / 560, 0.55), 1);
  for (const [kind, id, name, short, line, state, reach, flags, x, y] of nodes) {
    const [word, meaning] = states[state];
    const single = (flags & SINGLE) !== 0;
    graph.addNode(id, { kind, label: name, name, short, line, word, meaning, reach, flags, single, x, y, size: size(kind, reach, most) * crowd * near, kept: x !== null });
  }
  for (const [one, other] of edges) graph.mergeEdge(nodes[one][1], nodes[other][1]);
  place(graph);
  return graph;
}

function size(kind, reach, most) {
  if (kind === ORGANISATION) return 6;
  // Reach differs by millions: the size grows with its order of magnitude, a little steeper at the top.
  const share = Math.log10((reach ?? 0) + 10) - 1;
  const grown = 3.5 + 14 * (share / (Math.log10(most + 10) - 1)) ** 2;
  return kind === COMMUNITY ? Math.max(grown, 11) : kind === ACTOR ? Math.max(grown * 0.6, 3.2) : grown;
}

// What nobody has laid out yet begins near what it is tied to: communities on a spiral, each with its own around it.
function place(graph) {
  const open = new Set(graph.filterNodes((_, one) => !one.kept));
  if (!open.size) return;
  const known = graph.order - open.size;
  const put = (node, x, y) => {
    graph.mergeNodeAttributes(node, { x, y });
    open.delete(node);
  };
  const spiral = (number, step) => [step * Math.sqrt(number + 0.5) * Math.cos(number * GOLDEN), step * Math.sqrt(number + 0.5) * Math.sin(number * GOLDEN)];
  const beside = (node) => {
    const placed = graph.neighbors(node).filter((one) => !open.has(one));
    if (!placed.length) return null;
    const sum = placed.reduce(([x, y], one) => [x + graph.getNodeAttribute(one, "x"), y + graph.getNodeAttribute(one, "y")], [0, 0]);
    return [sum[0] / placed.length, sum[1] / placed.length];
  };
  const communities = [...open].filter((node) => graph.getNodeAttribute(node, "kind") === COMMUNITY).sort();
  const reach = SPREAD * Math.sqrt(Math.max(graph.order / Math.max(communities.length, 1), 1)) * 0.35;
  if (!known) communities.forEach((node, number) => put(node, ...spiral(number, Math.max(reach, SPREAD))));
  const around = new Map();
  for (const wanted of [SPACE, ORGANISATION, ACTOR, COMMUNITY]) {
    for (const node of [...open]) {
      if (graph.getNodeAttribute(node, "kind") !== wanted) continue;
      const near = beside(node);
      const middle = near ?? [0, 0];
      const key = near ? near.map(Math.round).join() : "";
      const number = around.get(key) ?? 0;
      around.set(key, number + 1);
      const [dx, dy] = spiral(number, near && wanted !== SPACE ? SPREAD * 0.08 : SPREAD * 0.3);
      const turn = fraction(node);
      put(node, middle[0] + dx + turn, middle[1] + dy - turn);
    }
  }
}

// A number between 0 and 1 that is always the same for a record, so that no two lie on one point.
function fraction(id) {
  let hash = 7;
  for (const letter of id) hash = (hash * 31 + letter.charCodeAt(0)) % 1009;
  return hash / 1009;
}
