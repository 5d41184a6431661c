// Makes a button of every Listen link: it plays, and then it stops. Without this file a link stays
// a link to the sound. One sound at a time; none begins by itself, but for who asked for it, and
// none goes on when we leave.
"use strict";
(() => {
  const audio = new Audio();
  audio.preload = "none";
  const opus = audio.canPlayType('audio/ogg; codecs="opus"') !== "";
  let playing = null;

  const show = (button, on) => {
    button.querySelector(".word").textContent = on ? button.dataset.stop : button.dataset.listen;
    button.classList.toggle("playing", on);
  };
  const stop = () => {
    audio.pause();
    if (playing) show(playing, false);
    playing = null;
  };
  const start = (button, address) => {
    stop();
    playing = button;
    show(button, true);
    audio.src = address;
    audio.play().catch((problem) => {
      // A press on Stop, or on another button, ends the waiting for this sound: that is no problem.
      if (playing !== button || problem.name === "AbortError") return;
      // Some browsers want a press first, also of who asked for every page to be read.
      if (problem.name === "NotAllowedError") return stop();
      if (address !== button.dataset.mp3) start(button, button.dataset.mp3);
      else giveUp(button);
    });
  };
  // No sound here: put the link back, so that the browser can try in its own way.
  const giveUp = (button) => {
    stop();
    button.replaceWith(button.link);
  };
  const toButton = (link) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = link.className;
    button.append(...[...link.childNodes].map((node) => node.cloneNode(true)));
    button.link = link;
    button.dataset.mp3 = link.href;
    button.dataset.stop = link.dataset.stop;
    button.dataset.listen = link.querySelector(".word").textContent;
    button.addEventListener("click", () => {
      if (playing === button) stop();
      else start(button, opus ? link.dataset.opus : link.href);
    });
    link.replaceWith(button);
    if ("auto" in link.dataset) start(button, opus ? link.dataset.opus : link.href);
  };

  audio.addEventListener("ended", stop);
  addEventListener("pagehide", stop);
  document.querySelectorAll("a.listen").forEach(toButton);
})();
