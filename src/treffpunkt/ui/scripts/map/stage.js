// The stage: what is drawn, what the pointer and the keys do, and when it is laid out.
import Sigma from "sigma";
import { EdgeLineProgram } from "sigma/rendering";
import { token } from "../notes/asking.js";
import { colours, whenTheyChange } from "./colours.js";
import { build, MIDDLE, SINGLE } from "./graph.js";
import { card, Labels, loaded } from "./labels.js";
import { Layout } from "./layout.js";
import { Picture } from "./picture.js";
import { shapes } from "./shapes.js";

const calm = matchMedia("(prefers-reduced-motion: reduce)");

export class Stage {
  static open(section) {
    const box = section.querySelector(".map-stage");
    const trial = document.createElement("canvas");
    if (!(trial.getContext("webgl2") || trial.getContext("webgl"))) {
      section.querySelector(".map-status").textContent = box.dataset.failed;
      section.dataset.state = "failed";
      return null;
    }
    return new Stage(section, box);
  }

  constructor(section, box) {
    Object.assign(this, { section, box, words: box.dataset, pages: box.dataset.pages.split(" "), near: null, sigma: null, layout: null, asked: 0 });
    this.read = () => (this.colours = colours(this.section));
    this.read();
    whenTheyChange(() => {
      this.read();
      this.sigma?.refresh();
    });
    this.keys();
    document.addEventListener("click", (event) => {
      const what = event.target.closest("[data-map-do]")?.dataset.mapDo;
      if (what && this.sigma) this.act(what);
    });
    new Picture(this);
  }

  say(text, state) {
    this.section.querySelector(".map-status").textContent = text;
    if (state) this.section.dataset.state = state;
  }

  async load(section) {
    this.section = section;
    this.read();
    const turn = ++this.asked;
    this.layout?.stop();
    this.say(this.words.drawing, "drawing");
    try {
      const [answer] = await Promise.all([fetch(section.dataset.map), loaded()]);
      // Signed out meanwhile: the sign-in page belongs on a page of its own.
      if (answer.redirected) return location.reload();
      if (!answer.ok) throw new Error(String(answer.status));
      const graph = build(await answer.json(), Math.min(this.box.offsetWidth, this.box.offsetHeight));
      if (turn === this.asked) this.draw(graph);
    } catch (error) {
      if (turn !== this.asked) return;
      this.say(this.words.failed, "failed");
      if (!(error instanceof TypeError)) throw error;
    }
  }

  draw(graph) {
    this.graph = graph;
    this.near = null;
    if (this.sigma) {
      this.sigma.setGraph(graph);
      this.sigma.getCamera().setState({ x: 0.5, y: 0.5, angle: 0, ratio: 1 });
    } else this.sigma = this.renderer(this.box, graph);
    this.sigma.once("afterRender", () => this.drawn());
    this.sigma.refresh();
  }

  drawn() {
    this.section.dataset.nodes = this.graph.order;
    this.say(this.words.drawn, "drawn");
    performance.mark("map-drawn");
    if (this.graph.someNode((_, one) => !one.kept)) this.lay(false);
    else this.laid();
  }

  renderer(box, graph, more = {}) {
    const numbers = () => this.colours.paper.match(/\d+/g).map((part) => part / 255);
    const labels = new Labels(() => this.colours, box, () => signs());
    let sigma = null;
    const signs = () => sigma === null ? [] : graph.filterNodes((_, data) => data.kind === 0).map((node) => sigma.getNodeDisplayData(node))
      .filter((one) => one && one.label && !one.hidden).map((one) => ({ ...one, ...sigma.framedGraphToViewport(one), size: sigma.scaleSize(one.size) }));
    sigma = new Sigma(graph, box, {
      allowInvalidContainer: true,
      defaultNodeType: "shape",
      defaultEdgeType: "line",
      nodeProgramClasses: { shape: shapes(numbers) },
      nodeHoverProgramClasses: { shape: shapes(numbers) },
      edgeProgramClasses: { line: EdgeLineProgram },
      defaultDrawNodeLabel: labels.draw,
      defaultDrawNodeHover: card(() => this.colours, this.words, box),
      nodeReducer: (node, data) => this.dot(node, data),
      edgeReducer: (edge, data) => this.line(edge, data),
      labelSize: box.offsetWidth < 480 ? 11 : 13,
      labelDensity: 0.6,
      labelGridCellSize: 130,
      labelRenderedSizeThreshold: 6,
      stagePadding: 40,
      minCameraRatio: 0.02,
      maxCameraRatio: 4,
      zIndex: true,
      ...more,
    });
    // Its canvases are placed by the style sheet: what stands in a style attribute is refused when a page is copied.
    const plain = () => box.querySelectorAll("canvas").forEach((one) => one.removeAttribute("style"));
    plain();
    sigma.on("resize", plain);
    sigma.on("beforeRender", () => labels.begin());
    sigma.scheduleRender();
    sigma.on("enterNode", ({ node }) => this.look(node));
    sigma.on("leaveNode", () => this.look(null));
    sigma.on("clickNode", ({ node, event }) => this.visit(node, event.original));
    sigma.on("doubleClickNode", (event) => event.preventSigmaDefault());
    return sigma;
  }

