// The player: time, choice and light in one SVG of the diagram, with no server behind it.
//
// What it reads in the SVG:
//   data-timestep="7" with data-stage     lit when the clock of that stage reaches the timestep (class lc-now;
//                                         lc-past before that). data-timesteps="5..90" stands for a fold.
//   data-direction="backward"             the part of a Bidirectional layer that reads from the end
//   class lc-cell, or lc-hot with data-layer   a cell of the unrolled layer: the state travels from one to the next
//   data-show="f"                         a text: the value of that quantity now ("h_prev": at the timestep before)
//   data-show-time="1", data-show-date    a text: the timestep now, counted from that number; the date of its row
//   data-before with lc-hot               leads to the timestep before this one
//   data-bar="f" with data-zero, data-scale   a rect: a bar from zero, `scale` pixels for 1
//   data-level="f" with data-limit        a shape coloured by the value (classes lc-level--4 … lc-level-4)
//   data-playhead with data-step          a shape that moves `step` pixels for each timestep
//   class lc-heat with data-heat="h"      a field of units × columns, read with the pointer or the arrow keys
//   class lc-hot                          can be chosen; data-why: says where a number comes from
//   data-axis="timesteps"                 lit everywhere while one is hovered or focused

const SPEEDS = [0.5, 1, 2, 5, 20];
const STEPS_PER_SECOND = 1.25;
const DEPTHS = ["whole", "layer", "cell", "number"];
const THEMED = ["paper", "card", "raised", "ink", "muted", "line", "timesteps", "units", "positive", "negative"];
const ICONS = {
  first: "M5 4v12M16 4 8 10l8 6z",
  back: "M13 4 6 10l7 6z",
  play: "M6 3.5 16 10 6 16.5z",
  pause: "M6 4v12M14 4v12",
  forward: "M7 4l7 6-7 6z",
  last: "M15 4v12M4 4l8 6-8 6z",
};
const CELLS = ".lc-cell[data-timestep], .lc-hot[data-layer][data-timestep]";
const SVG = "http://www.w3.org/2000/svg";
const mounted = new WeakMap();

/**
 * Bring one diagram to life.
 *
 * root: the element or shadow root that holds the SVG.
 * data: what `player_data` in Python gives; without it there are choices and light, but no time.
 * onChoose({stage, timestep, unit, window, quantity, depth, …}): called when a part is chosen.
 * state: {timestep, speed, playing} to start from.
 * prose: an element outside whose [data-axis] parts light up too.
 *
 * Returns {update, unmount, seek, play, pause, position}. Mounting the same root again updates it.
 */
export function mount(root, options = {}) {
  const known = mounted.get(root);
  if (known) {
    known.update(options);
    return known;
  }
  const player = new Player(root, options);
  const handle = {
    update: (changes) => player.update(changes ?? {}),
    unmount: () => {
      player.unmount();
      mounted.delete(root);
    },
    seek: (position) => player.seek(position),
    play: () => player.play(),
    pause: () => player.pause(),
    get position() {
      return player.position;
    },
  };
  mounted.set(root, handle);
  return handle;
}

class Player {
  constructor(root, options) {
    this.root = root;
    this.onChoose = options.onChoose ?? (() => {});
    this.prose = options.prose ?? null;
    this.position = 0;
    this.fraction = 0;
    this.playing = false;
    this.speed = 1;
    this.given = {};
    this.reduced = matchMedia("(prefers-reduced-motion: reduce)");
    this.dark = matchMedia("(prefers-color-scheme: dark)");
    this.bar = new Bar(this);
    this.tip = new Tooltip();
    this.listen();
    this.update(options);
  }

  update({ data, state, onChoose, prose }) {
    if (onChoose) this.onChoose = onChoose;
    if (prose !== undefined) this.prose = prose;
    if (data !== undefined) this.data = readData(data);
    this.scene = new Scene(this.root.querySelector("svg"), this.data);
    this.place();
    this.position = Math.min(this.position, Math.max(0, this.scene.length - 1));
    this.take({ ...(this.playing ? {} : { timestep: this.data.timestep }), ...state });
    this.scene.show(this.position, this.fraction, true);
    this.bar.refresh();
  }

