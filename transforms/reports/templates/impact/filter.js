"use strict";
(function () {
  var form = document.getElementById("filters");
  var rows = Array.prototype.slice.call(document.querySelectorAll("#rows > tr"));
  var matched = document.getElementById("matched");
  var onPaper = Number(form.dataset.paper);
  var texts = rows.map(function (row) { return row.textContent.toLowerCase(); });
  var fields = Array.prototype.slice.call(form.querySelectorAll("select"));
  var free = document.getElementById("filter-text");

  function count(number, noun) {
    return number.toLocaleString("en-US") + " " + noun + (number === 1 ? "" : "s");
  }

  function apply() {
    var words = free.value.toLowerCase().split(/\s+/).filter(Boolean);
    var chosen = fields.filter(function (one) { return one.value !== ""; });
    var lines = new Set();
    var shown = 0, cents = 0;
    rows.forEach(function (row, at) {
      var fits = chosen.every(function (one) { return row.dataset[one.name] === one.value; }) &&
        words.every(function (word) { return texts[at].indexOf(word) !== -1; });
      row.hidden = !fits;
      if (!fits) { return; }
      shown += 1;
      row.classList.toggle("late", shown > onPaper);
      if (!lines.has(row.dataset.line)) {
        lines.add(row.dataset.line);
        cents += Number(row.dataset.cents || 0);
      }
    });
    var dollars = Math.round(cents / 100).toLocaleString("en-US");
    matched.textContent = count(shown, "row") + " of " + rows.length.toLocaleString("en-US") + " shown: " +
      count(lines.size, "line") + ", worth $" + dollars + ".";
  }

  form.addEventListener("input", apply);
  form.addEventListener("submit", function (event) { event.preventDefault(); });
  form.addEventListener("reset", function () { window.setTimeout(apply, 0); });
  form.hidden = false;
  apply();
})();
