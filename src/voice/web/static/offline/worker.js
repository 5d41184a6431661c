// Stands between the pages of a survey and the network, so that a survey that was opened can be
// finished without a connection. The network comes first. Pages for staff are never touched.
const SURVEY = /^\/surveys\/([a-z][a-z0-9-]*)(?:\/(.*))?$/;
const KEPT_FILE = /^\/(static|pictures|listening)\//;
const INSIDE = new Set(["pages", "check", "practice", "stopped", "thank-you"]);
const OPEN_TO_ALL = new Set(["", "carry-on", "leave", "no-thanks", "start"]);

addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(ON ? clients.claim() : retire()));
addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (origin !== location.origin || /^\/staff(\/|$)/.test(pathname)) return;
  if (!ON) return request.mode === "navigate" ? event.waitUntil(retire()) : undefined;
  if (request.method === "GET" && KEPT_FILE.test(pathname)) return event.respondWith(file(request));
  const [, survey, rest = ""] = SURVEY.exec(pathname) ?? [];
  if (survey && rest === "leave") return event.respondWith(leave(event, survey));
  if (request.mode !== "navigate") return;
  if (!survey) return event.respondWith(elsewhere(event, pathname));
  const answering = request.method === "POST" ? posted : shown;
  event.respondWith(answering(event, survey, rest).catch(() => fetch(request)));
});
addEventListener("sync", (event) => event.waitUntil(sendAll()));
addEventListener("message", (event) => {
  event.waitUntil(told(event.data, event.ports[0]).catch(() => {}));
});

const to = (path) => Response.redirect(new URL(path, location.origin), 303);
const asPage = (edition, html, status = 200) => {
  const headers = { ...edition.headers, "content-type": "text/html; charset=utf-8" };
  return new Response(html, { status, headers });
};
const formOf = async (request) => {
  const form = {};
  for (const [name, value] of await request.clone().formData())
    if (typeof value === "string") (form[name] ??= []).push(value);
  return form;
};

// Pages.
const shown = async (event, survey, rest) => {
  const home = `/surveys/${survey}`;
  const left = await fact(`left ${survey}`);
  if (left && !OPEN_TO_ALL.has(rest)) return to(home);
  if (rest === "carry-on") await setFact(`left ${survey}`, "");
  try {
    if (left === "untold") await network(`${home}/leave`, { method: "POST" });
    const record = await find(survey);
    if (record && rest) await send(record.key, true);
    const answer = await network(event.request);
    // The survey has changed, and this page is not in it any more.
    return answer.status === 404 && rest.startsWith("pages/") ? to(`${home}/carry-on`) : answer;
  } catch {
    const { searchParams } = new URL(event.request.url);
    return (await fromEdition(survey, rest, searchParams)) ?? fetch(event.request);
  }
};
const fromEdition = async (survey, rest, query) => {
  const home = `/surveys/${survey}`;
  const edition = await editionOf(survey);
  if (!edition) return undefined;
  const record = await find(survey);
  const page = (html) => asPage(edition, put(html, `${home}/edition`, `${home}/${rest}`));
  if (rest === "no-thanks") return page(edition.no_thanks);
  if (rest === "" && !record?.sent) return page(record ? edition.started : edition.start);
  if (!record) return to(home);
  if (record.sent) return rest === "thank-you" ? page(edition.thank_you) : to(`${home}/thank-you`);
  const next = firstUnanswered(edition.steps, record.answers);
  const [kind, id] = rest.split("/");
  if (kind === "pages") {
    const step = stepsFor(edition.steps, record.answers).find((one) => one.id === id);
    const changing = query.get("changing") === "true";
    if (step) return asPage(edition, fillPage(edition, record, step, { changing }));
  }
  if (rest === "practice" && edition.practice) return page(edition.practice);
  if (rest === "check") return asPage(edition, fillCheck(edition, record));
  if (rest === "stopped") return page(edition.stopped);
  const begun = ["pages", "carry-on", "practice"].includes(kind);
  return begun ? to(pathOf(home, firstShown(edition, record) ?? next, `${home}/check`)) : page(edition.away);
};
// Who has just begun sees what stands before the first question too.
const firstShown = (edition, record) =>
  Object.keys(record.answers).length ? undefined : edition.steps[0];