  // A state that is the one given before says nothing new: the learner may have moved on since.
  take(state) {
    const said = (name) => state[name] !== undefined && state[name] !== null && state[name] !== this.given[name];
    if (said("speed") && SPEEDS.includes(Number(state.speed))) this.speed = Number(state.speed);
    if (said("timestep")) this.position = this.clamp(Number(state.timestep));
    if (said("playing")) state.playing ? this.play() : this.pause();
    this.given = { ...this.given, ...state };
  }

  place() {
    if (!this.bar.element.isConnected && this.scene.length > 1) this.root.append(this.bar.element);
    if (this.scene.length <= 1) this.bar.element.remove();
    if (!this.tip.element.isConnected) this.root.append(this.tip.element);
    this.themes.disconnect();
    if (this.scene.svg) this.themes.observe(this.scene.svg, { attributes: true, attributeFilter: ["class"] });
    this.recolour(true);
  }

  recolour(anew = false) {
    const theme = (this.scene.svg?.getAttribute("class") ?? "").match(/lc-(auto|light|dark)/)?.[0];
    if (!this.scene.svg || (theme === this.theme && theme !== "lc-auto" && !anew)) return;
    this.theme = theme;
    const style = getComputedStyle(this.scene.svg);
    for (const name of THEMED) {
      const value = style.getPropertyValue(`--lc-${name}`);
      for (const part of [this.bar.element, this.tip.element]) if (value) part.style.setProperty(`--lc-${name}`, value);
    }
  }

  listen() {
    this.listeners = [];
    const on = (target, name, handler, options) => {
      target.addEventListener(name, handler, options);
      this.listeners.push(() => target.removeEventListener(name, handler, options));
    };
    on(this.root, "click", (event) => this.clicked(event));
    on(this.root, "keydown", (event) => this.pressed(event));
    on(this.root, "pointerover", (event) => this.pointed(event));
    on(this.root, "pointermove", (event) => this.overHeat(event));
    on(this.root, "pointerleave", () => this.left(), true);
    on(this.root, "focusin", (event) => this.pointed(event));
    on(this.root, "focusout", () => this.left());
    on(this.dark, "change", () => this.recolour());
    this.themes = new MutationObserver(() => this.recolour());
    this.listeners.push(() => this.themes.disconnect());
  }

  unmount() {
    this.pause();
    this.light(null);
    for (const stop of this.listeners) stop();
    this.scene.clear();
    this.bar.element.remove();
    this.tip.element.remove();
  }

  // Time

  clamp(position) {
    return Math.max(0, Math.min(this.scene.length - 1, Math.round(position) || 0));
  }

  seek(position) {
    this.position = this.clamp(position);
    this.fraction = 0;
    this.scene.show(this.position, 0);
    this.bar.refresh();
  }

  step(by) {
    this.pause();
    this.seek(this.position + by);
  }

  toggle() {
    this.playing ? this.pause() : this.play();
  }

  play() {
    if (this.playing || this.scene.length < 2) return;
    if (this.position >= this.scene.length - 1) this.seek(0);
    this.playing = true;
    this.last = null;
    this.frame = requestAnimationFrame((now) => this.tick(now));
    this.bar.refresh();
  }

  pause() {
    cancelAnimationFrame(this.frame);
    this.playing = false;
    this.fraction = 0;
    this.scene?.show(this.position, 0);
    this.bar.refresh();
  }

  tick(now) {
    if (!this.playing) return;
    const passed = this.last === null ? 0 : Math.min(now - this.last, 250);
    this.last = now;
    const moved = this.fraction + (passed / 1000) * STEPS_PER_SECOND * this.speed;
    const steps = Math.floor(moved);
    this.position = Math.min(this.position + steps, this.scene.length - 1);
    this.fraction = moved - steps;
    if (this.position >= this.scene.length - 1) return this.pause();
    this.scene.show(this.position, this.reduced.matches ? 0 : this.fraction);
    if (steps) this.bar.refresh();
    this.frame = requestAnimationFrame((next) => this.tick(next));
  }

