
// The page's side of the diagram: put the drawing that fits the width in, hide what is still to be predicted,
// follow the page's theme, and hand choices to Python.

const pages = new WeakMap();

function luminance(colour) {
  const found = colour.match(/\d+(\.\d+)?/g);
  if (colour.startsWith("#")) {
    const hex = colour.length === 4 ? [...colour.slice(1)].map((c) => c + c) : colour.slice(1).match(/../g);
    return hex.slice(0, 3).reduce((sum, part) => sum + parseInt(part, 16), 0) / 3;
  }
  return found ? found.slice(0, 3).reduce((sum, part) => sum + Number(part), 0) / 3 : 255;
}

function scroller(start) {
  let part = start instanceof ShadowRoot ? start.host : start;
  while (part && part !== document.body) {
    const style = getComputedStyle(part);
    if (/(auto|scroll)/.test(style.overflowY) && part.matches('[data-testid="stColumn"]')) return part;
    part = part.parentElement ?? part.getRootNode().host;
  }
  return null;
}

const NAMES = ["stage", "window", "batch", "layer", "timestep", "unit", "quantity", "depth", "direction", "heat"];

// What a part stands for: its own data, and the stage that it belongs to.
function placeOf(part) {
  const stage = part.closest?.("[data-stage]")?.dataset.stage;
  return Object.fromEntries(NAMES.map((name) => [name, part.dataset[name] ?? (name === "stage" ? stage : undefined)]));
}

// How far two parts are from each other in what is counted; Infinity where they are not of one kind.
function far(one, other) {
  if (!one) return Infinity;
  return NAMES.reduce((sum, name) => {
    const [a, b] = [one[name], other[name]];
    if (a === b) return sum;
    return sum + (isNaN(a ?? NaN) || isNaN(b ?? NaN) ? Infinity : Math.abs(a - b));
  }, 0);
}

class DiagramPage {
  constructor(parent) {
    this.parent = parent;
    this.host = parent.querySelector(".lc-page-diagram");
    this.resize = new ResizeObserver(() => this.fit());
    this.resize.observe(this.host);
    this.themes = new MutationObserver(() => this.follow());
    this.themes.observe(parent.getRootNode().host ?? parent, { attributes: true });
    for (const change of ["style", "class"]) {
      this.themes.observe(document.documentElement, { attributes: true, attributeFilter: [change] });
    }
  }

  show(data, send, ask) {
    this.data = data;
    this.send = send;
    this.ask = ask;
    this.shown = null;
    this.fit();
  }

  fit() {
    if (!this.data) return;
    const room = this.host.clientWidth;
    if (!room) return;
    const fitting = this.data.widths.filter((each) => each <= room * 1.12).pop() ?? this.data.widths[0];
    if (this.asked !== fitting && fitting !== this.data.width) {
      this.asked = fitting; // Python guessed another room; from now on it draws for this one
      this.ask(fitting);
    }
    if (this.shown === this.data) return;
    this.shown = this.data;
    this.host.classList.toggle("lc-stale", this.data.stale ?? false);
    if (!this.isDrawn()) this.draw(); // the same picture stays: it may be playing
    this.drawn = this.data;
    this.inWords();
    this.lookAt(this.data.focus ?? "");
  }

  // Whether the picture that is asked for is there; the texts tell most, and are quick to compare.
  isDrawn() {
    if (this.drawn?.svg !== this.data.svg) return false;
    const rest = ({ player, veiled }) => JSON.stringify([player, veiled]);
    return rest(this.drawn) === rest(this.data);
  }

  draw() {
    const focused = this.focused();
    const top = scroller(this.parent)?.scrollTop; // a shorter drawing would cut it
    const dark = this.isDark(); // asked before the drawing changes: its styles are worked out once, not twice
    this.host.innerHTML = this.data.svg;
    this.veil();
    this.paint(dark);
    this.player = mount(this.host, { data: this.data.player, onChoose: (choice) => this.send(choice) });
    const depth = this.data.player?.depth ?? "whole";
    this.refocus(focused, depth);
    this.atDepth(depth, top);
  }

  // Another depth is another picture: show it from its top, and the whole again from where it was left.
  atDepth(depth, top) {
    const before = this.depth;
    this.depth = depth;
    if (before === undefined || before === depth) return;
    const column = scroller(this.parent);
    if (before === "whole") this.left = top;
    if (column) column.scrollTop = depth === "whole" ? (this.left ?? column.scrollTop) : 0;
    else if (depth !== "whole") this.host.scrollIntoView({ block: "start" });
  }

