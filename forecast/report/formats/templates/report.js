document.querySelectorAll(".slider").forEach(function (box) {
  var table = JSON.parse(box.querySelector("script").textContent);
  var handle = box.querySelector("input");
  var goal = box.querySelector(".goal");
  var chance = box.querySelector("strong");
  function show() {
    var i = Number(handle.value);
    goal.textContent = table.values[i];
    chance.textContent = table.probabilities[i];
    handle.setAttribute("aria-valuetext", table.values[i] + ": " + table.probabilities[i]);
  }
  handle.addEventListener("input", show);
  show();
  box.hidden = false;
});
window.addEventListener("beforeprint", function () {
  document.querySelectorAll("details").forEach(function (box) { box.open = true; });
});