  // Choice

  clicked(event) {
    const heat = closest(event, ".lc-heat");
    if (heat) return this.choose(heat, this.scene.heatAt(heat, event));
    const hot = closest(event, ".lc-hot");
    if (hot) this.choose(hot);
  }

  choose(part, found = {}) {
    const { row, column, text, ...more } = found; // the place in the field says nothing to others
    const choice = { ...described(part), ...more };
    if (choice.timestep !== undefined) {
      this.pause();
      this.seek(this.scene.positionOf(choice.stage, choice.timestep, part));
    } else if (this.scene.length > 1) {
      const position = this.position - (part.dataset.before === undefined ? 0 : 1);
      choice.timestep = this.scene.timestepOf(choice.stage ?? this.data.stage, position);
    }
    this.onChoose(choice);
  }

  pressed(event) {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    const target = event.composedPath()[0];
    if (event.key === "Escape") return this.escape(event);
    if (target.matches?.("select, textarea, input:not([type=range])")) return;
    const hot = target.closest?.(".lc-hot");
    if (hot && (event.key === "Enter" || event.key === " ")) {
      event.preventDefault();
      return this.choose(hot);
    }
    if (target.matches?.(".lc-heat") && this.overHeatByKey(target, event)) return event.preventDefault();
    if (target.matches?.("button") && (event.key === " " || event.key === "Enter")) return;
    if (this.scene.length > 1 && this.moveByKey(event.key, event.shiftKey)) event.preventDefault();
  }

  escape(event) {
    if (this.tip.visible) return this.tip.hide();
    const depth = DEPTHS.indexOf(this.data.depth);
    if (depth < 1) return;
    event.preventDefault();
    const timestep = this.scene.timestepOf(this.data.stage, this.position);
    this.onChoose({ stage: this.data.stage, depth: DEPTHS[depth - 1], timestep });
  }

  moveByKey(key, far) {
    const end = this.scene.length - 1;
    if (key === " ") this.toggle();
    else if (key === "ArrowRight") this.step(far ? 10 : 1);
    else if (key === "ArrowLeft") this.step(far ? -10 : -1);
    else if (key === "Home") this.step(-end);
    else if (key === "End") this.step(end);
    else if (/^[0-9]$/.test(key)) this.step(Math.round((end * Number(key)) / 9) - this.position);
    else return false;
    return true;
  }

  // Light

  pointed(event) {
    const axis = closest(event, "[data-axis]");
    this.light(axis ? axis.dataset.axis : null);
    if (closest(event, ".lc-heat")) {
      if (event.type === "focusin") this.tellHeat(closest(event, ".lc-heat"));
      return;
    }
    const telling = closest(event, "[data-why]");
    telling ? this.tip.show(telling.dataset.why, telling) : this.tip.hide();
  }

  left() {
    this.light(null);
    this.tip.hide();
  }

  light(axis) {
    if (axis === this.lit) return;
    this.lit = axis;
    for (const place of [this.root, this.prose]) {
      for (const part of place?.querySelectorAll("[data-axis]") ?? []) {
        part.classList.toggle("lc-axis-on", axis !== null && part.dataset.axis === axis);
      }
    }
    this.scene.svg?.classList.toggle("lc-axis-lit", axis !== null);
  }

  overHeat(event) {
    const heat = closest(event, ".lc-heat");
    if (!heat) return;
    const found = this.scene.heatAt(heat, event);
    heat.lcCursor = found;
    this.tip.show(found.text, heat, event);
  }

  tellHeat(heat) {
    heat.lcCursor ??= this.scene.heatCell(heat, 0, 0);
    this.tip.show(heat.lcCursor.text, heat);
  }

