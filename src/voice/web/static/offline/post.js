// Sends what waits, in the order it was given, one response after the other. What was sent and not
// confirmed is sent again: the server keeps the same answer once.
const PATIENCE = 6000; // Milliseconds until an answer must have begun to come.
const ALONE = 30_000;
const AT_ONCE = 50;
let away = 0; // Until when nobody waits for the network again, after it failed.

// Asks the network. While it is away only what nobody waits for is asked, by `force`.
const network = async (request, { force = false, ...options } = {}) => {
  if (!navigator.onLine || (!force && Date.now() < away)) throw new Error("away");
  const patience = new AbortController();
  const over = setTimeout(() => patience.abort(), PATIENCE);
  try {
    const answer = await fetch(request, { ...options, signal: patience.signal });
    if (answer.status >= 500) throw new Error("not ready");
    away = 0;
    return answer;
  } catch (problem) {
    away = Date.now() + ALONE;
    throw problem;
  } finally {
    clearTimeout(over);
  }
};
const asJson = (body, method = "POST") => ({
  ...{ method, body: JSON.stringify(body) },
  headers: { "content-type": "application/json" },
});

let line = Promise.resolve();
// One after the other, so that no answer overtakes an earlier one.
const inLine = (work) => {
  const next = line.then(work);
  line = next.catch(() => {});
  return next;
};
// Sends what somebody waits for; while the network is away it is not even tried.
const send = async (key, here = false) => {
  if (Date.now() < away) throw new Error("away");
  return inLine(() => sendOne(key, { here }));
};
// The same, and if it fails the browser is asked to wake us when the network is back, if it can.
const sendOrWait = (key, here) =>
  send(key, here).catch(() => registration.sync?.register("answers").catch(() => {}));
// Tries to send everything, for nobody waits.
const sendAll = async () => {
  if (Date.now() < away) await network("/help", { method: "HEAD", force: true });
  const waits = await look(({ queue }) => done(queue.getAll()));
  for (const key of new Set(waits.map((entry) => entry.key)))
    await inLine(async () => sendOne(key, { here: await isOpen(key), force: true }));
};
// Whether a page of this response is open, so that its person may go on with it. Of the start page
// nobody knows whose it is.
const isOpen = async (key) => {
  const record = await look(({ responses }) => done(responses.get(key)));
  if (!record || (await find(record.survey))?.key !== key) return false;
  const pages = await clients.matchAll({ type: "window", includeUncontrolled: true });
  return pages.some(({ url }) => {
    const [, survey, rest = ""] = SURVEY.exec(new URL(url).pathname) ?? [];
    return survey === record.survey && INSIDE.has(rest.split("/")[0]);
  });
};
// Asks after every response that is kept here, and drops those that were taken back.
const askAfterAll = async () => {
  const records = await look(({ responses }) => done(responses.getAll()));
  for (const { key, known } of records) if (known) await inLine(() => sendOne(key, { asking: true }));
};

const sendOne = async (key, { here = false, force = false, asking = false }) => {
  for (let size = AT_ONCE; ; asking = false) {
    const { record, entries } = await look(async (stores) => ({
      record: await done(stores.responses.get(key)),
      entries: (await waiting(stores, key)).filter((entry) => !entry.refused),
    }));
    if (!record || (!entries.length && record.known && !asking)) return;
    const last = entries.findIndex((entry) => entry.send) + 1 || entries.length;
    const batch = entries.slice(0, Math.min(size, last));
    const parcel = asJson({
      key,
      ...{ words: record.words, swapped: record.swapped, here },
      given: batch.filter((entry) => entry.given).map((entry) => entry.given),
      send: batch.some((entry) => entry.send),
    });
    const answer = await network(`/surveys/${record.survey}/device`, { ...parcel, force });
    if ([400, 413].includes(answer.status) && batch.length) {
      // One that cannot be read must not hold up the others. It stays here, and counts as not sent.
      if (batch.length === 1) await refuse(batch[0]);
      size = 1;
      continue;
    }
    if (!answer.ok) throw new Error("refused");
    await confirm(key, batch, await answer.json());
  }
};
const refuse = (entry) => write(async ({ queue }) => void queue.put({ ...entry, refused: true }));
const confirm = async (key, batch, receipt) => {
  if (receipt.state === "gone") return drop(key);
  await write(async (stores) => {
    stores.facts.put(receipt.now - Date.now(), "clock");
    for (const entry of batch) stores.queue.delete(entry.n);
    const record = await done(stores.responses.get(key));
    if (!record) return;
    stores.responses.put({ ...record, known: true });
    const edition = await done(stores.editions.get(record.survey));
    if (edition && receipt.mark !== edition.mark) stores.editions.put({ ...edition, asked: "" });
  });
  const rest = await look((stores) => waiting(stores, key));
  const record = await look(({ responses }) => done(responses.get(key)));
  if (!rest.length && (receipt.state === "sent" || record?.hidden)) await drop(key);
};
