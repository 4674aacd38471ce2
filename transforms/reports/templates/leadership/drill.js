// Narrows the findings down and opens them. The data are unpacked from the page; recorded text is only ever set as text.
const at = (id) => document.getElementById(id);
const PAPER = 100;
const NOTHING = "not recorded";

const unpack = async (block) => {
  const packed = atob(at(block).textContent);
  const bytes = new Uint8Array(packed.length);
  for (let place = 0; place < packed.length; place++) bytes[place] = packed.charCodeAt(place);
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).json();
};

const make = (tag, text, name) => {
  const element = document.createElement(tag);
  if (text !== undefined) element.textContent = text;
  if (name) element.className = name;
  return element;
};

const dollars = (cents) =>
  cents === null ? "not known" : (cents < 0 ? "-$" : "$") + Math.round(Math.abs(cents) / 100).toLocaleString("en-US");

const start = (data) => {
  const { columns, count } = data;
  const text = (name, row) => columns[name][0][columns[name][1][row]];
  const anchors = new Set(JSON.parse(at("table").dataset.anchors || "[]"));
  const countries = JSON.parse(at("table").dataset.countries || "{}");
  const months = columns.export_on[0].map((day) => day.slice(0, 7));
  const place = (code) => (code ? (countries[code] ? `${countries[code]} (${code})` : code) : NOTHING);

  // what each filter compares: the shown name of every distinct value, and the column that numbers them
  const filters = {
    rule: ["rule_id", columns.rule_id[0]],
    destination: ["destination", columns.destination[0].map(place)],
    month: ["export_on", months],
    outcome: ["outcome", columns.outcome[0]],
    state: ["state", columns.state[0]],
  };
  for (const [name, [, shown]] of Object.entries(filters)) {
    const select = at(`filter-${name}`);
    select.append(new Option("all", ""));
    const names = [...new Set(shown)].sort();
    if (name === "month") names.reverse();
    for (const one of names) select.append(new Option(one, one));
  }

  let matched = [];
  const all = Uint32Array.from({ length: count }, (_, row) => row);
  const narrow = () => {
    const tests = [];
    for (const [name, [column, shown]] of Object.entries(filters)) {
      const wanted = at(`filter-${name}`).value;
      if (wanted) tests.push([columns[column][1], Uint8Array.from(shown, (one) => one === wanted)]);
    }
    const words = at("filter-consignee").value.toLowerCase().split(/\s+/).filter(Boolean);
    if (words.length) {
      const fits = (name) => words.every((word) => (name || NOTHING).toLowerCase().includes(word));
      tests.push([columns.consignee_name[1], Uint8Array.from(columns.consignee_name[0], fits)]);
    }
    matched = Array.from(all.filter((row) => tests.every(([numbers, fits]) => fits[numbers[row]])));
    const lines = new Set();
    let cents = 0;
    for (const row of matched) {
      if (!lines.has(columns.line[row])) cents += columns.cents[row] || 0;
      lines.add(columns.line[row]);
    }
    const noun = (number, word) => `${number.toLocaleString("en-US")} ${word}${number === 1 ? "" : "s"}`;
    at("matched").textContent =
      `${noun(matched.length, "finding")} of ${count.toLocaleString("en-US")}: ` +
      `${noun(lines.size, "record")}, worth ${dollars(cents)}.`;
  };

  // by which number a row is sorted, for each column that can be sorted
  const ranks = (name) => {
    const [values, numbers] = columns[name];
    const order = values.map((_, number) => number).sort((a, b) => (values[a] ?? "").localeCompare(values[b] ?? ""));
    const rank = new Uint32Array(values.length);
    order.forEach((number, position) => { rank[number] = position; });
    return (row) => rank[numbers[row]];
  };
  const keys = [null, "shipment_id", "rule_id", "outcome", "export_on", "destination", "eccn", "cents"];
  const made = {};
  const sort = (position, direction) => {
    const name = keys[position];
    made[name] ??= name === "cents" ? (row) => columns.cents[row] ?? -Infinity : ranks(name);
    const key = made[name];
    const sign = direction === "desc" ? -1 : 1;
    return [...matched].sort((a, b) => sign * (key(a) - key(b)) || a - b);
  };

  const two = (first, second) => {
    const cell = make("span");
    cell.append(make("bdi", first), make("small", second));
    return cell;
  };
  const ruleName = (row) => {
    const id = text("rule_id", row);
    if (!anchors.has(`rule-${id}`)) return make("code", id);
    const link = make("a");
    link.href = `./rulebook.html#rule-${encodeURIComponent(id)}`;
    link.append(make("code", id));
    return link;
  };
  const toldOutcome = (row) => {
    const cell = make("span");
    const mark = make("span", text("outcome", row), "mark");
    mark.classList.add(text("outcome", row) === "flagged" ? "flagged" : "undetermined");
    cell.append(mark, make("small", text("state", row)));
    return cell;
  };
  const opener = (row) => {
    const button = make("button", "+", "open");
    button.type = "button";
    button.setAttribute("aria-expanded", "false");
    button.setAttribute("aria-label", `Explanation of ${text("rule_id", row)} on shipment ${text("shipment_id", row)}, line ${columns.line_number[row] ?? NOTHING}`);
    return button;
  };
  const life = (row) => {
    const held = (name, absent = NOTHING) => {
      const value = text(name, row);
      return value === null ? "not known: no source has it" : value || absent;
    };
    const list = make("dl", undefined, "life");
    const say = (title, words, name) => {
      const [term, told] = [make("dt", title, name), make("dd", undefined, name)];
      told.append(make("bdi", words));
      list.append(term, told);
    };
    say("Because", held("because"));
    say("Authority", held("authority"));
    const missing = text("missing", row);
    if (missing) say("Missing, and would settle it", missing, "screen");
    say("What to do", held("remedy", "nothing is written for this rule"), "screen");
    say("Life", `First seen on ${held("first_seen_on")}; ${text("state", row)}` +
      (text("since", row) ? ` since ${text("since", row)}` : "") +
      (text("decision", row) ? `. Decided: ${text("decision", row)}` : ". Not decided by a person."));
    say("Recorded", [
      `source ${held("source")}`, `license code ${held("license_code")}`, `license number or symbol ${held("license_number")}`,
      `ITN ${held("itn")}`, `exemption ${held("eei_exemption")}`, `severity ${held("severity")}`,
    ].join("; ") + ".", "screen");
    return list;
  };

  const columnsShown = [
    { data: null, orderable: false, render: (row) => opener(row) },
    { data: null, render: (row) => two(text("shipment_id", row), `line ${columns.line_number[row] ?? NOTHING}`) },
    { data: null, render: (row) => ruleName(row) },
    { data: null, render: (row) => toldOutcome(row) },
    { data: null, className: "date", render: (row) => make("span", text("export_on", row)) },
    { data: null, render: (row) => two(place(text("destination", row)), text("consignee_name", row) || "consignee not recorded") },
    { data: null, render: (row) => two(text("eccn", row) || "no ECCN", text("description", row) || "") },
    { data: null, className: "n", render: (row) => make("span", dollars(columns.cents[row])) },
  ];
  columnsShown.forEach((one) => {
    const draw = one.render;
    one.render = (row, kind) => (kind === "display" ? draw(row[0]) : "");
  });
  at("table").tBodies[0].replaceChildren();
  narrow();
  const table = new DataTable("#table", {
    serverSide: true, // every row is here: this only says that we narrow down and sort, on numbers
    ajax: (asked, answer) => {
      const order = asked.order[0];
      const rows = order && keys[order.column] ? sort(order.column, order.dir) : matched;
      const shown = rows.slice(asked.start, asked.start + asked.length).map((row) => [row]);
      answer({ draw: asked.draw, recordsTotal: count, recordsFiltered: matched.length, data: shown });
    },
    columns: columnsShown,
    order: [],
    searching: false,
    autoWidth: false,
    pageLength: 25,
    lengthMenu: [25, 50, PAPER, 500],
    layout: { topStart: "pageLength", topEnd: "info", bottomStart: null, bottomEnd: "paging" },
    language: { info: "_START_ to _END_ of _TOTAL_", infoFiltered: "", infoEmpty: "none", lengthMenu: "_MENU_ a page", zeroRecords: "No finding fits." },
  });

  let opened = null; // what rows tell once opened is unpacked after the rest, once
  const load = () => {
    opened ??= unpack("packed-opened").then((more) => Object.assign(columns, more.columns));
    return opened;
  };
  const toggle = (button) => {
    const row = table.row(button.closest("tr"));
    const open = button.getAttribute("aria-expanded") !== "true";
    if (open) row.child(life(row.data()[0])).show();
    else row.child.hide();
    button.setAttribute("aria-expanded", String(open));
    button.textContent = open ? "–" : "+";
  };
  at("table").addEventListener("click", (event) => {
    const button = event.target.closest("button.open");
    if (button) columns.because ? toggle(button) : load().then(() => toggle(button));
  });
  const again = () => { narrow(); table.draw(); };
  at("filters").addEventListener("input", again);
  at("filters").addEventListener("reset", () => setTimeout(again));
  at("filters").addEventListener("submit", (event) => event.preventDefault());
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a.show");
    if (!link) return;
    at("filters").reset();
    at("filter-rule").value = link.dataset.rule;
    again();
  });

  // on paper: the first rows that are chosen, each with its reason
  let shownBefore = null;
  window.addEventListener("beforeprint", () => {
    shownBefore = [table.page.len(), table.page()];
    table.page.len(PAPER).draw();
    if (!columns.because) return; // printed within the first moment: rows without their reasons
    for (const button of document.querySelectorAll("#table button.open[aria-expanded=false]")) toggle(button);
  });
  window.addEventListener("afterprint", () => {
    if (shownBefore) table.page.len(shownBefore[0]).page(shownBefore[1]).draw("page");
    shownBefore = null;
  });
  at("filters").hidden = false;
  at("matched").hidden = false;
  at("static-note").hidden = true;
  document.documentElement.dataset.ready = String(Math.round(performance.now()));
  setTimeout(load, 50);
};

if (at("table")) unpack("packed").then(start);
