// What the device keeps, in IndexedDB: `responses` with their answers, `queue` with what is not sent
// yet, `editions` with the pages of surveys, `facts` such as whose turn it is. A write is over when
// the browser says that it is on the disk; only then may a page call an answer saved.
const DAY = 86400e3;
let opened = null;
const database = () =>
  (opened ??= new Promise((resolve, reject) => {
    const asking = indexedDB.open("voice", 1);
    asking.onupgradeneeded = () => {
      asking.result.createObjectStore("responses", { keyPath: "key" });
      asking.result.createObjectStore("queue", { keyPath: "n", autoIncrement: true });
      asking.result.createObjectStore("editions", { keyPath: "survey" });
      asking.result.createObjectStore("facts");
    };
    asking.onsuccess = () => {
      asking.result.onclose = () => (opened = null);
      resolve(asking.result);
    };
    asking.onerror = () => {
      opened = null;
      reject(asking.error);
    };
  }));
const done = (asking) =>
  new Promise((resolve, reject) => {
    asking.onsuccess = () => resolve(asking.result);
    asking.onerror = () => reject(asking.error);
  });
// Runs `work` in one transaction over everything; gives what it returns once all is on the disk.
const within = async (mode, work) => {
  const names = ["responses", "queue", "editions", "facts"];
  const transaction = (await database()).transaction(names, mode, { durability: "strict" });
  const stores = Object.fromEntries(names.map((name) => [name, transaction.objectStore(name)]));
  const over = new Promise((resolve, reject) => {
    transaction.oncomplete = resolve;
    transaction.onabort = transaction.onerror = () => reject(transaction.error);
  });
  const working = work(stores).catch((problem) => {
    transaction.abort();
    throw problem;
  });
  return (await Promise.all([working, over]))[0];
};
const look = (work) => within("readonly", work);
const write = (work) => within("readwrite", work);

const current = async ({ facts, responses }, survey) => {
  const key = await done(facts.get(`current ${survey}`));
  return key && (await done(responses.get(key)));
};
const waiting = async ({ queue }, key) =>
  (await done(queue.getAll())).filter((entry) => entry.key === key);
const editionOf = (survey) => look(({ editions }) => done(editions.get(survey)));
const find = (survey) => look((stores) => current(stores, survey));
const fact = (name) => look(({ facts }) => done(facts.get(name)));
const setFact = (name, value) => write(async ({ facts }) => void facts.put(value, name));

const newKey = () => {
  const bytes = crypto.getRandomValues(new Uint8Array(24));
  return btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_");
};
// One press of Start is one response, also when it was pressed twice.
const begin = (survey, words, swapped) =>
  write(async (stores) => {
    const before = await current(stores, survey);
    const twice = before && Date.now() - before.begun < 5000;
    if (twice && before.words === words && !Object.keys(before.answers).length) return before;
    await hidden(stores, survey);
    const made = { key: newKey(), survey, words, swapped, answers: {}, known: false, sent: false };
    Object.assign(made, { begun: Date.now(), touched: Date.now() });
    stores.responses.put(made);
    stores.facts.put(made.key, `current ${survey}`);
    stores.facts.delete(`left ${survey}`);
    return made;
  });
const takeUp = (survey, key, { wording, swapped, sent, answers }) =>
  write(async (stores) => {
    if (sent || (await current(stores, survey))) return;
    const times = { begun: 0, touched: Date.now() };
    stores.responses.put({
      ...{ key, survey, words: wording, swapped, answers, known: true, sent },
      ...times,
    });
    stores.facts.put(key, `current ${survey}`);
  });
// The time of an answer, by our own clock set by the server's, and never twice the same.
const nextTurn = async ({ facts }) => {
  const ahead = (await done(facts.get("clock"))) ?? 0;
  const last = (await done(facts.get("turn"))) ?? 0;
  const turn = Math.max(last + 1, Date.now() + ahead);
  facts.put(turn, "turn");
  return turn;
};
const keepAnswer = (key, page, answer, form, words) =>
  write(async (stores) => {
    const record = await done(stores.responses.get(key));
    if (!record || record.sent) return null;
    const turn = await nextTurn(stores);
    record.answers[page] = { ...answer, at: Date.now() };
    record.touched = Date.now();
    stores.responses.put(record);
    stores.queue.add({ key, survey: record.survey, given: { page, turn, form, words } });
    return record;
  });
const keepSend = (key) =>
  write(async (stores) => {
    const record = await done(stores.responses.get(key));
    if (!record || record.sent) return;
    record.sent = true;
    stores.responses.put(record);
    stores.queue.add({ key, survey: record.survey, send: true });
  });
// Takes away what can be seen of a response here. What is not sent yet waits in the queue, where no
// page shows it, with no more than sending needs.
const hidden = async (stores, survey) => {
  const record = await current(stores, survey);
  stores.facts.delete(`current ${survey}`);
  if (!record) return;
  const unsent = (await waiting(stores, record.key)).length > 0;
  if (unsent) stores.responses.put({ ...record, answers: {}, hidden: true });
  else stores.responses.delete(record.key);
};
const hide = (survey) => write((stores) => hidden(stores, survey));
const drop = (key) =>
  write(async (stores) => {
    const record = await done(stores.responses.get(key));
    for (const entry of await waiting(stores, key)) stores.queue.delete(entry.n);
    stores.responses.delete(key);
    if (record && (await done(stores.facts.get(`current ${record.survey}`))) === key)
      stores.facts.delete(`current ${record.survey}`);
  });
// A day after the last answer nothing that was sent is left; after a week no pages are.
const tidy = () =>
  write(async (stores) => {
    for (const record of await done(stores.responses.getAll())) {
      const unsent = (await waiting(stores, record.key)).length > 0;
      if (unsent || Date.now() - record.touched < DAY) continue;
      stores.responses.delete(record.key);
      if ((await done(stores.facts.get(`current ${record.survey}`))) === record.key)
        stores.facts.delete(`current ${record.survey}`);
    }
    for (const edition of await done(stores.editions.getAll()))
      if (Date.now() - edition.fetched > 7 * DAY) stores.editions.delete(edition.survey);
  });