  overHeatByKey(heat, event) {
    const { row, column } = (heat.lcCursor ??= this.scene.heatCell(heat, 0, 0));
    const moves = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
    if (event.key === "Enter" || event.key === " ") this.choose(heat, this.scene.heatCell(heat, row, column));
    else if (moves[event.key]) {
      const [down, right] = moves[event.key];
      heat.lcCursor = this.scene.heatCell(heat, row + down, column + right);
      this.tellHeat(heat);
    } else return false;
    return true;
  }
}

// One SVG: what is lit, what is written, at one position of the clock.
class Scene {
  constructor(svg, data) {
    this.svg = svg;
    this.inside = svg?.querySelector(".lc-inside") ?? svg;
    this.data = data;
    this.at = null;
    this.tokens = [];
    const find = (selector) => [...(svg?.querySelectorAll(selector) ?? [])];
    svg?.querySelectorAll(".lc-token").forEach((token) => token.remove());
    if (svg && !svg.hasAttribute("tabindex")) svg.setAttribute("tabindex", "-1");
    this.timed = find("[data-timestep], [data-timesteps]");
    this.clock = data.clock ?? this.guessClock();
    this.length = Math.max(0, ...Object.values(this.clock).map((stage) => stage.offset + stage.timesteps));
    this.turnReaders(find(CELLS));
    this.places = this.timed.map((part) => this.span(part));
    this.shown = find("[data-show]");
    this.times = find("[data-show-time]");
    this.dates = find("[data-show-date]");
    this.bars = find("[data-bar]");
    this.levels = find("[data-level]");
    this.heads = find("[data-playhead]");
    this.makeTokens(find(CELLS));
    this.carriers = find("[data-carry]").map((path) => new Carrier(path));
  }

  guessClock() {
    const clock = {};
    for (const part of this.timed) {
      const stage = part.closest("[data-stage]")?.dataset.stage ?? "";
      const end = Number((part.dataset.timesteps ?? part.dataset.timestep).split("..").pop()) + 1;
      if (end > (clock[stage]?.timesteps ?? 0)) clock[stage] = { offset: 0, timesteps: end, reverse: false };
    }
    return clock;
  }

  // Of two rows of cells the upper one is the backward reader, where the SVG does not say it.
  turnReaders(cells) {
    const height = (cell) => Math.round(cell.getBoundingClientRect().top);
    for (const [stage, { readers }] of Object.entries(this.clock)) {
      if (readers !== 2) continue;
      const own = cells.filter((cell) => cell.closest("[data-stage]")?.dataset.stage === stage);
      const heights = [...new Set(own.map(height))];
      if (heights.length !== 2 || own.some((cell) => cell.closest("[data-direction]"))) continue;
      for (const cell of own) if (height(cell) === Math.min(...heights)) cell.dataset.direction = "backward";
    }
  }

  stageClock(stage) {
    const clock = this.clock[stage] ?? this.clock[this.data.stage] ?? Object.values(this.clock)[0];
    return clock ?? { offset: 0, timesteps: 1, reverse: false };
  }

  positionOf(stage, timestep, part) {
    const { offset, timesteps, reverse } = this.stageClock(stage);
    const backward = reverse || part?.closest?.("[data-direction]")?.dataset.direction === "backward";
    return offset + (backward ? timesteps - 1 - timestep : timestep);
  }

  timestepOf(stage, position) {
    const { offset, timesteps, reverse } = this.stageClock(stage);
    const passed = Math.max(0, Math.min(timesteps - 1, position - offset));
    return reverse ? timesteps - 1 - passed : passed;
  }

  span(part) {
    const stage = part.closest("[data-stage]")?.dataset.stage;
    const ends = (part.dataset.timesteps ?? part.dataset.timestep).split("..").map(Number);
    const places = [ends[0], ends.at(-1)].map((timestep) => this.positionOf(stage, timestep, part));
    return [Math.min(...places), Math.max(...places)];
  }

