// Puts what is known of a person into the pages of an edition, which came from the server's own
// templates with marks in them (answering/edition.py).
const escaped = (words) => words.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
const put = (html, place, words) => html.replaceAll(place, () => words);
const add = (html, place, words) => html.replace(place, (found) => found + words);
const givenFor = (step, answer) => {
  if (answer?.state === "dont_know") return [step.unsure[0] ?? "dont_know"];
  return answer?.state === "answered" ? [answer.value].flat().map(String) : [];
};

const chosen = (html, id, value, words) => {
  const tap = `class="tap" name="${id}" value="${value}"`;
  const at = html.indexOf(tap);
  if (at < 0) return add(html, `id="${id}-${value}" value="${value}"`, " checked");
  const end = html.lastIndexOf("</span>", html.indexOf("</button>", at));
  const unseen = `<span class="unseen"> ${escaped(words)}</span>`;
  const marked = html.slice(0, end) + unseen + html.slice(end);
  return marked.replace(tap, () => tap.replace('"tap"', '"tap chosen"'));
};
const fillPage = (edition, record, step, { changing, problem, form }) => {
  const home = `/surveys/${edition.survey}`;
  const { steps, pages, swapped, problems, words } = edition;
  const questions = stepsFor(steps, record.answers).filter(asked);
  const before = neighbour(steps, record.answers, step.id, -1);
  const answer = record.answers[step.id];
  const given = form ? form[step.id] ?? [] : givenFor(step, answer);
  let html = problem ? problems[step.id] : (record.swapped && swapped[step.id]) || pages[step.id];
  html = put(html, "7700001", String(questions.indexOf(step) + 1));
  html = put(html, "7700002", String(questions.length));
  html = put(html, "/the-page-before", changing ? `${home}/check` : pathOf(home, before, home));
  html = put(html, `${home}/edition`, `${home}/pages/${step.id}`);
  if (changing)
    html = add(html, 'id="answer" tabindex="-1">', '<input type="hidden" name="checking" value="yes">');
  const saw = form ? one(form, "adult-saw") === "yes" : answer?.observed;
  if (saw) html = add(html, 'id="adult-saw" value="yes"', " checked");
  if (step.kind === "comment")
    return add(html, /<textarea[^>]*>\n/, escaped(given.join("\n")));
  return given.reduce((page, value) => chosen(page, step.id, value, words.chosen), html);
};
const pathOf = (home, step, otherwise) => (step ? `${home}/pages/${step.id}` : otherwise);

const inWords = (step, answer, { comma }) => {
  if (answer.state === "dont_know") return step.labels[step.unsure[0]] ?? "";
  if (step.kind === "comment" || step.kind === "scale") return String(answer.value);
  const values = [answer.value].flat();
  const said = Object.keys(step.labels).filter((value) => values.includes(value));
  return said.map((value) => step.labels[value]).join(comma);
};
const fillCheck = (edition, record) => {
  const home = `/surveys/${edition.survey}`;
  const shown = stepsFor(edition.steps, record.answers);
  const html = put(edition.check, "/the-page-before", pathOf(home, shown.at(-1), home));
  return html.replace(/<div>\s*<dt[\s\S]*?<\/div>\s*/g, (line) => {
    const id = line.match(/\/pages\/([a-z0-9_]+)\?changing/)[1];
    const step = shown.find((one) => one.id === id);
    if (!step) return "";
    const answer = record.answers[id];
    if (answer && ["answered", "dont_know"].includes(answer.state))
      return put(line, `[[${id}]]`, escaped(inWords(step, answer, edition.words)));
    const missed = line.replace(/<dd class="said"[^>]*>/, () => '<dd class="missed" dir="auto">');
    return put(missed, `[[${id}]]`, escaped(edition.words.missed));
  });
};