  dot(node, data) {
    const { meanings, ink, organisation, single, faint, middle } = this.colours;
    const drawn = { ...data, type: "shape", ring: data.flags & SINGLE ? single : data.flags & MIDDLE ? middle : "" };
    drawn.color = data.kind === 0 ? ink : data.kind === 3 ? organisation : (meanings[data.meaning] ?? ink);
    drawn.zIndex = data.kind === 0 ? 3 : data.flags & MIDDLE ? 4 : 1;
    drawn.forceLabel = data.kind === 0 || (data.flags & MIDDLE) !== 0;
    if (node === this.hovered) return Object.assign(drawn, { label: null, zIndex: 6, before: this.before });
    if (this.near && !this.near.has(node)) Object.assign(drawn, { color: faint, ring: "", label: null, zIndex: 0, forceLabel: false });
    else if (this.near) Object.assign(drawn, { zIndex: 5, forceLabel: this.near.size < 25 || drawn.forceLabel });
    return drawn;
  }

  line(edge, data) {
    const { edge: colour, near, faint } = this.colours;
    if (!this.near) return { ...data, color: colour };
    const [one, other] = this.graph.extremities(edge);
    const touched = one === this.hovered || other === this.hovered;
    return { ...data, color: touched ? near : faint, zIndex: touched ? 1 : 0, hidden: !touched && this.graph.size > 1500 };
  }

  look(node) {
    this.hovered = node;
    const beside = node === null ? [] : this.graph.neighbors(node);
    this.near = node === null ? null : new Set([node, ...beside]);
    // Its card stands on the side where it hides fewer of those it is tied to.
    const x = (one) => this.graph.getNodeAttribute(one, "x");
    this.before = beside.filter((one) => x(one) > x(node)).length > beside.length / 2;
    this.box.dataset.over = node === null ? "" : "yes";
    this.sigma.refresh({ skipIndexation: true });
  }

  address(node) {
    const page = this.pages[this.graph.getNodeAttribute(node, "kind")];
    return `${page.replace(/\/$/, "")}/${node}/`;
  }

  visit(node, event) {
    if (event.ctrlKey || event.metaKey || event.shiftKey) window.open(this.address(node), "_blank", "noopener");
    else location.assign(this.address(node));
  }

  act(what) {
    const camera = this.sigma.getCamera();
    const ways = { duration: calm.matches ? 0 : 120 };
    if (what === "in") camera.animatedZoom({ ...ways, factor: 1.6 });
    else if (what === "out") camera.animatedUnzoom({ ...ways, factor: 1.6 });
    else if (what === "whole") camera.animatedReset(ways);
    else if (what === "anew") this.lay(true);
  }

  keys() {
    const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };
    this.box.addEventListener("keydown", (event) => {
      if (!this.sigma || event.ctrlKey || event.metaKey || event.altKey) return;
      const camera = this.sigma.getCamera();
      const { x, y, ratio } = camera.getState();
      if (event.key in step) camera.setState({ x: x + step[event.key][0] * ratio * 0.1, y: y + step[event.key][1] * ratio * 0.1 });
      else if (event.key === "+") this.act("in");
      else if (event.key === "-") this.act("out");
      else if (event.key === "0") this.act("whole");
      else return;
      event.preventDefault();
    });
    // The wheel scrolls the page until somebody has stepped onto the map; then it goes closer and farther.
    this.box.addEventListener("wheel", (event) => {
      if (document.activeElement !== this.box && !event.ctrlKey) event.stopPropagation();
    }, { capture: true, passive: true });
    this.box.addEventListener("pointerdown", () => this.box.focus({ preventScroll: true }));
  }

  lay(anew) {
    this.layout?.stop();
    this.say(this.words.laying, "laying");
    const graph = this.graph;
    const fresh = new Set(graph.filterNodes((_, one) => anew || !one.kept));
    this.layout = new Layout(graph, {
      anew,
      calm: calm.matches,
      shown: () => this.sigma.refresh(),
      done: () => {
        if (graph !== this.graph) return;
        graph.updateEachNodeAttributes((_, one) => ({ ...one, kept: true, fixed: false }));
        this.laid();
        this.keep(fresh, anew);
      },
    });
  }

  laid() {
    this.say(this.words.drawn, "laid");
    performance.mark("map-laid");
  }

  async keep(fresh, anew) {
    if (!this.words.spots || !fresh.size) return;
    const spots = [...fresh].map((node) => {
      const { kind, x, y } = this.graph.getNodeAttributes(node);
      return [kind, node, Math.round(x * 10) / 10, Math.round(y * 10) / 10];
    });
    // Where it cannot be kept it is laid out anew next time; nothing is lost.
    await fetch(this.words.spots, { method: "POST", headers: { "Content-Type": "application/json", "X-CSRFToken": token() }, body: JSON.stringify({ spots, anew }), redirect: "error" }).then(
      () => (this.section.dataset.kept = "yes"),
      () => {},
    );
  }
}