  show(position, fraction, force = false) {
    if (!this.svg) return;
    if (force || position !== this.at) {
      this.at = position;
      this.timed.forEach((part, index) => {
        const [from, to] = this.places[index];
        part.classList.toggle("lc-now", from <= position && position <= to);
        part.classList.toggle("lc-past", to < position);
      });
      this.write(position);
    }
    this.slide(position + eased(fraction));
  }

  write(position) {
    const t = this.step(position);
    for (const part of this.shown) {
      const text = this.data.text(part.dataset.show, t, part.dataset.form);
      if (text !== null && part.textContent !== text) part.textContent = text;
    }
    const now = this.timestepOf(this.data.stage, position);
    for (const part of this.times) part.textContent = `${now + Number(part.dataset.showTime)}`;
    for (const part of this.dates) part.textContent = this.data.dates[now] ?? "";
    for (const bar of this.bars) this.drawBar(bar, this.data.value(bar.dataset.bar, t));
    for (const part of this.levels) this.colour(part, this.data.value(part.dataset.level, t));
    this.inside.classList.toggle("lc-reset", t === 0);
    this.inside.classList.toggle("lc-skipped", this.data.skipped.has(t));
  }

  // The series hold the steps as they were processed, from the stage's own start.
  step(position) {
    const { offset, timesteps } = this.stageClock(this.data.stage);
    return Math.max(0, Math.min(timesteps - 1, position - offset));
  }

  drawBar(bar, value) {
    if (value === null) return;
    const { zero, scale, most } = bar.dataset;
    const length = Math.min(Math.abs(value) * Number(scale), Number(most ?? Infinity));
    bar.setAttribute("x", value < 0 ? Number(zero) - length : Number(zero));
    bar.setAttribute("width", length);
    bar.classList.toggle("lc-below", value < 0);
  }

  colour(part, value) {
    if (value === null) return;
    const level = Math.round((Math.max(-1, Math.min(1, value / Number(part.dataset.limit ?? 1))) || 0) * 4);
    for (let other = -4; other <= 4; other += 1) part.classList.toggle(`lc-level-${other}`, other === level);
  }

  slide(moment) {
    for (const head of this.heads) {
      const { offset, timesteps, reverse } = this.stageClock(head.closest("[data-stage]")?.dataset.stage);
      const backward = reverse || head.closest("[data-direction]")?.dataset.direction === "backward";
      const passed = Math.max(0, Math.min(timesteps - 1, moment - offset));
      const where = backward ? timesteps - 1 - passed : passed;
      head.setAttribute("transform", `translate(${(where * Number(head.dataset.step)).toFixed(2)} 0)`);
    }
    for (const token of this.tokens) token.move(moment);
    for (const carrier of this.carriers) carrier.move(moment % 1);
  }

  makeTokens(cells) {
    const rows = new Map();
    cells.forEach((cell) => {
      const key = [cell.closest("[data-stage]")?.dataset.stage, Math.round(cell.getBoundingClientRect().top)].join(" ");
      rows.set(key, [...(rows.get(key) ?? []), cell]);
    });
    for (const row of rows.values()) {
      if (row.length > 1) this.tokens.push(new Token(this.svg, row, row.map((cell) => this.span(cell)[0])));
    }
  }

  heatCell(heat, row, column) {
    const field = this.data.heat[heat.dataset.heat];
    const [r, c] = [Math.max(0, Math.min(field.units.length - 1, row)), Math.max(0, Math.min(field.columns - 1, column))];
    const from = c * field.per;
    const to = Math.min(from + field.per, field.timesteps) - 1;
    const value = signed(field.values[r * field.columns + c] ?? field.values[0], field.decimals);
    const when = from === to ? `t = ${from}` : `mean of t = ${from} … ${to}`;
    const date = this.data.dates[from] && from === to ? ` (${this.data.dates[from]})` : "";
    const text = `${field.quantity} of ${field.rowName} ${field.units[r]} at ${when}${date}: ${value}`;
    const place = { row: r, column: c, timestep: from, quantity: field.quantity, text };
    return field.rowName === "unit" ? { ...place, unit: field.units[r] } : { ...place, feature: field.units[r] };
  }

