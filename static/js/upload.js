/* Uploads with progress for .mp-upload[data-upload-url]; without JavaScript the file goes along with the form.
   POST multipart: file, item (data-upload-item), csrfmiddlewaretoken. Answers: 200 with the HTML of the finished row, and
   any number of <template data-replace="id"> that replace other parts of the page, or data-tick that tick a box; 422
   {message}.
   XMLHttpRequest on purpose: fetch() tells nothing about the progress of sending. */
(() => {
  "use strict";
  const MAX = 25 * 1024 * 1024, KINDS = /\.(pdf|jpe?g|png)$/i, AT_ONCE = 2, POLL = 2000;
  const size = (bytes) => (bytes < 1048576 ? `${Math.max(1, Math.round(bytes / 1024))} kB` : `${(bytes / 1048576).toFixed(1).replace(".", ",")} MB`);
  const live = document.createElement("div");
  live.className = "mp-vh";
  live.setAttribute("role", "status");
  document.body.append(live);
  let busy = 0;
  const waiting = [];
  addEventListener("beforeunload", (event) => { if (busy || waiting.length) event.preventDefault(); });
  const next = () => { while (busy < AT_ONCE && waiting.length) waiting.shift()(); };

  const button = (text, name, press) => {
    const made = document.createElement("button"), label = document.createElement("span"), of = document.createElement("span");
    made.type = "button"; made.className = "nl-button nl-button--subtle";
    label.className = "nl-button__label"; label.textContent = text;
    of.className = "mp-vh"; of.textContent = ` ${name}`;
    label.append(of); made.append(label);
    made.addEventListener("click", press);
    return made;
  };

  // Puts the answer of the server in the place of a row, and brings other parts of the page up to date
  const place = (row, html) => {
    const content = window.partsOf(html);
    content.querySelectorAll("template[data-replace]").forEach((part) => {
      document.getElementById(part.dataset.replace)?.replaceWith(part.content.cloneNode(true));
      part.remove();
    });
    // the same file at a second item: its form, at the first, ticks that item too
    content.querySelectorAll("template[data-tick]").forEach((part) => {
      const { tick, value, shown } = part.dataset;
      document.querySelectorAll(`[name="${tick}"]`).forEach((box) => { if (box.value === value) box.checked = true; });
      document.querySelectorAll(`[name="${shown}"]`).forEach((field) => { field.value += ` ${value}`; });
      part.remove();
    });
    const made = content.firstElementChild;
    // the very same file once more in one list: the row that is there stays, and what was typed in it
    if (made?.dataset.already && row.parentElement.querySelector(`[data-document="${CSS.escape(made.dataset.document)}"]`)) return made.dataset.already;
    // what the page waited for is there: the whole page is another one
    if (made?.hasAttribute("data-done")) location.reload();
    if (made) row.replaceWith(made); else row.remove();
    if (made) watch(made);
    return "";
  };
  // A row that is still being checked asks again until it no longer says data-poll
  const watch = (row) => {
    const rows = row.matches?.("[data-poll]") ? [row] : [...(row.querySelectorAll?.("[data-poll]") || [])];
    rows.forEach((one) => setTimeout(async () => {
      try {
        const answer = await fetch(one.dataset.poll, { redirect: "manual", headers: { "X-Requested-With": "fetch" } });
        if (answer.ok && one.isConnected && !one.contains(document.activeElement)) place(one, await answer.text());
        else if (one.isConnected && answer.ok) watch(one);
      } catch { watch(one); }
    }, POLL));
  };
  watch(document);

  document.querySelectorAll(".mp-upload[data-upload-url]").forEach((box) => {
    const input = box.querySelector('input[type="file"]');
    let list = box.parentElement.querySelector(".mp-files");
    if (!list) { list = document.createElement("ul"); list.className = "mp-files"; box.before(list); }
    let round = { total: 0, done: 0, failed: 0 };

    const report = () => {
      if (round.done + round.failed < round.total) return;
      const done = round.done ? (round.done === 1 ? "1 bestand toegevoegd. " : `${round.done} bestanden toegevoegd. `) : "";
      const failed = round.failed ? `${round.failed === 1 ? "1 bestand lukte" : `${round.failed} bestanden lukten`} niet. Lees de melding bij het bestand.` : "";
      live.textContent = done + failed;
      round = { total: 0, done: 0, failed: 0 };
    };
    // The state of the item beside its title (#kop-<item>), where a page has one; the server's answer brings the real one
    let before = null;
    const mark = (kind, text) => {
      const badge = document.getElementById(`kop-${box.dataset.uploadItem}`)?.querySelector(".utrecht-status-badge");
      if (!badge) return;
      before ||= { className: badge.className, text: badge.textContent };
      // one file that isn't taken doesn't undo another that was
      if (kind === "danger" && before.className.includes("--success")) kind = text = "";
      badge.className = kind ? `utrecht-status-badge utrecht-status-badge--${kind}` : before.className;
      badge.textContent = text || before.text;
    };
    const unmark = () => { if (before) mark(); };
    const line = (file) => {
      const row = document.createElement("li"), middle = document.createElement("div"), name = document.createElement("span"), note = document.createElement("p"), actions = document.createElement("div");
      row.className = "mp-file mp-file--plain"; name.className = "mp-file__name"; note.className = "mp-file__meta"; actions.className = "mp-file__actions";
      name.textContent = file.name;
      middle.append(name, note); row.append(middle, actions); list.append(row);
      return { row, middle, note, actions };
    };
    const fail = (at, file, text, again) => {
      at.row.classList.add("mp-file--error");
      mark("danger", "Lukt nog niet");
      at.middle.querySelector("progress")?.remove();
      at.note.textContent = text;
      at.actions.replaceChildren();
      if (again) at.actions.append(button("Probeer opnieuw", file.name, () => { at.row.remove(); start([file]); input.focus(); }));
      at.actions.append(button("Verwijder", file.name, () => { at.row.remove(); unmark(); input.focus(); }));
      round.failed++;
      report();
    };
    const send = (at, file, again) => {
      const bar = document.createElement("progress"), xhr = new XMLHttpRequest();
      let stopped = false;
      bar.className = "mp-file__progress"; bar.max = 100; bar.value = 0;
      bar.setAttribute("aria-label", `Uploaden van ${file.name}`);
      at.note.before(bar);
      at.note.textContent = "Wacht op uploaden";
      const go = () => {
        busy++;
        xhr.open("POST", box.dataset.uploadUrl);
        xhr.timeout = 300000;
        xhr.setRequestHeader("X-Requested-With", "fetch");
        const data = new FormData(), token = document.querySelector("[name=csrfmiddlewaretoken]");
        if (token) xhr.setRequestHeader("X-CSRFToken", token.value);
        data.append("item", box.dataset.uploadItem || "");
        data.append("file", file);
        xhr.upload.onprogress = (event) => {
          if (!event.lengthComputable) return;
          bar.value = (event.loaded / event.total) * 100;
          at.note.textContent = event.loaded === event.total ? "Wij controleren het bestand" : `${size(event.loaded)} van ${size(event.total)}`;
        };
        xhr.onloadend = () => {
          busy--;
          next();
          const login = xhr.responseURL && new URL(xhr.responseURL).pathname !== new URL(box.dataset.uploadUrl, location.href).pathname;
          let message = "", fresh = "";
          try { ({ message, token: fresh } = JSON.parse(xhr.responseText)); } catch { /* an answer that isn't JSON has no message */ }
          if (stopped) { at.row.remove(); unmark(); round.total--; report(); }
          else if (xhr.status === 403 && fresh && !again) {
            // logged in again in another tab: this page's token was an old one
            document.querySelectorAll("[name=csrfmiddlewaretoken]").forEach((field) => { field.value = fresh; });
            bar.remove();
            at.actions.replaceChildren();
            send(at, file, true);
            next();
          } else if (login || xhr.status === 401 || xhr.status === 403) fail(at, file, "U bent niet meer ingelogd. Log in een nieuw tabblad opnieuw in en probeer het daarna hier nog een keer.", true);
          else if (xhr.status === 200) {
            const focused = at.row.contains(document.activeElement);
            const already = place(at.row, xhr.responseText);
            before = null;
            if (already) {
              bar.remove();
              at.note.textContent = already;
              at.actions.replaceChildren(button("Sluit", file.name, () => { at.row.remove(); input.focus(); }));
            }
            if (focused) input.focus();
            round.done++;
            report();
          } else if (xhr.status === 413) fail(at, file, "Dit bestand is te groot. Het mag maximaal 25 MB zijn. Maak het kleiner of splits het.");
          else fail(at, file, message || "Uploaden is niet gelukt. Controleer uw verbinding en probeer het opnieuw.", xhr.status !== 422);
        };
        xhr.send(data);
      };
      at.actions.append(button("Stop", file.name, () => {
        stopped = true;
        const queued = waiting.indexOf(go);
        if (queued >= 0) { waiting.splice(queued, 1); at.row.remove(); round.total--; report(); } else xhr.abort();
        input.focus();
      }));
      mark("active", "Bezig met uploaden");
      waiting.push(go);
    };
    const start = (files) => {
      round.total += files.length;
      if (files.length > 1) live.textContent = `${files.length} bestanden worden toegevoegd.`;
      files.forEach((file) => {
        const at = line(file);
        if (!KINDS.test(file.name)) fail(at, file, "Dit bestand is geen pdf, jpg of png. Bewaar het als pdf en kies het opnieuw.");
        else if (!file.size) fail(at, file, "Dit bestand is leeg. Kies een ander bestand.");
        else if (file.size > MAX) fail(at, file, `Dit bestand is ${size(file.size)}. Het mag maximaal 25 MB zijn. Maak het kleiner of splits het.`);
        else send(at, file);
      });
      next();
    };
    input.addEventListener("change", () => {
      if (!input.files.length) return;
      const files = [...input.files];
      input.value = ""; // otherwise the form would send them once more
      start(files);
    });
  });
})();
