/* Draw a box on a page: each <form data-marks="id of the sheet"> while it stands open. What is drawn is put in its hidden
   field as fractions of the page, so it is the same place at any size and however the page is turned. Without this file,
   by keyboard and by voice, a part of the page is chosen in the form itself. */
(() => {
  "use strict";
  const within = (part) => Math.min(1, Math.max(0, part));

  document.querySelectorAll("form[data-marks]").forEach((form) => {
    const sheet = document.getElementById(form.dataset.marks), layer = sheet?.querySelector(".mp-marks");
    const box = layer?.querySelector("[data-drawn]"), panel = form.closest("details");
    const drawn = form.querySelector("[name$=drawn]"), choice = form.querySelector("[value=drawn]");
    if (!box || !drawn || !choice) return;
    form.dataset.ready = "";
    let start = null;

    const place = (event) => {
      const point = new DOMPoint(event.clientX, event.clientY).matrixTransform(layer.getScreenCTM().inverse());
      return [within(point.x), within(point.y)];
    };
    const show = ([x, y]) => {
      const [left, top] = [Math.min(x, start[0]), Math.min(y, start[1])];
      const [right, bottom] = [Math.max(x, start[0]), Math.max(y, start[1])];
      const lies = { x: left, y: top, width: right - left, height: bottom - top };
      Object.entries(lies).forEach(([name, value]) => box.setAttribute(name, value.toFixed(4)));
      drawn.value = [left, top, right, bottom].map((part) => part.toFixed(4)).join(",");
      choice.checked = true;
    };
    const mark = () => sheet.classList.toggle("mp-sheet--marking", panel.open);
    panel.addEventListener("toggle", mark);
    mark();
    // what was drawn and sent back because of something else stands there still
    if (drawn.value && choice.checked) {
      const [left, top, right, bottom] = drawn.value.split(",").map(Number);
      start = [left, top];
      show([right, bottom]);
      start = null;
    }
    sheet.addEventListener("pointerdown", (event) => {
      if (!panel.open || event.button) return;
      event.preventDefault();
      start = place(event);
      sheet.setPointerCapture(event.pointerId);
      show(start);
    });
    sheet.addEventListener("pointermove", (event) => { if (start) show(place(event)); });
    ["pointerup", "pointercancel"].forEach((kind) => sheet.addEventListener(kind, () => { start = null; }));
  });
})();
