/* Keeps a list up to date while the page is in sight: <main data-fresh="mark of what it shows">, and in the page the parts
   that change: <… id data-fresh-part>. Answers: 304 when it is still the same, or the page as it is now.
   What has the focus keeps it; where that is gone, the part itself gets it. Asking so doesn't keep anybody logged in. */
(() => {
  "use strict";
  const EVERY = 45000;
  const place = document.querySelector("[data-fresh]");
  if (!place) return;
  let asked = Date.now(), timer = 0;
  const clock = new Intl.DateTimeFormat("nl-NL", { timeZone: "Europe/Amsterdam", hour: "2-digit", minute: "2-digit", hour12: false });
  const tell = () => document.querySelectorAll("[data-fresh-at]").forEach((one) => { one.textContent = clock.format().replace(":", ".").replace(/^0/, ""); });
  // The same link or button in what came: by where it goes
  const goal = (one) => one?.getAttribute("href") || one?.form?.getAttribute("action") || "";

  const renew = (part, came) => {
    if (part.innerHTML === came.innerHTML) return;
    const focused = part.contains(document.activeElement) ? document.activeElement : null;
    const left = part.scrollLeft, wanted = goal(focused), own = focused === part;
    part.replaceChildren(...came.childNodes);
    part.scrollLeft = left;
    if (!focused || own) return;
    const same = wanted && [...part.querySelectorAll("a[href], button")].find((one) => goal(one) === wanted);
    if (same) return same.focus({ preventScroll: true });
    part.tabIndex = -1;
    part.focus({ preventScroll: true });
  };
  const ask = async () => {
    asked = Date.now();
    const answer = await fetch(location.href, { redirect: "manual", headers: { "If-None-Match": place.dataset.fresh } }).catch(() => null);
    if (answer?.status === 304) return tell();
    // no connection for a moment: later again; logged out or refused: the page stays as it is, with its time
    if (!answer?.ok) return;
    const page = window.partsOf(await answer.text());
    const now = page.querySelector("[data-fresh]");
    if (!now) return;
    place.dataset.fresh = now.dataset.fresh;
    document.querySelectorAll("[data-fresh-part]").forEach((part) => {
      const came = page.getElementById(part.id);
      if (came) renew(part, came);
    });
    document.dispatchEvent(new Event("mp:fresh"));
  };
  const plan = () => {
    clearTimeout(timer);
    if (document.hidden) return;
    timer = setTimeout(() => ask().finally(plan), Math.max(0, asked + EVERY - Date.now()));
  };
  document.addEventListener("visibilitychange", plan);
  plan();
})();