const elsewhere = async (event, pathname) => {
  try {
    const answer = await fetch(event.request);
    if (event.request.method === "POST" && answer.status < 400) event.waitUntil(took(pathname));
    return answer;
  } catch {
    const kept = pathname === "/help" && (await caches.match("/help"));
    const edition = await editionOf((await fact("opened")) ?? "");
    return kept || (edition ? asPage(edition, edition.away) : Response.error());
  }
};
// Somebody goes on here with another response, or has taken one back.
const took = async (pathname) => {
  if (pathname === "/withdraw") return askAfterAll();
  if (pathname !== "/come-back") return;
  const names = await look(({ facts }) => done(facts.getAllKeys()));
  for (const name of names) if (name.startsWith("current ")) await hide(name.slice(8));
};

// Forms.
const posted = async (event, survey, rest) => {
  const { request } = event;
  const home = `/surveys/${survey}`;
  const form = await formOf(request);
  const edition = await editionOf(survey);
  if (rest === "start") return begun(request, survey, edition, form);
  if (rest === "practice") return tried(request, edition, form);
  if (rest === "finish") return finished(request, survey);
  const record = await find(survey);
  if (!record || !edition) return fetch(request);
  if (rest === "send") {
    await keepSend(record.key);
    await sendOrWait(record.key, true);
    return to(`${home}/thank-you`);
  }
  const shownNow = stepsFor(edition.steps, record.answers);
  const step = shownNow.find(({ id }) => rest === `pages/${id}`);
  if (record.sent) return to(`${home}/thank-you`);
  return step ? answered(request, edition, record, step, form) : to(`${home}/carry-on`);
};
const begun = async (request, survey, edition, form) => {
  const home = `/surveys/${survey}`;
  if (!edition) {
    await hide(survey);
    return fetch(request);
  }
  if (one(form, "assent") !== "yes")
    return network(request).catch(() => asPage(edition, edition.no_thanks));
  const swapped = crypto.getRandomValues(new Uint8Array(1))[0] % 2 === 1;
  const words = one(form, "words");
  const record = await begin(survey, words, swapped);
  const fields = { words, assent: "yes", device: record.key, swapped: record.swapped ? "yes" : "no" };
  try {
    const body = new URLSearchParams(fields);
    const answer = await network(`${home}/start`, { method: "POST", body, redirect: "manual" });
    if (answer.type !== "opaqueredirect") throw new Error("not begun");
    return answer;
  } catch {
    return to(edition.begins);
  }
};
const tried = (request, edition, form) =>
  network(request).catch(() => {
    const value = Object.entries(form).find(([name]) => name !== "go")?.[1][0] ?? "";
    const html = edition?.practised[value];
    return html ? asPage(edition, html) : Response.error();
  });
const answered = async (request, edition, record, step, form) => {
  const home = `/surveys/${edition.survey}`;
  const changing = one(form, "checking") === "yes";
  const answer = readAnswer(step, form);
  if (answer === undefined) {
    const problem = asPage(
      edition,
      fillPage(edition, record, step, { changing, form, problem: step.id in edition.problems }),
      422,
    );
    return network(request).catch(() => problem);
  }
  const kept =
    answer && (await keepAnswer(record.key, step.id, answer, form, step.kind === "comment"));
  const answers = kept ? kept.answers : record.answers;
  await sendOrWait(record.key, true);
  if (one(form, "go") === "stop") return to(`${home}/stopped`);
  const next = changing
    ? firstUnanswered(edition.steps, answers, step.id)
    : neighbour(edition.steps, answers, step.id, 1);
  return to(pathOf(home, next, `${home}/check`));
};
const finished = async (request, survey) => {
  const record = await find(survey);
  if (record) await sendOrWait(record.key);
  const answer = await network(request).catch(() => to(`/surveys/${survey}`));
  await hide(survey);
  return answer;
};
// Somebody leaves at once: nothing of this survey is to be seen on this device any more.
const leave = async (event, survey) => {
  await hide(survey);
  await write(async ({ editions, facts }) => {
    editions.delete(survey);
    facts.delete("opened");
    facts.put("untold", `left ${survey}`);
  });
  await caches.delete(`voice ${survey}`);
  const answer = await fetch(event.request);
  await setFact(`left ${survey}`, "told");
  return answer;
};

