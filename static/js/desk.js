/* Keeps what an advisor types: each <form data-draft-url> by itself, 1 second after the last change and before the page
   is left by a link, by another form or otherwise. Answers: 200 {saved_at: "10.42", parts: {id: html}}, parts of the page that tell what
   is still needed; 409 {message}.
   Nothing is ever kept in the browser: it is medical. */
(() => {
  "use strict";
  const WAIT = 1000, PATIENCE = 3000, GONE = "gone";

  const watch = (form) => {
    const place = form.querySelector("[data-draft-saved]");
    let timer = 0, busy = null, dirty = false, stopped = false, spoken = false, problem = "";

    const say = (text, aloud) => {
      place.setAttribute("aria-live", aloud ? "polite" : "off");
      place.textContent = text;
    };
    const ask = (data) => fetch(form.dataset.draftUrl, { method: "POST", body: data, redirect: "manual", keepalive: true, headers: { Accept: "application/json", "X-Requested-With": "fetch" } });
    const send = async () => {
      const data = new FormData(form);
      dirty = false;
      try {
        let answer = await ask(data);
        let body = await answer.json().catch(() => ({}));
        if (answer.status === 403 && body.token) {
          // logged in again in another tab: this page's token is an old one
          document.querySelectorAll("[name=csrfmiddlewaretoken]").forEach((field) => { field.value = body.token; });
          data.set("csrfmiddlewaretoken", body.token);
          answer = await ask(data);
          body = await answer.json().catch(() => ({}));
        }
        if (answer.type === "opaqueredirect" || answer.status === 401 || answer.status === 403) {
          dirty = true;
          problem = GONE;
          document.dispatchEvent(new Event("mp:gone"));
          plan(WAIT * 10);
          return say("U bent niet meer ingelogd. Log in een nieuw tabblad in. Kom daarna hier terug: wat u typte staat er nog.");
        }
        if (answer.status === 409) { stopped = dirty = true; problem = body.message; return say(body.message, true); }
        if (!answer.ok) throw new Error(String(answer.status));
        problem = "";
        // not while somebody goes through it: that would take away the place where one is
        Object.entries(body.parts ?? {}).forEach(([id, html]) => {
          const part = document.getElementById(id);
          if (part && !part.contains(document.activeElement)) part.replaceWith(window.partsOf(html));
        });
        document.dispatchEvent(new Event("mp:alive"));
        say(`Bewaard om ${body.saved_at} uur`, !spoken);
        spoken = true;
      } catch {
        dirty = true;
        problem = "Bewaren lukt nu niet. Wij proberen het zo opnieuw.";
        say(problem, true);
        plan(WAIT * 10);
      }
    };
    const plan = (wait = WAIT) => { clearTimeout(timer); timer = setTimeout(flush, wait); };
    const flush = () => {
      clearTimeout(timer);
      if (stopped) return busy;
      if (busy) return busy.then(() => (dirty ? flush() : null));
      if (dirty) busy = send().finally(() => { busy = null; });
      return busy;
    };
    const touched = () => { dirty = true; if (!stopped) plan(); };
    form.addEventListener("input", touched);
    form.addEventListener("change", touched);
    return {
      form, flush,
      isWaiting: () => !stopped && (dirty || busy !== null),
      // what stands typed and isn't kept, and why
      problem: () => (dirty ? problem : ""),
      // the form itself is saved now: only what is on its way must land first
      settle: () => { clearTimeout(timer); stopped = true; dirty = false; return busy; },
    };
  };

  const watched = [...document.querySelectorAll("form[data-draft-url]")].map(watch);
  if (!watched.length) return;
  const within = (work) => Promise.race([Promise.allSettled(work), new Promise((done) => { setTimeout(done, PATIENCE); })]);
  const leave = () => watched.filter((one) => one.isWaiting()).map((one) => one.flush());
  const problems = () => watched.map((one) => one.problem()).filter(Boolean);

  let passing = false, warned = false;
  // What isn't kept is lost by leaving: that is said in sight, wherever one is on the page, before anything goes
  const mayGo = () => {
    const [found] = problems();
    if (!found) return true;
    if (found === GONE) document.dispatchEvent(new Event("mp:gone"));
    else document.dispatchEvent(new CustomEvent("mp:notice", { detail: { text: `${found} Wat u typte staat alleen nog op deze pagina. Wilt u toch weg? Klik dan nog een keer.` } }));
    return warned || !(warned = true);
  };
  document.addEventListener("submit", (event) => {
    const own = watched.find((one) => one.form === event.target), button = event.submitter;
    if (passing || event.defaultPrevented || button?.formTarget === "_blank") return;
    const waiting = watched.filter((one) => one.isWaiting());
    if (!waiting.length) { own?.settle(); return; }
    const work = waiting.map((one) => (one === own ? one.settle() : one.flush())).filter(Boolean);
    if (!work.length) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    within(work).then(() => {
      if (!mayGo()) return;
      passing = true;
      if (button) event.target.requestSubmit(button); else event.target.requestSubmit();
      passing = false;
    });
  }, true);

  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href]");
    if (!link || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    if (link.target && link.target !== "_self") return;
    const there = new URL(link.href, location.href);
    if (there.origin !== location.origin || link.getAttribute("href").startsWith("#")) return;
    const work = leave();
    if (!work.length && !problems().length) return;
    event.preventDefault();
    within(work).then(() => { if (mayGo()) location.assign(there.href); });
  });
  addEventListener("beforeunload", (event) => { if (problems().length) event.preventDefault(); });

  addEventListener("pagehide", leave);
  // a page that comes back out of memory shows what was kept meanwhile
  addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
  document.addEventListener("visibilitychange", () => { if (document.hidden) leave(); });
})();
