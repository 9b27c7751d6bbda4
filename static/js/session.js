/* Warns two minutes before the session ends, and lets people stay: WCAG 2.2.1. Only on pages of who has logged in.
   <body data-session-seconds data-session-left data-session-url>: how long without a click, how long at most, where.
   Saving a draft keeps the session alive too (event "mp:alive"); a save that was refused tells that the session is gone
   ("mp:gone") or what else is wrong ("mp:notice"). */
(() => {
  "use strict";
  const { sessionSeconds, sessionLeft, sessionUrl } = document.body.dataset;
  if (!sessionUrl) return;
  const WARN = 120;
  const last = Date.now() + Number(sessionLeft) * 1000; // whatever is clicked
  let ends = 0, timer = 0;
  const notice = document.createElement("div");
  notice.className = "mp-session";
  notice.setAttribute("role", "alert");
  document.body.append(notice);

  const button = (text = "Blijf ingelogd", press = stay) => {
    const made = document.createElement("button");
    made.type = "button"; made.className = "nl-button nl-button--primary"; made.textContent = text;
    made.addEventListener("click", press);
    return made;
  };
  const show = (text, ...more) => {
    const words = document.createElement("p");
    words.textContent = text;
    notice.replaceChildren(words, ...more);
  };
  const gone = () => {
    const link = document.createElement("a");
    link.className = "nl-link"; link.href = sessionUrl; link.target = "_blank"; link.rel = "noopener"; link.textContent = "Log opnieuw in (nieuw venster)";
    show("U bent uitgelogd. Wat u hier typte staat er nog.", link);
  };
  const tick = () => {
    const left = Math.round((ends - Date.now()) / 1000);
    if (left <= 0) return gone();
    if (left <= WARN && !notice.hasChildNodes()) {
      if (ends === last) show("U bent vandaag lang ingelogd. Over 2 minuten logt u opnieuw in. Wat u typt blijft staan.");
      else show("U wordt over 2 minuten uitgelogd, omdat u een tijd niets deed.", button());
    }
    timer = setTimeout(tick, Math.min(left <= WARN ? left : left - WARN, 1e6) * 1000 + 500);
  };
  const begin = () => {
    clearTimeout(timer);
    notice.replaceChildren();
    ends = Math.min(last, Date.now() + Number(sessionSeconds) * 1000);
    tick();
  };
  async function stay() {
    const token = document.querySelector('[name="csrfmiddlewaretoken"]');
    const answer = await fetch(sessionUrl, { method: "POST", redirect: "manual", headers: token ? { "X-CSRFToken": token.value } : {} }).catch(() => null);
    if (answer && answer.ok) return begin();
    return answer ? gone() : show("Dat lukte niet. Controleer uw verbinding.", button());
  }
  document.addEventListener("mp:alive", begin);
  document.addEventListener("mp:gone", () => { clearTimeout(timer); gone(); });
  document.addEventListener("mp:notice", ({ detail: { text, send } }) => {
    show(text, ...(send ? [button(send.text, send.press)] : []));
  });
  begin();
})();