// Files that pages show and play.
const file = async (request) => {
  const named = new URL(request.url);
  const kept = await caches.match(request);
  if (kept && named.pathname.startsWith("/static/") && named.search) return kept;
  return kept ? network(request).catch(() => kept) : fetch(request);
};

// What pages tell.
const told = async (message, port) => {
  const { what, survey } = message;
  const tell = async (more) => port.postMessage({ ...(await stateOf(survey)), ...more });
  await tell({ sure: false });
  await sendAll().catch(() => {});
  if (what === "send") return tell({ sure: true });
  const sure = await takenUp(message);
  await tell({ sure });
  await tidy();
  await refresh(message);
};
const stateOf = async (survey) => {
  const record = await find(survey);
  const entries = record ? await look((stores) => waiting(stores, record.key)) : [];
  const pages = new Set(entries.map((entry) => entry.given?.page).filter(Boolean));
  const times = Object.entries(record?.answers ?? {}).map(([id, { at = 0 }]) => [id, at]);
  return {
    mark: record?.key.slice(0, 8) ?? "",
    times: Object.fromEntries(times),
    unsent: pages.size || Math.min(entries.length, 1),
  };
};
// Takes up a response that was begun before this script was here, or on another device. Tells
// whether it is sure whose answers these are.
const takenUp = async ({ survey, place }) => {
  if (!INSIDE.has(place) || place === "thank-you" || (await find(survey))) return true;
  const key = newKey();
  try {
    const answer = await network(`/surveys/${survey}/device/take-up`, {
      ...asJson({ key }),
      force: true,
    });
    if (answer.ok && !answer.redirected) await takeUp(survey, key, await answer.json());
    return true;
  } catch {
    return false;
  }
};
const refresh = async ({ survey, look: looks, words, sound }) => {
  await setFact("opened", survey);
  const before = await editionOf(survey);
  const worded = words ?? (await find(survey))?.words ?? before?.words_asked ?? "";
  const asked = `${looks} ${worded}`;
  const fresh = before && Date.now() - before.fetched < 600e3 && before.asked === asked;
  if (fresh && before.whole) return;
  const headers = before ? { "if-none-match": before.etag } : {};
  const address = `/surveys/${survey}/edition?words=${worded}`;
  const answer = await network(address, { headers, cache: "no-store", force: true });
  if (!answer.ok && answer.status !== 304) return;
  const kept = ["content-security-policy", "referrer-policy", "x-content-type-options"];
  const edition = answer.status === 304 ? before : { ...(await answer.json()), survey };
  if (answer.ok) {
    edition.headers = Object.fromEntries(kept.map((name) => [name, answer.headers.get(name)]));
    edition.headers["cache-control"] = "no-store";
    edition.etag = answer.headers.get("etag");
  }
  Object.assign(edition, { asked, words_asked: worded, fetched: Date.now(), whole: false });
  await write(async ({ editions }) => void editions.put(edition));
  await keepFiles(edition, looks, sound);
  await write(async ({ editions }) => {
    const now = await done(editions.get(survey));
    if (now) editions.put({ ...now, whole: true });
  });
};
const keepFiles = async (edition, looks, sound) => {
  const cache = await caches.open(`voice ${edition.survey}`);
  const heard = looks.includes("listening-off") || navigator.connection?.saveData;
  const sounds = heard ? [] : edition.sounds.map((address) => `${address}.${sound}`);
  const wanted = ["/help", ...edition.assets, ...sounds];
  for (const request of await cache.keys()) {
    const { pathname, search } = new URL(request.url);
    if (!wanted.includes(pathname + search)) await cache.delete(request);
  }
  for (const address of wanted) {
    if (address !== "/help" && (await cache.match(address))) continue;
    const answer = await fetch(address);
    if (answer.ok) await cache.put(address, answer);
  }
};
const retire = async () => {
  await sendAll();
  const rest = await look(({ queue }) => done(queue.count()));
  if (rest) return;
  for (const name of await caches.keys()) if (name.startsWith("voice ")) await caches.delete(name);
  indexedDB.deleteDatabase("voice");
  await registration.unregister();
};
