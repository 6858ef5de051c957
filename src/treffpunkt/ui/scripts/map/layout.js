// ForceAtlas2 in slices, so that the page answers meanwhile. What was laid out before stays where it is.
import DEFAULTS from "graphology-layout-forceatlas2/defaults.js";
import helpers from "graphology-layout-forceatlas2/helpers.js";
import iterate from "graphology-layout-forceatlas2/iterate.js";
import { apart } from "./apart.js";

const SLICE = 24, SHOWN_EVERY = 400;
// About as wide as a drawing is, in pixels, and what a ring adds to a record.
const FULL = 520, RING = 5;

export class Layout {
  constructor(graph, { anew, calm, shown, done }) {
    Object.assign(this, { graph, calm, shown, done, stopped: false, began: performance.now(), last: 0, rounds: 0 });
    // Who is tied to nobody would be driven to the edge of the world; they stand in rows below.
    this.alone = graph.filterNodes((node, one) => (anew || !one.kept) && !graph.degree(node));
    this.tied = graph.copy();
    for (const node of this.alone) this.tied.dropNode(node);
    this.tied.updateEachNodeAttributes((_, one) => ({ ...one, fixed: !anew && one.kept }));
    const order = this.tied.order;
    const fresh = this.tied.filterNodes((_, one) => !one.fixed).length;
    // Wholly new landscapes take longest; a few newcomers find their place among the others quickly.
    this.most = fresh === order ? (order > 1000 ? 250 : 400) : 120;
    this.seconds = fresh === order ? 6 : 3;
    this.settings = helpers.assign({}, DEFAULTS, {
      barnesHutOptimize: order > 400,
      barnesHutTheta: 1.2,
      strongGravityMode: true,
      gravity: 0.03,
      scalingRatio: 12,
      slowDown: 1 + Math.log(order + 1) / 2,
    });
    this.matrices = helpers.graphToByteArrays(this.tied, () => 1);
    requestAnimationFrame(() => this.go());
  }

  stop() {
    this.stopped = true;
  }

  go() {
    if (this.stopped) return;
    const until = performance.now() + SLICE;
    while (this.tied.size && this.rounds < this.most && performance.now() < until) {
      iterate(this.settings, this.matrices.nodes, this.matrices.edges);
      this.rounds++;
    }
    const now = performance.now();
    const over = !this.tied.size || this.rounds >= this.most || now - this.began > this.seconds * 1000;
    if (over || (!this.calm && now - this.last > SHOWN_EVERY)) {
      this.last = now;
      this.assign(over);
      this.shown();
    }
    if (over) this.done(this.rounds);
    else requestAnimationFrame(() => this.go());
  }

  assign(over) {
    const places = helpers.collectLayoutChanges(this.tied, this.matrices.nodes, null);
    if (over && this.tied.order) apart(places, Object.fromEntries(this.tied.mapNodes((node, one) => [node, one.size + (one.single ? RING : 0)])), (node) => this.tied.getNodeAttribute(node, "fixed"), FULL);
    const xs = Object.values(places).map((one) => one.x), ys = Object.values(places).map((one) => one.y);
    const [left, right, bottom] = xs.length ? [Math.min(...xs), Math.max(...xs), Math.min(...ys)] : [0, 0, 0];
    const step = Math.max((right - left) / 40, 12);
    const row = Math.max(Math.floor((right - left) / step), 12);
    const begin = (left + right) / 2 - (Math.min(row, this.alone.length) * step) / 2;
    this.alone.forEach((node, number) => (places[node] = { x: begin + (number % row) * step, y: bottom - step * (2 + Math.floor(number / row)) }));
    this.graph.updateEachNodeAttributes((node, one) => ({ ...one, ...places[node] }));
  }
}