  heatAt(heat, event) {
    const box = heat.getBoundingClientRect();
    const field = this.data.heat[heat.dataset.heat];
    const part = (from, size, count) => Math.floor(((from / size) || 0) * count);
    const row = part(event.clientY - box.top, box.height, field.units.length);
    return this.heatCell(heat, row, part(event.clientX - box.left, box.width, field.columns));
  }

  clear() {
    [...this.tokens, ...this.carriers].forEach((token) => token.dot.remove());
    for (const part of this.timed) part.classList.remove("lc-now", "lc-past");
    this.inside?.classList.remove("lc-reset", "lc-skipped");
    this.svg?.classList.remove("lc-axis-lit");
  }
}

// The state on its way from one cell to the next.
class Token {
  constructor(svg, cells, positions) {
    this.stops = cells.map((cell, index) => ({ at: positions[index], ...centre(cell, svg) })).sort((a, b) => a.at - b.at);
    // The state rests where it has left its cell, so that it covers nothing that is written in the cell.
    const forward = this.stops[0].x < this.stops.at(-1).x ? 1 : -1;
    for (const stop of this.stops) stop.x += forward * (stop.half + 6);
    this.dot = makeDot(svg);
  }

  move(moment) {
    const next = this.stops.findIndex((stop) => stop.at > moment);
    const to = this.stops[next] ?? this.stops.at(-1);
    const from = next > 0 ? this.stops[next - 1] : next === 0 ? this.stops[0] : this.stops.at(-1);
    const share = to.at > from.at ? (moment - from.at) / (to.at - from.at) : 0;
    put(this.dot, from.x + (to.x - from.x) * share, from.y + (to.y - from.y) * share);
    this.dot.classList.toggle("lc-waiting", moment < this.stops[0].at);
  }
}

// The state on its way out of the one cell that is drawn and back into it.
class Carrier {
  constructor(path) {
    this.path = path;
    this.length = path.getTotalLength();
    this.dot = makeDot(path.parentNode);
  }

  move(share) {
    const point = this.path.getPointAtLength(this.length * share);
    put(this.dot, point.x, point.y);
    this.dot.classList.toggle("lc-waiting", share === 0);
  }
}

function makeDot(parent) {
  const dot = document.createElementNS(SVG, "circle");
  dot.setAttribute("class", "lc-token");
  dot.setAttribute("r", "6");
  dot.setAttribute("aria-hidden", "true");
  parent.append(dot);
  return dot;
}

function put(dot, x, y) {
  dot.setAttribute("cx", x.toFixed(1));
  dot.setAttribute("cy", y.toFixed(1));
}

// The controls.
class Bar {
  constructor(player) {
    this.player = player;
    this.element = document.createElement("div");
    this.element.className = "lc-player";
    this.element.setAttribute("role", "group");
    this.element.setAttribute("aria-label", "Play through the timesteps");
    this.buttons = {
      first: this.button("first", "First timestep (Home)", () => player.step(-player.scene.length)),
      back: this.button("back", "One timestep back (left arrow)", () => player.step(-1)),
      play: this.button("play", "Play (space)", () => player.toggle()),
      forward: this.button("forward", "One timestep forward (right arrow)", () => player.step(1)),
      last: this.button("last", "Last timestep (End)", () => player.step(player.scene.length)),
    };
    this.slider = this.range();
    this.output = document.createElement("output");
    this.output.className = "lc-player-now";
    this.speeds = this.select();
    this.element.append(...Object.values(this.buttons), this.slider, this.speeds, this.output);
  }

