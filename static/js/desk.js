/* Keeps what an advisor types: each <form data-draft-url> by itself, 1 second after the last change and before the page
   is left by a link, by another form or otherwise. Answers: 200 {saved_at: "10.42"}; 409 {message}.
   Nothing is ever kept in the browser: it is medical. */
(() => {
  "use strict";
  const WAIT = 1000, PATIENCE = 3000;

  const watch = (form) => {
    const place = form.querySelector("[data-draft-saved]");
    let timer = 0, busy = null, dirty = false, stopped = false, spoken = false;

    const say = (text, aloud) => {
      place.setAttribute("aria-live", aloud ? "polite" : "off");
      place.textContent = text;
    };
    const send = async () => {
      const data = new FormData(form);
      dirty = false;
      try {
        const answer = await fetch(form.dataset.draftUrl, { method: "POST", body: data, redirect: "manual", keepalive: true, headers: { Accept: "application/json", "X-Requested-With": "fetch" } });
        if (answer.type === "opaqueredirect" || answer.status === 401 || answer.status === 403) {
          dirty = true;
          return say("U bent niet meer ingelogd. Log in een nieuw tabblad in. Kom daarna hier terug: wat u typte staat er nog.", true);
        }
        const body = await answer.json().catch(() => ({}));
        if (answer.status === 409) { stopped = true; return say(body.message, true); }
        if (!answer.ok) throw new Error(String(answer.status));
        document.dispatchEvent(new Event("mp:alive"));
        say(`Bewaard om ${body.saved_at} uur`, !spoken);
        spoken = true;
      } catch {
        dirty = true;
        say("Bewaren lukt nu niet. Wij proberen het zo opnieuw.", true);
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
    const touched = () => { dirty = true; plan(); };
    form.addEventListener("input", touched);
    form.addEventListener("change", touched);
    return {
      form, flush,
      isWaiting: () => !stopped && (dirty || busy !== null),
      // the form itself is saved now: only what is on its way must land first
      settle: () => { clearTimeout(timer); stopped = true; return busy; },
    };
  };

  const watched = [...document.querySelectorAll("form[data-draft-url]")].map(watch);
  if (!watched.length) return;
  const within = (work) => Promise.race([Promise.allSettled(work), new Promise((done) => { setTimeout(done, PATIENCE); })]);
  const leave = () => watched.filter((one) => one.isWaiting()).map((one) => one.flush());

  let passing = false;
  document.addEventListener("submit", (event) => {
    const own = watched.find((one) => one.form === event.target), button = event.submitter;
    if (passing || event.defaultPrevented || button?.formTarget === "_blank") return;
    const waiting = watched.filter((one) => one.isWaiting());
    if (!waiting.length) return;
    const work = waiting.map((one) => (one === own ? one.settle() : one.flush())).filter(Boolean);
    if (!work.length) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    within(work).then(() => {
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
    if (!work.length) return;
    event.preventDefault();
    within(work).then(() => { location.assign(there.href); });
  });

  addEventListener("pagehide", leave);
  // a page that comes back out of memory shows what was kept meanwhile
  addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
  document.addEventListener("visibilitychange", () => { if (document.hidden) leave(); });
})();