  // Bring the lit stage into view, or the bottom, where reading begins; only when it is another one than before,
  // and only inside a column that scrolls by itself, so that the page never jumps.
  lookAt(stage) {
    const column = scroller(this.parent);
    const whole = this.host.querySelector('.lc-stage[data-stage="windowing"]') !== null;
    if (!column) return;
    if (!whole) {
      if (this.looked === undefined) column.scrollTop = 0;
      this.looked ??= "";
      return;
    }
    const place = `${this.data.width} ${stage}`; // at another width the same stage lies elsewhere
    if (this.looked === place) return;
    this.looked = place;
    const part = stage && this.host.querySelector(`.lc-stage[data-stage="${CSS.escape(stage)}"]`);
    const frame = column.getBoundingClientRect();
    if (!part) {
      column.scrollTop = stage ? column.scrollTop : column.scrollHeight;
      return;
    }
    const box = part.getBoundingClientRect();
    column.scrollTop += box.top + box.height / 2 - (frame.top + frame.height / 2);
  }

  // The same in words, for a screen reader and for whoever prefers them; closed until somebody asks.
  inWords() {
    let part = this.parent.querySelector("details.lc-words");
    if (!part) {
      part = document.createElement("details");
      part.className = "lc-words";
      part.innerHTML = "<summary>The diagram in words</summary><pre></pre>";
      this.host.after(part);
    }
    part.querySelector("pre").textContent = this.data.veiled?.length ? "It opens when you have answered." : this.data.outline;
  }

  focused() {
    const part = this.host.getRootNode().activeElement;
    return part && this.host.contains(part) ? { part, place: placeOf(part) } : null;
  }

  // Keep the keyboard where it was: on the same part, or the one nearest to it; at another depth on the part
  // that was left there, or on the whole drawing, so that the next key is still meant for it.
  refocus(before, depth) {
    if (!before) return;
    const last = this.depth ?? "whole";
    this.places = { ...this.places, [last]: before.place };
    if (before.part.isConnected) return before.part.focus({ preventScroll: true }); // a button of the player
    const wanted = this.places[depth];
    const parts = [...this.host.querySelectorAll('[tabindex="0"]')].map((part) => [far(wanted, placeOf(part)), part]);
    const [distance, nearest] = parts.reduce((best, each) => (each[0] < best[0] ? each : best), [Infinity, null]);
    (distance < Infinity ? nearest : this.host.querySelector("svg"))?.focus({ preventScroll: true });
  }

  veil() {
    for (const stage of this.data.veiled ?? []) {
      for (const part of this.host.querySelectorAll(`.lc-stage[data-stage="${CSS.escape(stage)}"]`)) {
        part.classList.add("lc-veiled");
        part.setAttribute("aria-label", "hidden until you have answered");
        const box = part.getBBox();
        const note = document.createElementNS("http://www.w3.org/2000/svg", "text");
        note.textContent = "hidden until you answer";
        note.setAttribute("x", box.x + box.width / 2);
        note.setAttribute("y", box.y + box.height / 2);
        note.setAttribute("class", "lc-veil-note");
        part.append(note);
      }
    }
  }

  follow() {
    this.paint(this.isDark());
  }

  isDark() {
    const paper = getComputedStyle(this.host).getPropertyValue("--st-background-color").trim();
    return luminance(paper || "#ffffff") < 128;
  }

  paint(dark) {
    for (const drawing of this.host.querySelectorAll("svg.lc-diagram")) {
      drawing.classList.remove("lc-auto");
      drawing.classList.toggle("lc-dark", dark);
    }
    this.host.classList.toggle("lc-dark", dark);
  }

  remove() {
    this.resize.disconnect();
    this.themes.disconnect();
    this.player?.unmount();
  }
}

export default function (component) {
  const { data, parentElement, setTriggerValue } = component;
  let page = pages.get(parentElement);
  if (!page) {
    page = new DiagramPage(parentElement);
    pages.set(parentElement, page);
  }
  page.show(data, (choice) => setTriggerValue("chosen", choice), (width) => setTriggerValue("width", width));
  return () => {
    page.remove();
    pages.delete(parentElement);
  };
}
