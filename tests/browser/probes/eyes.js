// What several probes need on a page: which elements can be seen and pressed, and what colours do.
window.eyes ??= (() => {
  const PRESSED = "a[href], button, input:not([type=hidden]), select, textarea, summary, audio[controls], video[controls], [tabindex]:not([tabindex='-1']), [contenteditable=true]";
  const plain = words => (words ?? "").replace(/\s+/g, " ").trim();

  const where = e => {
    const name = e.id ? `#${e.id}` : e.name ? `[name=${e.name}]` : e.classList.length ? `.${e.classList[0]}` : "";
    return `${e.localName}${name} ${JSON.stringify(plain(e.innerText ?? e.textContent).slice(0, 40))}`;
  };

  const clipped = e => {
    for (let up = e; up; up = up.parentElement) {
      const style = getComputedStyle(up);
      if (style.clipPath === "inset(50%)" || style.clip === "rect(0px, 0px, 0px, 0px)") return true;
    }
    const box = e.getBoundingClientRect();
    return box.right < -500 || box.bottom + scrollY < -500;
  };

  // Seen by somebody who looks at the page as it is now.
  const seen = e => e.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && !clipped(e);

  const pressed = () => [...document.querySelectorAll(PRESSED)].filter(e => !e.disabled);

  // A link in the middle of a sentence: its line is as high as the lines around it.
  const inSentence = e => {
    if (e.localName !== "a" || getComputedStyle(e).display !== "inline") return false;
    const around = e.closest("p, li, dd, td, figcaption, label, legend");
    return Boolean(around) && plain(around.innerText).length > plain(e.innerText).length + 3;
  };

  // Where a press counts: the element, and the label that presses it.
  const target = e => {
    const boxes = [e, ...(/^(radio|checkbox|file)$/.test(e.type) ? e.labels ?? [] : [])]
      .map(one => one.getBoundingClientRect()).filter(box => box.width > 1 && box.height > 1);
    if (!boxes.length) return null;
    const left = Math.min(...boxes.map(b => b.left)), top = Math.min(...boxes.map(b => b.top));
    const right = Math.max(...boxes.map(b => b.right)), bottom = Math.max(...boxes.map(b => b.bottom));
    return { left, top, right, bottom, width: right - left, height: bottom - top };
  };

  const shown = e => seen(e) || [...(e.labels ?? [])].some(seen);

  const rgba = colour => {
    const found = (colour.match(/[\d.]+/g) ?? []).map(Number);
    return found.length >= 3 ? [found[0], found[1], found[2], found[3] ?? 1] : [0, 0, 0, 0];
  };
  const light = ([r, g, b]) => [r, g, b]
    .map(c => c / 255).map(c => c <= .04045 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4)
    .reduce((sum, c, place) => sum + c * [.2126, .7152, .0722][place], 0);
  const contrast = (one, other) => {
    const [bright, dark] = [light(one), light(other)].sort((a, b) => b - a);
    return (bright + .05) / (dark + .05);
  };
  // The colour of the ground that an element stands on.
  const ground = e => {
    for (let up = e; up; up = up.parentElement) {
      const colour = rgba(getComputedStyle(up).backgroundColor);
      if (colour[3] > .99) return colour;
    }
    return [255, 255, 255, 1];
  };

  // Run with a look put on, where the page is one that looks can be chosen for.
  const SCHEMES = ["", "colours-white", "colours-blue", "colours-dark"];
  const chooses = () => !document.documentElement.classList.contains("staff");
  const wearing = (classes, act) => {
    const before = document.documentElement.className;
    const kept = before.split(" ").filter(name => !/^(words|spacing|colours|pictures)-/.test(name));
    if (chooses()) document.documentElement.className = [...kept, ...classes.split(" ")].filter(Boolean).join(" ");
    try { return act(); } finally { document.documentElement.className = before; }
  };
  const schemes = () => chooses() ? SCHEMES : [""];

  return { plain, where, seen, shown, pressed, inSentence, target, rgba, contrast, ground, wearing, schemes, chooses };
})();
