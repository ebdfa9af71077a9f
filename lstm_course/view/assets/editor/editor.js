// The editor of the exercises: CodeMirror 6 with Python, brackets, undo, and the theme of the page.
// `npm install && npm run build` in this folder makes editor.bundle.js, which is what the page loads.

import { closeBrackets, closeBracketsKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { python } from "@codemirror/lang-python";
import { HighlightStyle, bracketMatching, indentOnInput, indentUnit, syntaxHighlighting } from "@codemirror/language";
import { Compartment, EditorState } from "@codemirror/state";
import { EditorView, drawSelection, highlightActiveLine, keymap, lineNumbers } from "@codemirror/view";
import { tags } from "@lezer/highlight";

const PAUSE = 350; // milliseconds without a key before the text goes to Python

const colours = HighlightStyle.define([
  { tag: tags.keyword, color: "var(--lc-code-keyword)" },
  { tag: [tags.string, tags.special(tags.string)], color: "var(--lc-code-string)" },
  { tag: tags.comment, color: "var(--lc-code-comment)", fontStyle: "italic" },
  { tag: [tags.number, tags.bool, tags.null], color: "var(--lc-code-number)" },
  { tag: [tags.function(tags.variableName), tags.definition(tags.variableName)], color: "var(--lc-code-name)" },
]);

const look = EditorView.theme({
  "&": { backgroundColor: "var(--st-secondary-background-color)", color: "var(--st-text-color)", fontSize: "14px" },
  ".cm-content": { fontFamily: "var(--st-code-font, monospace)", caretColor: "var(--st-text-color)", padding: "8px 0" },
  ".cm-gutters": { backgroundColor: "transparent", color: "var(--st-text-color)", opacity: 0.75, border: "none" },
  ".cm-activeLine": { backgroundColor: "color-mix(in srgb, var(--st-text-color) 6%, transparent)" },
  ".cm-cursor": { borderLeftColor: "var(--st-text-color)" },
  "&.cm-focused": { outline: "2px solid var(--st-primary-color)" },
  ".cm-selectionBackground": { backgroundColor: "color-mix(in srgb, var(--st-primary-color) 25%, transparent) !important" },
});

const editors = new WeakMap();

class Editor {
  constructor(parent, component) {
    this.component = component;
    this.given = null;
    this.timer = 0;
    const host = parent.querySelector(".lc-editor");
    // Who presses a button right after the last key means the program as it stands.
    host.addEventListener("focusout", (event) => this.timer && event.relatedTarget?.closest("button") && this.send());
    this.view = new EditorView({ parent: host, root: parent.getRootNode(), state: this.state(component.data) });
    this.given = component.data.version;
  }

  state(data) {
    return EditorState.create({
      doc: data.code,
      extensions: [
        lineNumbers(), history(), drawSelection(), indentOnInput(), indentUnit.of("    "), bracketMatching(), closeBrackets(),
        highlightActiveLine(), python(), syntaxHighlighting(colours), look, EditorView.lineWrapping,
        EditorView.contentAttributes.of({ "aria-label": data.label }),
        keymap.of([
          { key: "Mod-Enter", run: () => this.ask("run") },
          { key: "Shift-Mod-Enter", run: () => this.ask("check") },
          // Escape gives Tab back to the page, so that nobody is caught in the editor.
          { key: "Escape", run: (view) => { view.contentDOM.blur(); return true; } },
          ...closeBracketsKeymap, ...defaultKeymap, ...historyKeymap, indentWithTab,
        ]),
        EditorView.updateListener.of((update) => update.docChanged && this.later()),
      ],
    });
  }

  later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.send(), PAUSE);
  }

  send() {
    clearTimeout(this.timer);
    this.timer = 0;
    this.component.setStateValue("code", this.view.state.doc.toString());
  }

  ask(what) {
    this.send();
    this.component.setTriggerValue("asked", what);
    return true;
  }

  update(component) {
    this.component = component;
    if (component.data.version !== this.given) {
      this.given = component.data.version;
      this.view.setState(this.state(component.data));
    }
  }
}

export default function (component) {
  const { parentElement } = component;
  const known = editors.get(parentElement);
  if (known) known.update(component);
  else editors.set(parentElement, new Editor(parentElement, component));
  return () => {
    const editor = editors.get(parentElement);
    clearTimeout(editor?.timer);
    editor?.view.destroy();
    editors.delete(parentElement);
  };
}
