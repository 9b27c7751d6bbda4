/* Keeps what is typed on the server, 1.5 seconds after the last change and when the page is left: <form data-autosave-url>,
   where several people may write with a hidden draft_version. Answers: 200 {saved_at: "10.42"}, with it draft_version and
   fields {name: value} to bring hidden fields up to date; 409 {message, url} when another tab or a colleague was first,
   with compare when the form itself leads to a page to choose; 422 {message} when a part can't be kept as it stands.
   Nothing that is typed is ever kept in the browser: it is medical. */
(() => {
  "use strict";
  const form = document.querySelector("form[data-autosave-url]");
  if (!form) return;
  const WAIT = Number(form.dataset.autosaveWait || 1500), SMALL = 60000, PATIENCE = 4000;
  const LOST = "Wat u typte staat alleen nog op deze pagina.", PARTING = "mp:parting";
  const place = document.querySelector("[data-saved]") || form.insertAdjacentElement("afterbegin", document.createElement("p"));
  if (!place.hasAttribute("data-saved")) { place.className = "mp-saved"; place.setAttribute("role", "status"); }
  // why what was typed isn't kept: "gone" (logged out), "conflict", "closed" (nothing can be kept any more), "failed"
  let problem = "", words = "";
  let timer = 0, busy = null, underway = 0, stopped = false, sent = false, spoken = false, dirty = false;

  const say = (text, { aloud, link } = {}) => {
    // spoken the first time and when something is wrong; silently brought up to date after that
    place.setAttribute("aria-live", aloud ? "polite" : "off");
    place.toggleAttribute("data-problem", Boolean(problem));
    place.replaceChildren(text);
    if (!link) return;
    const anchor = document.createElement("a");
    anchor.className = "nl-link"; anchor.href = link; anchor.target = "_blank"; anchor.rel = "noopener";
    anchor.textContent = "Bekijk wat er nu bewaard is (nieuw venster)";
    place.append(" ", anchor);
  };
  // In sight wherever one is on the page: session.js shows it
  const warn = (text, send) => document.dispatchEvent(new CustomEvent("mp:notice", { detail: { text, send } }));

  const taken = () => {
    const data = new FormData(form);
    [...data.entries()].filter(([, value]) => value instanceof File).forEach(([name]) => data.delete(name));
    return data;
  };
  // a browser lets a small request outlive its page
  const isSmall = (data) => [...data.entries()].reduce((total, [name, value]) => total + 150 + name.length + new Blob([value]).size, 0) < SMALL;
  const version = () => Number(form.elements.draft_version?.value || NaN);
  // the latest of what one page sends is the newest, in whatever order it arrives
  const count = () => { const turn = form.elements.turn; if (turn) turn.value = Number(turn.value) + 1; };
  const send = (data) => fetch(form.dataset.autosaveUrl, { method: "POST", body: data, redirect: "manual", keepalive: isSmall(data), headers: { Accept: "application/json", "X-Requested-With": "fetch" } });

  const save = async () => {
    count();
    const data = taken();
    dirty = false;
    underway++;
    try {
      let answer = await send(data);
      let body = await answer.json().catch(() => ({}));
      if (answer.status === 403 && body.token) {
        // logged in again in another tab: this page's token is an old one
        document.querySelectorAll("[name=csrfmiddlewaretoken]").forEach((field) => { field.value = body.token; });
        data.set("csrfmiddlewaretoken", body.token);
        answer = await send(data);
        body = await answer.json().catch(() => ({}));
      }
      if (answer.type === "opaqueredirect" || answer.status === 401 || answer.status === 403) {
        dirty = true;
        problem = "gone";
        document.dispatchEvent(new Event("mp:gone"));
        return say("U bent niet meer ingelogd. Log in een nieuw tabblad in. Kom daarna hier terug: wat u typte staat er nog.");
      }
      if (answer.status === 409) {
        stopped = dirty = true;
        problem = body.compare ? "conflict" : "closed";
        words = body.message || "Dit concept is intussen gewijzigd.";
        warn(words, body.compare && { text: "Vergelijk en kies", press: () => form.requestSubmit() });
        return say(words, { link: body.url || location.href });
      }
      if (!answer.ok && answer.status !== 422) throw new Error(String(answer.status));
      problem = "";
      Object.entries({ ...body.fields, ...("draft_version" in body && { draft_version: body.draft_version }) }).forEach(([name, value]) => {
        form.querySelectorAll(`[name="${CSS.escape(name)}"]`).forEach((field) => { field.value = value; });
      });
      replace(body.parts);
      document.dispatchEvent(new Event("mp:alive"));
      if (answer.status === 422) return say(body.message, { aloud: true });
      say(`Concept bewaard om ${body.saved_at} uur`, { aloud: !spoken });
      spoken = true;
    } catch {
      dirty = true;
      problem = "failed";
      words = "Bewaren lukt nu niet. Wij proberen het zo opnieuw.";
      say(words, { aloud: true });
      plan(WAIT * 4);
    } finally { underway--; }
  };
  // Parts of the page that tell how far one is: {id: html} of elements without a field in them
  const replace = (parts = {}) => Object.entries(parts).forEach(([id, html]) => {
    document.getElementById(id)?.replaceWith(window.partsOf(html));
  });
  const run = () => { if (!stopped && !busy) busy = save().finally(() => { busy = null; if (dirty && !timer && !stopped) plan(WAIT * 4); }); return busy; };
  const plan = (wait = WAIT) => { clearTimeout(timer); timer = setTimeout(() => { timer = 0; run(); }, wait); };

  const touched = (event) => {
    if (event.target.type === "file") return;
    dirty = true;
    if (!stopped) plan();
  };
  form.addEventListener("input", touched);
  form.addEventListener("change", touched);
  // a save on its way would make the posted version look old: let it land first
  form.addEventListener("submit", (event) => {
    clearTimeout(timer);
    timer = 0;
    if (!busy) { count(); stopped = sent = true; return; }
    event.preventDefault();
    event.stopImmediatePropagation();
    const button = event.submitter;
    busy.finally(() => { stopped = true; button ? form.requestSubmit(button) : form.requestSubmit(); });
  });
  // a page that comes back out of memory shows an old version, unless it holds what didn't get through
  addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    if (!dirty) return location.reload();
    stopped = sent = false;
    run();
  });

  // Who leaves takes nothing typed along unsaved: a link or another form waits for the save
  const flush = async () => {
    clearTimeout(timer);
    timer = 0;
    if (busy) await busy;
    if (dirty && !stopped) await run();
  };
  let leaving = false, warned = false;
  const leave = (event, go) => {
    if (sent || (!dirty && !busy)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (leaving) return;
    leaving = true;
    Promise.race([flush(), new Promise((resolve) => setTimeout(resolve, PATIENCE))]).then(() => {
      leaving = false;
      if (!dirty && !busy) return go();
      // the form itself gets through: past the log-in page, or to the page where one compares
      if (problem === "gone" || problem === "conflict") return form.requestSubmit();
      if (warned) return go();
      warned = true;
      warn(`${problem ? words : "Bewaren duurt lang."} ${LOST} Wilt u toch weg? Klik dan nog een keer.`);
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
  // Closing or reloading can't wait: the browser asks when what was typed can't be sent after it
  addEventListener("beforeunload", (event) => { if (!sent && dirty && (problem || !isSmall(taken()))) event.preventDefault(); });
  addEventListener("pagehide", () => {
    clearTimeout(timer);
    if (dirty && !stopped) save();
    if (!underway || sent) return;
    sessionStorage.setItem(PARTING, JSON.stringify({ url: form.dataset.autosaveUrl, version: version() + underway, tries: 0 }));
  });
  document.addEventListener("visibilitychange", () => { if (document.hidden && dirty && !stopped) flush(); });

  // A page that was made before the last save of the page before it landed, is made once more
  const parted = JSON.parse(sessionStorage.getItem(PARTING) || "null");
  sessionStorage.removeItem(PARTING);
  if (parted?.url !== form.dataset.autosaveUrl) return;
  const isOld = Number.isNaN(version()) ? parted.tries < 1 : version() < parted.version && parted.tries < 5;
  if (!isOld) return;
  form.inert = true;
  say("Wij halen op wat u net typte.");
  setTimeout(() => {
    sessionStorage.setItem(PARTING, JSON.stringify({ ...parted, tries: parted.tries + 1 }));
    location.reload();
  }, 400);
})();
