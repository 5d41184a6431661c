// The way through a survey, from the steps of its edition and the answers so far: the same rule as
// answering/journey.py and answering/receiving.py, and a test holds them together.
const met = (when, answers) => {
  const answer = answers[when.question];
  if (answer?.state === "dont_know") return when.is_one_of.includes("dont_know");
  if (answer?.state !== "answered") return false;
  return [answer.value].flat().some((value) => when.is_one_of.includes(String(value)));
};
const stepsFor = (steps, answers) => {
  const shown = new Map();
  for (const step of steps)
    if (!step.when || (shown.has(step.when.question) && met(step.when, answers)))
      shown.set(step.id, step);
  return [...shown.values()];
};
const asked = (step) => step.kind !== "information";
const firstUnanswered = (steps, answers, after = "") => {
  const shown = stepsFor(steps, answers);
  const from = after ? shown.findIndex((step) => step.id === after) + 1 : 0;
  return shown.slice(from).find((step) => asked(step) && !answers[step.id]);
};
const neighbour = (steps, answers, id, by) => {
  const shown = stepsFor(steps, answers);
  const here = shown.findIndex((step) => step.id === id);
  return here < 0 ? undefined : shown[here + by];
};

// What a form says to a step: an answer, null for nothing to keep, or undefined for a problem.
const one = (form, name) => (form[name]?.[0] ?? "").trim();
const readAnswer = (step, form) => {
  const given = form[step.id] ?? [];
  if (!asked(step)) return null;
  if (one(form, "go") === "stop" && !given.join("").trim()) return null;
  const answer = one(form, "go") === "skip" ? { state: "skipped", value: null } : read(step, given);
  if (!answer) return undefined;
  const observed = one(form, "adult-saw") === "yes" && answer.state !== "skipped";
  return { ...answer, observed };
};
const read = (step, given) => {
  if (step.kind === "comment") {
    const words = given.join("\n").replaceAll("\r\n", "\n").trim();
    if ([...words].length > step.most) return undefined;
    return words ? { state: "answered", value: words } : { state: "skipped", value: null };
  }
  if (!given.length) return { state: "skipped", value: null };
  if (given.some((value) => !Object.hasOwn(step.labels, value))) return undefined;
  if (step.kind !== "choose_many" && given.length > 1) return undefined;
  const ticked = Object.keys(step.labels).filter((value) => given.includes(value));
  if (ticked.some((value) => step.unsure.includes(value)))
    return ticked.length > 1 ? undefined : { state: "dont_know", value: null };
  if (step.kind === "choose_many") return { state: "answered", value: ticked };
  return { state: "answered", value: step.kind === "scale" ? Number(given[0]) : given[0] };
};