  button(name, label, act) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = `lc-player-${name}`;
    this.draw(button, name, label);
    button.addEventListener("click", act);
    return button;
  }

  draw(button, icon, label) {
    if (button.lcIcon === icon) return;
    button.lcIcon = icon;
    button.title = label;
    button.setAttribute("aria-label", label);
    button.innerHTML = `<svg viewBox="0 0 20 20" width="18" height="18" aria-hidden="true"><path d="${ICONS[icon]}"/></svg>`;
  }

  range() {
    const slider = document.createElement("input");
    slider.type = "range";
    slider.min = "0";
    slider.setAttribute("aria-label", "Timestep");
    slider.addEventListener("input", () => {
      this.player.pause();
      this.player.seek(Number(slider.value));
    });
    return slider;
  }

  select() {
    const label = document.createElement("label");
    label.className = "lc-player-speed";
    const select = document.createElement("select");
    for (const speed of SPEEDS) select.add(new Option(`${speed}×`, `${speed}`));
    select.addEventListener("change", () => {
      this.player.speed = Number(select.value);
    });
    label.append("speed ", select);
    return label;
  }

  refresh() {
    const { player } = this;
    if (!player.scene) return;
    const { position, playing, scene } = player;
    this.slider.max = `${Math.max(0, scene.length - 1)}`;
    this.slider.value = `${position}`;
    this.speeds.querySelector("select").value = `${player.speed}`;
    this.draw(this.buttons.play, playing ? "pause" : "play", playing ? "Pause (space)" : "Play (space)");
    this.buttons.first.disabled = this.buttons.back.disabled = position === 0;
    this.buttons.last.disabled = this.buttons.forward.disabled = position >= scene.length - 1;
    this.output.setAttribute("aria-live", playing ? "off" : "polite");
    this.output.textContent = this.sentence();
    this.slider.setAttribute("aria-valuetext", this.output.textContent);
  }

  sentence() {
    const { scene, position } = this.player;
    const { data } = scene;
    const running = Object.entries(scene.clock).filter(([, c]) => position >= c.offset && position < c.offset + c.timesteps);
    const stage = running.some(([name]) => name === data.stage) ? data.stage : (running[0]?.[0] ?? data.stage);
    const { timesteps } = scene.stageClock(stage);
    const t = scene.timestepOf(stage, position);
    const parts = [`t = ${t} of 0 … ${timesteps - 1}`];
    if (data.dates[t] && (stage === data.stage || timesteps === data.dates.length)) parts[0] += ` · ${data.dates[t]}`;
    if (Object.keys(scene.clock).length > 1 && scene.clock[stage]?.title) parts.push(scene.clock[stage].title);
    if (position === (scene.clock[stage]?.offset ?? 0)) parts.push(scene.clock[stage]?.start ?? data.start);
    else if (data.skipped.has(scene.step(position))) parts.push("masked: the state is carried along unchanged");
    return parts.filter(Boolean).join(" · ");
  }
}

// What a part has to say, beside it and within the window.
class Tooltip {
  constructor() {
    this.element = document.createElement("div");
    this.element.className = "lc-tip";
    this.element.id = `lc-tip-${Math.random().toString(36).slice(2)}`;
    this.element.setAttribute("role", "tooltip");
    this.element.popover = "manual"; // the top layer: no container of a page can cut it
    this.visible = false;
  }

  show(text, part, pointer) {
    if (!text) return this.hide();
    this.part?.removeAttribute("aria-describedby");
    this.part = part;
    part.setAttribute("aria-describedby", this.element.id);
    this.element.textContent = text;
    if (!this.visible) this.element.showPopover?.();
    this.visible = true;
    this.element.classList.add("lc-tip-on");
    const box = pointer ? { left: pointer.clientX, right: pointer.clientX, top: pointer.clientY, bottom: pointer.clientY } : part.getBoundingClientRect();
    const own = this.element.getBoundingClientRect();
    const left = Math.max(8, Math.min(innerWidth - own.width - 8, (box.left + box.right - own.width) / 2));
    const above = box.top - own.height - 10;
    this.element.style.left = `${left}px`;
    this.element.style.top = `${above > 8 ? above : Math.min(box.bottom + 14, innerHeight - own.height - 8)}px`;
  }

