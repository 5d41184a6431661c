// Leaves at once: the page goes blank, another one takes its place, and Back does not show ours.
// Shift pressed three times does the same. Without this file the link leaves as links do.
"use strict";
(() => {
  const link = document.querySelector("a.leave");
  const within = 5000;
  let presses = [];

  const leave = () => {
    document.documentElement.classList.add("left");
    document.title = " ";
    sessionStorage.clear();
    localStorage.clear();
    if (link.dataset.note) navigator.sendBeacon(link.dataset.note);
    location.replace(link.dataset.to);
  };
  link.addEventListener("click", (event) => {
    event.preventDefault();
    leave();
  });
  addEventListener("keydown", (event) => {
    if (event.key !== "Shift") presses = [];
    else if (!event.repeat) presses = [...presses, event.timeStamp].slice(-3);
    if (presses.length === 3 && presses[2] - presses[0] < within) leave();
  });
  // A browser that kept the page as it was must not show it again.
  addEventListener("pageshow", (event) => {
    if (event.persisted) location.reload();
  });
})();
