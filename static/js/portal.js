/* Small comforts. Every page works without this file, with plain forms and links. */
(() => {
  "use strict";
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  // The one door by which HTML comes into a page: parts that our own server made (portal/settings.py, trusted-types)
  const trusted = window.trustedTypes?.createPolicy("portaal", { createHTML: (html) => html });
  window.partsOf = (html) => {
    const holder = document.createElement("template");
    holder.innerHTML = trusted ? trusted.createHTML(html.trim()) : html.trim();
    return holder.content;
  };
  const dutch = new Intl.NumberFormat("nl-NL", { maximumFractionDigits: 2 });

  // A password that can be looked at while typing
  all("[data-toggle-password]").forEach((button) => {
    const field = document.getElementById(button.dataset.togglePassword);
    if (!field) return;
    button.hidden = false;
    button.addEventListener("click", () => {
      const shown = field.type === "password";
      field.type = shown ? "text" : "password";
      button.setAttribute("aria-pressed", String(shown));
      button.querySelector("[data-on]").textContent = shown ? "Verberg" : "Toon";
    });
  });

  // Browsers forget the roles of a table whose rows become cards on a narrow screen
  const ROLES = { TABLE: "table", THEAD: "rowgroup", TBODY: "rowgroup", TR: "row", TD: "cell" };
  const roles = () => all(".mp-cards, .mp-opinions").forEach((table) => [table, ...all("thead,tbody,tr,td,th", table)].forEach((part) => {
    part.setAttribute("role", ROLES[part.tagName] || (part.scope === "row" ? "rowheader" : "columnheader"));
  }));
  roles();
  document.addEventListener("mp:fresh", roles);

  // A BSN that is typed where people search by name goes in no address: the page for it asks it again
  all("form[data-bsn-page]").forEach((form) => form.addEventListener("submit", (event) => {
    if (![...new FormData(form).values()].some((value) => /^\D*(\d\D*){9}$/.test(value) && !/[a-z]/i.test(value))) return;
    event.preventDefault();
    location.assign(form.dataset.bsnPage);
  }));

  // A list of codes offers those that hold on the day that is typed
  all("datalist[data-day]").forEach((list) => {
    const parts = [2, 1, 0].map((part) => document.querySelector(`[name="${list.dataset.day}_${part}"]`));
    if (parts.includes(null)) return;
    const offer = () => {
      const [year, month, day] = parts.map((part) => part.value.trim());
      if (!/^\d{4}$/.test(year) || !/^\d{1,2}$/.test(month) || !/^\d{1,2}$/.test(day)) return;
      const typed = `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
      all("option", list).forEach((one) => {
        const { from, until } = one.dataset;
        one.disabled = Boolean((from && typed < from) || (until && typed > until));
      });
    };
    parts.forEach((part) => part.addEventListener("input", offer));
  });

  // The error summary is read first; a field inside a closed part opens when a link goes to it
  document.querySelector("[data-error-summary]")?.focus();
  const open = (target) => { for (let part = target; part; part = part.parentElement) if (part.tagName === "DETAILS") part.open = true; };
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("[data-error-summary] a[href^='#']");
    const target = link && document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (!target) return;
    event.preventDefault();
    open(target);
    target.focus();
    (target.closest(".utrecht-form-field") || target).scrollIntoView({ block: "start" });
  });
  // A tool of the viewer goes to a part that may be closed
  document.addEventListener("click", (event) => {
    const tool = event.target.closest?.(".mp-tool[href^='#']");
    if (tool) open(document.getElementById(tool.hash.slice(1)));
  });
  if (location.hash.length > 1) open(document.getElementById(decodeURIComponent(location.hash.slice(1))));

  // A second press on a button while the first is on its way does nothing; after a download the page is still there
  document.addEventListener("submit", (event) => {
    const form = event.target, button = event.submitter;
    if (event.defaultPrevented || form.method !== "post" || button?.formTarget === "_blank" || button?.hasAttribute("data-download")) return;
    if (form.dataset.sent) return event.preventDefault();
    form.dataset.sent = "1";
    setTimeout(() => delete form.dataset.sent, 8000);
  });
  addEventListener("pageshow", () => all("form[data-sent]").forEach((form) => delete form.dataset.sent));

  // Count along with a long text
  const count = (hint) => {
    const field = document.getElementById(hint.dataset.countFor);
    if (!field) return;
    const left = Number(hint.dataset.countMax) - field.value.replace(/\r\n/g, "\n").length;
    const signs = Math.abs(left) === 1 ? "teken" : "tekens";
    hint.textContent = left < 0 ? `Uw tekst is ${dutch.format(-left)} ${signs} te lang.` : `U kunt nog ${dutch.format(left)} ${signs} gebruiken.`;
    hint.toggleAttribute("data-over", left < 0);
  };
  all("[data-count-for]").forEach(count);

  // Running totals: <span data-sum="uren-*-hours"></span> adds up the fields with such a name
  const number = (text, inMinutes) => {
    const typed = text.trim(), unit = typed.match(/^([^a-z]*?)\s*(min(?:uten|uut)?\.?|u(?:ur|ren)?\.?)$/i);
    const tidy = (unit ? unit[1] : typed).replace(/^(\d{1,3})((?:\.\d{3})+)(,|$)/, (_, a, b, c) => a + b.replaceAll(".", "") + c).replace(",", ".");
    const amount = /^\d+(\.\d*)?$/.test(tidy) ? Number(tidy) : 0;
    // "90 min" and "1,5 uur" count in the unit of the sum
    if (!unit) return amount;
    const minutes = unit[2].toLowerCase().startsWith("m") ? amount : amount * 60;
    return inMinutes ? minutes : minutes / 60;
  };
  const sum = (place) => {
    const [start, end] = place.dataset.sum.split("*");
    const fields = all("input").filter((field) => field.name.startsWith(start) && field.name.endsWith(end ?? ""));
    place.textContent = dutch.format(fields.reduce((total, field) => total + number(field.value, "inMinutes" in place.dataset), 0));
  };
  const sums = () => all("[data-sum]").forEach(sum);
  sums();
  document.addEventListener("input", (event) => {
    const field = event.target;
    if (field.id) all("[data-count-for]").filter((hint) => hint.dataset.countFor === field.id).forEach(count);
    sums();
  });
  document.addEventListener("mp:rows", () => { all("[data-count-for]").forEach(count); sums(); });

  // The box to drop files in speaks Dutch, whatever the browser speaks
  all('.mp-upload input[type="file"]').forEach((input) => {
    const box = input.closest(".mp-upload"), zone = document.createElement("div");
    const button = document.createElement("span"), text = document.createElement("span");
    zone.className = "mp-upload__zone";
    button.className = "mp-upload__button";
    button.setAttribute("aria-hidden", "true");
    text.setAttribute("aria-live", "polite");
    button.textContent = input.multiple ? "Kies bestanden" : "Kies een bestand";
    text.textContent = input.multiple ? "of sleep ze hierheen" : "of sleep het hierheen";
    const empty = text.textContent;
    input.replaceWith(zone);
    zone.append(button, text, input);
    ["dragenter", "dragover"].forEach((name) => box.addEventListener(name, () => box.classList.add("mp-upload--over")));
    ["dragleave", "drop"].forEach((name) => box.addEventListener(name, () => box.classList.remove("mp-upload--over")));
    if (box.dataset.uploadUrl) return; // upload.js lists the files itself
    input.addEventListener("change", () => {
      text.textContent = input.files.length > 1 ? `${input.files.length} bestanden gekozen` : input.files[0]?.name || empty;
    });
  });

  // A standard paragraph comes where the cursor stands
  all("[data-insert]").forEach((button) => button.addEventListener("click", () => {
    const field = document.getElementById(button.dataset.target);
    const at = field.selectionStart ?? field.value.length;
    const before = field.value.slice(0, at);
    field.setRangeText((before && !/\n$/.test(before) ? "\n\n" : "") + button.dataset.insert, at, field.selectionEnd, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.focus();
  }));

  // On a telephone a drawing begins where today is
  all("[data-show-at]").forEach((one) => {
    const width = one.querySelector("svg")?.viewBox.baseVal.width;
    if (width) one.scrollLeft = (Number(one.dataset.showAt) / width) * one.scrollWidth - one.clientWidth * 0.6;
  });

  // Printing is a button only where there is JavaScript
  all("[data-print]").forEach((button) => { button.hidden = false; button.addEventListener("click", () => print()); });

  // Shortcuts: only with Alt, and off in the profile (WCAG 2.1.4)
  if (document.body.dataset.shortcuts === "on") {
    const KEYS = { j: "[data-next-doc]", k: "[data-prev-doc]", c: ".mp-crit[open] input:not([type=\"hidden\"])", b: "#besluit input", n: "[data-page=next]", p: "[data-page=previous]", g: "[data-page=larger]", h: "[data-page=smaller]", r: "[data-page=turn]", z: "#zoeken input[name=term]", m: "#markeren select" };
    document.addEventListener("keydown", (event) => {
      if (!event.altKey || event.ctrlKey || event.metaKey) return;
      const target = KEYS[event.key] && document.querySelector(KEYS[event.key]);
      if (!target) return;
      event.preventDefault();
      const folded = target.closest("details:not([open])");
      if (folded && target.matches("#zoeken *, #markeren *")) folded.open = true;
      target.focus();
      if (target.matches("a")) target.click();
    });
  }
})();
