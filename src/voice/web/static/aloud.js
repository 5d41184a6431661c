// Where a page has no clip: reads it by a voice of the device, if it has one in the language that
// works without any other computer. Else there is no button, and nothing is ever sent away.
"use strict";
(() => {
  const place = document.querySelector(".aloud");
  const speech = window.speechSynthesis;
  if (!place || !speech) return;
  const { words, lang, listen, stop } = place.dataset;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "listen";
  button.textContent = listen;

  const same = (one) => one.replace("_", "-").toLowerCase().split("-")[0];
  const voiceHere = () => {
    const here = speech.getVoices().filter((v) => v.localService && same(v.lang) === same(lang));
    return here.find((v) => v.lang.replace("_", "-") === lang) ?? here[0];
  };
  const show = (on) => {
    button.textContent = on ? stop : listen;
    button.classList.toggle("playing", on);
  };
  const start = () => {
    speech.cancel();
    const lines = words.split("\n").map((line) => new SpeechSynthesisUtterance(line));
    for (const line of lines) {
      line.voice = voiceHere();
      line.lang = lang;
      line.rate = 0.9;
      speech.speak(line);
    }
    lines[lines.length - 1].addEventListener("end", () => show(false));
    lines[0].addEventListener("error", () => show(false));
    show(true);
  };
  const offer = () => {
    if (button.isConnected || !voiceHere()) return;
    place.replaceWith(button);
    if ("auto" in place.dataset) start();
  };
  button.addEventListener("click", () => {
    if (button.classList.contains("playing")) {
      speech.cancel();
      show(false);
    } else start();
  });

  offer();
  speech.addEventListener("voiceschanged", offer);
  addEventListener("pagehide", () => speech.cancel());
})();
