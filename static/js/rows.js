/* Repeating rows (kit/rows.py) without a round trip. The server closes the gaps in the numbering that this leaves. */
(() => {
  "use strict";
  document.querySelectorAll("[data-rows]").forEach((set) => {
    const list = set.querySelector("[data-rows-list]"), template = set.querySelector("[data-rows-template]");
    const status = set.querySelector("[data-rows-status]"), longest = Number(set.dataset.longest), noun = set.dataset.noun;
    const rows = () => [...list.querySelectorAll(":scope > [data-row]")];
    let next = rows().length;

    const changed = () => {
      rows().forEach((row, at) => row.querySelectorAll("[data-row-title]").forEach((title) => { title.textContent = at + 1; }));
      const total = set.querySelector(`[name="${set.dataset.rows}-TOTAL_FORMS"]`);
      if (total) total.value = next;
      document.dispatchEvent(new Event("mp:rows"));
      set.dispatchEvent(new Event("input", { bubbles: true }));
    };
    // A row is copied as elements, never as text that becomes elements: Trusted Types (portal/settings.py).
    const numbered = (number) => {
      const copy = document.importNode(template.content, true);
      const parts = document.createTreeWalker(copy, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
      while (parts.nextNode()) {
        const part = parts.currentNode;
        if (part.nodeType === Node.TEXT_NODE) part.data = part.data.replaceAll("__prefix__", number);
        else for (const one of part.attributes) one.value = one.value.replaceAll("__prefix__", number);
      }
      return copy;
    };
    const add = () => {
      list.append(numbered(next++));
      changed();
      return rows().at(-1);
    };

    set.querySelector("[data-rows-add]").addEventListener("click", (event) => {
      event.preventDefault();
      if (rows().length >= longest) { status.textContent = `Er passen hoogstens ${longest} rijen.`; return; }
      add().querySelector("input:not([type=hidden]), select, textarea")?.focus();
      status.textContent = `Toegevoegd: ${noun} ${rows().length}.`;
    });
    list.addEventListener("click", (event) => {
      const button = event.target.closest("[data-row-remove]");
      if (!button) return;
      event.preventDefault();
      const row = button.closest("[data-row]"), at = rows().indexOf(row);
      row.remove();
      if (!rows().length) add();
      changed();
      status.textContent = `Verwijderd: ${noun} ${at + 1}.`;
      (rows()[Math.min(at, rows().length - 1)].querySelector("[data-row-remove]") || set).focus();
    });
  });
})();
