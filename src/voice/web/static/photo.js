// Puts a photo of one's own in the place of a picture: of a real person, room or thing that a child
// knows better than a drawing. The photo stays in this tab of this device; it is never sent.
"use strict";
(() => {
  const largest = 800; // Pixels.
  const place = document.querySelector(".own-photo");
  const picture = document.querySelector(".question .picture");
  if (!place || !picture) return;
  const { slot, away, note } = place.dataset;
  const choose = place.firstElementChild; // It says which language it is in.
  const drawn = picture.src;
  const made = (name, about = {}) => Object.assign(document.createElement(name), about);
  const words = made("p", { textContent: note });
  const input = made("input", { type: "file", accept: "image/*", id: "own-photo" });
  const label = made("label");
  label.append(input, choose);
  const remove = made("button", { type: "button", textContent: away, hidden: true });

  const show = (data) => {
    const bytes = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0));
    picture.src = URL.createObjectURL(new Blob([bytes], { type: "image/jpeg" }));
    picture.classList.add("photo");
    remove.hidden = false;
  };
  const hide = () => {
    sessionStorage.removeItem(slot);
    picture.src = drawn;
    picture.classList.remove("photo");
    remove.hidden = true;
    input.value = "";
  };
  const take = async (file) => {
    const image = await createImageBitmap(file);
    const smaller = Math.min(1, largest / Math.max(image.width, image.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(image.width * smaller);
    canvas.height = Math.round(image.height * smaller);
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    const data = canvas.toDataURL("image/jpeg", 0.8).split(",")[1];
    show(data);
    try {
      sessionStorage.setItem(slot, data);
    } catch {
      // No room is left: the photo is shown until this page is left.
    }
  };

  input.addEventListener("change", () => input.files[0] && take(input.files[0]).catch(hide));
  remove.addEventListener("click", hide);
  place.append(words, label, remove);
  place.hidden = false;
  const kept = sessionStorage.getItem(slot);
  if (kept) show(kept);
})();
