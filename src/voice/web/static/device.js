// Keeps typed words on this device until they are sent, and says what is saved and what is sent.
// The script at /worker.js does the rest. Without either, pages work as ever.
"use strict";
(() => {
  const worker = navigator.serviceWorker;
  const line = document.querySelector(".kept");
  const [, , survey, ...rest] = location.pathname.split("/");
  if (!worker || !line) return;
  const box = document.querySelector("textarea");
  const drafts = `voice ${survey} `;
  let mark = null;
  let typed = false;
  let unsent = 0;

  // Typed words. They belong to one response; nobody else ever sees them.
  const keep = () => {
    // Who leaves at once leaves nothing, also when the page says goodbye after it was cleared.
    if (!typed || !mark || document.documentElement.classList.contains("left")) return;
    const draft = { mark, at: Date.now(), words: box.value };
    try {
      localStorage.setItem(drafts + box.id, JSON.stringify(draft));
    } catch {
      // No room is left: the words are on the page, and nothing says that they are saved.
    }
  };
  const tidy = ({ mark: now, times, sure }) => {
    for (const name of Object.keys(localStorage).filter((one) => one.startsWith(drafts))) {
      const draft = JSON.parse(localStorage.getItem(name));
      const over = now ? draft.mark !== now : sure;
      if (over || draft.at <= times[name.slice(drafts.length)]) localStorage.removeItem(name);
    }
  };
  const restore = () => {
    const draft = box && !typed && JSON.parse(localStorage.getItem(drafts + box.id));
    if (!draft || draft.mark !== mark || draft.words === box.value) return false;
    box.value = draft.words;
    typed = true;
    return true;
  };
  let soon = 0;
  box?.addEventListener("input", () => {
    typed = true;
    clearTimeout(soon);
    soon = setTimeout(keep, 200);
  });
  // What is sent now must not come back as a draft; if it does not arrive, the draft is there.
  addEventListener("submit", () => {
    clearTimeout(soon);
    keep();
    typed = false;
  });
  addEventListener("pagehide", keep);
  document.addEventListener("visibilitychange", keep);

  const say = (words) => {
    if (line.textContent !== words) line.textContent = words;
  };
  const hear = (state) => {
    const known = mark !== null;
    if (state.mark || state.sure) mark = state.mark;
    tidy(state);
    const restored = !known && mark && restore();
    if (typed) keep();
    const { saved, here, sent, words } = line.dataset;
    if (state.unsent) say(`${here} ${state.unsent}.`);
    else if (unsent) say(sent);
    else if (restored) say(words);
    else if (!line.textContent && Object.keys(state.times).length) say(saved);
    const over = unsent && !state.unsent && rest[0] === "thank-you";
    unsent = state.unsent;
    if (over) location.reload();
  };
  const tell = async (what) => {
    const { active } = await worker.ready;
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = (event) => hear(event.data);
    const page = document.documentElement;
    const opus = new Audio().canPlayType('audio/ogg; codecs="opus"') !== "";
    const message = {
      ...{ what, survey, look: `${page.className} ${page.lang}`, sound: opus ? "opus" : "mp3" },
      words: document.querySelector("input[name=words]")?.value,
      place: rest[0] ?? "",
    };
    active.postMessage(message, [port2]);
  };

  // The browser starts no script but one whose address has come through here.
  const ours = window.trustedTypes?.createPolicy("voice", { createScriptURL: () => "/worker.js" });
  worker.register(ours ? ours.createScriptURL("") : "/worker.js").catch(() => {});
  tell("open");
  addEventListener("online", () => tell("send"));
  setInterval(() => unsent && !document.hidden && tell("send"), 10_000);
})();
