/* Keeps a draft on the server, 3 seconds after the last change: <form data-autosave-url> with a hidden draft_version.
   Answers: 200 {draft_version, saved_at: "10.42"}; 409 {message, url} when another tab or a colleague was first.
   Nothing is ever kept in the browser: it is medical. */
(() => {
  "use strict";
  const form = document.querySelector("form[data-autosave-url]");
  if (!form) return;
  const WAIT = Number(form.dataset.autosaveWait || 3000);
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
    try {
      const answer = await fetch(form.dataset.autosaveUrl, { method: "POST", body: data, redirect: "manual", headers: { Accept: "application/json", "X-Requested-With": "fetch" } });
      if (answer.type === "opaqueredirect" || answer.status === 401 || answer.status === 403) {
        dirty = true;
        return say("U bent niet meer ingelogd. Log in een nieuw tabblad in. Kom daarna hier terug: wat u typte staat er nog.", { aloud: true });
      }
      const body = await answer.json().catch(() => ({}));
      if (answer.status === 409) { stopped = true; return say(body.message || "Dit concept is intussen gewijzigd.", { aloud: true, link: body.url || location.href }); }
      if (!answer.ok) throw new Error(String(answer.status));
      form.querySelectorAll('[name="draft_version"]').forEach((field) => { field.value = body.draft_version; });
      document.dispatchEvent(new Event("mp:alive"));
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
  document.addEventListener("visibilitychange", () => { if (document.hidden && dirty && !stopped) { clearTimeout(timer); timer = 0; run(); } });
})();
