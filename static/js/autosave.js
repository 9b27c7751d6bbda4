/* Keeps what is typed on the server, 1.5 seconds after the last change and when the page is left: <form data-autosave-url>,
   where several people may write with a hidden draft_version. Answers: 200 {saved_at: "10.42"}, with it draft_version and
   fields {name: value} to bring hidden fields up to date; 409 {message, url} when another tab or a colleague was first;
   422 {message} when a part can't be kept as it stands.
   Nothing is ever kept in the browser: it is medical. */
(() => {
  "use strict";
  const form = document.querySelector("form[data-autosave-url]");
  if (!form) return;
  const WAIT = Number(form.dataset.autosaveWait || 1500), SMALL = 60000;
  const place = document.querySelector("[data-saved]") || form.insertAdjacentElement("afterbegin", document.createElement("p"));
  if (!place.hasAttribute("data-saved")) { place.className = "mp-saved"; place.setAttribute("role", "status"); }
  let timer = 0, busy = null, stopped = false, spoken = false, dirty = false;

  const say = (text, { aloud, link } = {}) => {
    // spoken the first time and when something is wrong; silently brought up to date after that
    place.setAttribute("aria-live", aloud ? "polite" : "off");
    place.toggleAttribute("data-problem", Boolean(link) || stopped);
    place.replaceChildren(text);
    if (!link) return;
    const anchor = document.createElement("a");
    anchor.className = "nl-link"; anchor.href = link; anchor.target = "_blank"; anchor.rel = "noopener";
    anchor.textContent = "Bekijk wat er nu bewaard is (nieuw venster)";
    place.append(" ", anchor);
  };

  const save = async () => {
    const data = new FormData(form);
    [...data.entries()].filter(([, value]) => value instanceof File).forEach(([name]) => data.delete(name));
    dirty = false;
    // a browser lets a small request outlive its page
    const size = [...data.entries()].reduce((total, [name, value]) => total + 150 + name.length + new Blob([value]).size, 0);
    try {
      const answer = await fetch(form.dataset.autosaveUrl, { method: "POST", body: data, redirect: "manual", keepalive: size < SMALL, headers: { Accept: "application/json", "X-Requested-With": "fetch" } });
      if (answer.type === "opaqueredirect" || answer.status === 401 || answer.status === 403) {
        dirty = true;
        return say("U bent niet meer ingelogd. Log in een nieuw tabblad in. Kom daarna hier terug: wat u typte staat er nog.", { aloud: true });
      }
      const body = await answer.json().catch(() => ({}));
      if (answer.status === 409) { stopped = true; return say(body.message || "Dit concept is intussen gewijzigd.", { aloud: true, link: body.url || location.href }); }
      if (!answer.ok && answer.status !== 422) throw new Error(String(answer.status));
      Object.entries({ ...body.fields, ...("draft_version" in body && { draft_version: body.draft_version }) }).forEach(([name, value]) => {
        form.querySelectorAll(`[name="${CSS.escape(name)}"]`).forEach((field) => { field.value = value; });
      });
      document.dispatchEvent(new Event("mp:alive"));
      if (answer.status === 422) return say(body.message, { aloud: true });
      say(`Concept bewaard om ${body.saved_at} uur`, { aloud: !spoken });
      spoken = true;
    } catch {
      dirty = true;
      say("Bewaren lukt nu niet. Wij proberen het zo opnieuw.", { aloud: true });
      plan(WAIT * 4);
    }
  };
  const run = () => { if (!stopped && !busy) busy = save().finally(() => { busy = null; if (dirty && !timer) plan(WAIT * 4); }); return busy; };
  const plan = (wait = WAIT) => { clearTimeout(timer); timer = setTimeout(() => { timer = 0; run(); }, wait); };

  const touched = (event) => { if (!stopped && event.target.type !== "file") { dirty = true; plan(); } };
  form.addEventListener("input", touched);
  form.addEventListener("change", touched);
  // a save on its way would make the posted version look old: let it land first
  form.addEventListener("submit", (event) => {
    clearTimeout(timer);
    timer = 0;
    if (!busy) { stopped = true; return; }
    event.preventDefault();
    event.stopImmediatePropagation();
    const button = event.submitter;
    busy.finally(() => { stopped = true; button ? form.requestSubmit(button) : form.requestSubmit(); });
  });
  // a page that comes back out of memory shows an old version
  addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
  // Who leaves takes nothing typed along unsaved: a link or another form waits for the save, but never longer than 4 seconds
  const flush = async () => {
    clearTimeout(timer);
    timer = 0;
    if (busy) await busy;
    if (dirty && !stopped) await run();
  };
  let leaving = false;
  const leave = (event, go) => {
    if (stopped || leaving || (!dirty && !busy)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    leaving = true;
    Promise.race([flush(), new Promise((resolve) => setTimeout(resolve, 4000))]).then(() => {
      // what didn't get through is said on the page first; a second press goes all the same
      if (dirty || stopped) return;
      leaving = false;
      go();
    });
  };
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href]");
    if (!link || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    if (link.target === "_blank" || link.hasAttribute("download") || link.getAttribute("href").startsWith("#")) return;
    leave(event, () => { location.assign(link.href); });
  }, true);
  document.addEventListener("submit", (event) => {
    const other = event.target, button = event.submitter;
    if (other !== form) leave(event, () => { button ? other.requestSubmit(button) : other.requestSubmit(); });
  }, true);
  const last = () => { if (dirty && !stopped) flush(); };
  addEventListener("pagehide", last);
  document.addEventListener("visibilitychange", () => { if (document.hidden) last(); });
})();