  hide() {
    this.part?.removeAttribute("aria-describedby");
    this.part = null;
    if (this.visible) this.element.hidePopover?.();
    this.visible = false;
    this.element.classList.remove("lc-tip-on");
  }
}

// Data as Python packed them: whole numbers, value · 10^decimals.
function readData(given) {
  const data = given ?? {};
  const series = {};
  for (const [name, packed] of Object.entries(data.quantities ?? {})) series[name] = { ...packed, values: unpack(packed.packed, packed.bits) };
  const heat = {};
  for (const [name, field] of Object.entries(data.heat ?? {})) heat[name] = { ...field, values: unpack(field.packed) };
  const at = (values, t) => (values.length === 1 ? values[0] : values.at(t)); // one value: the same at each timestep
  const raw = (name, t) => {
    if (series[name]) return at(series[name].values, t) ?? null;
    const before = name.endsWith("_prev") ? name.slice(0, -5) : "";
    if (!series[before]) return null;
    return at(series[before].values, t - 1); // a state's last entry is the one before the first timestep
  };
  const decimals = (name) => (series[name] ?? series[name.replace(/_prev$/, "")])?.decimals ?? 3;
  return {
    stage: data.stage,
    depth: data.depth ?? "whole",
    timestep: data.timestep,
    clock: data.clock,
    start: data.start ?? "",
    dates: data.dates ?? [],
    skipped: new Set(data.skipped ?? []),
    heat,
    value: (name, t) => (raw(name, t) === null ? null : raw(name, t) / 10 ** decimals(name)),
    text: (name, t, form) => (raw(name, t) === null ? null : written(raw(name, t), decimals(name), form)),
  };
}

function unpack(base64, bits = 16) {
  const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  const view = new DataView(bytes.buffer);
  const read = bits === 16 ? (k) => view.getInt16(2 * k, true) : (k) => view.getInt32(4 * k, true);
  return Array.from({ length: (8 * bytes.length) / bits }, (_, index) => read(index));
}

const MISSING = -32768;

function signed(whole, decimals) {
  return written(whole, decimals, "signed");
}

function written(whole, decimals, form) {
  if (whole === MISSING) return { row: "padding", value: "no value" }[form] ?? "NaN";
  if (form === "row") return `row ${whole}`;
  const size = sizeOf(Math.abs(whole), decimals);
  const sign = whole < 0 ? "−" : form === "plain" || form === "value" ? "" : "+";
  return form === "bracketed" && whole < 0 ? `(−${size})` : form === "bracketed" ? size : sign + size;
}

function sizeOf(whole, decimals) {
  if (decimals >= 0 || !whole) return (whole / 10 ** decimals).toFixed(Math.max(0, decimals));
  const digits = `${whole}`;
  return `${digits[0]}.${digits[1] ?? "0"}e${digits.length - 1 - decimals}`;
}

// A state rests at its timestep, then goes on to the next one.
function eased(fraction) {
  const share = Math.max(0, (fraction - 0.45) / 0.55);
  return share * share * (3 - 2 * share);
}

function closest(event, selector) {
  return event.composedPath()[0]?.closest?.(selector) ?? null;
}

function described(part) {
  const choice = {};
  for (const name of ["stage", "timestep", "unit", "window", "row", "layer", "quantity", "depth", "batch", "direction"]) {
    const text = part.closest(`[data-${name}]`)?.dataset[name];
    if (text === undefined) continue;
    choice[name] = /^-?\d+$/.test(text) ? Number(text) : text;
  }
  return choice;
}

function centre(part, svg) {
  const [own, outer] = [part.getBoundingClientRect(), svg.getScreenCTM()];
  if (!outer) return { x: 0, y: 0, half: 0 };
  const point = new DOMPoint(own.left + own.width / 2, own.top + own.height / 2).matrixTransform(outer.inverse());
  return { x: point.x, y: point.y, half: own.width / 2 / outer.a };
}
