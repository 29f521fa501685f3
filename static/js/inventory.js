/* The activity grid: choosing a factor in a dialog, and writing the server's results into the rows.
   Without this file the row shows plain boxes for the factor, and the page is computed by its button. */
(function () {
  "use strict";
  var page = document, form = page.getElementById("inventory"), dialog = page.getElementById("factor-dialog");
  if (!form || !dialog || !dialog.showModal) return;
  var row = null, leg = null;  // what a factor is chosen for: a row, or the box of one of its legs

  /* What only serves browsers without this file is put away; the boxes stay in the form and are still sent. */
  function dress(within) {
    (within.matches && within.matches("[data-row]") ? [within] : within.querySelectorAll("[data-row]")).forEach(fold);
    within.querySelectorAll("[data-plain]").forEach(function (plain) { plain.hidden = true; });
    within.querySelectorAll("[data-prove],[data-pick]").forEach(function (button) {
      button.hidden = false;
      button.setAttribute("aria-haspopup", "dialog");
    });
    within.querySelectorAll("[data-pick]").forEach(function (button) {
      button.closest("[data-row]").querySelectorAll(".err[id$='_code-e'],.err[id*='-own_']").forEach(function (error) {
        button.setAttribute("aria-describedby", error.id);
        button.setAttribute("aria-invalid", "true");
      });
    });
  }
  /* What a row says while it is closed is what stands in its boxes; how it is said stands once in the page. */
  function fold(line) {
    var blank = page.getElementById("fold-template");
    if (!blank || !line.querySelector("[data-remove-row]") || line.querySelector("[data-fold]")) return;
    var made = blank.content.cloneNode(true), texts = { amount: amountOf(line) };
    texts.called = (line.querySelector("[name$='-name']") || {}).value;
    texts.kind = chosen(line.querySelector("[name$='-kind']"));
    ["result", "share"].forEach(function (place) {
      texts[place] = (line.querySelector("[data-" + place + "]") || {}).textContent;
    });
    Object.keys(texts).forEach(function (place) {
      if (texts[place]) made.querySelector("[data-" + place + "]").textContent = texts[place];
    });
    made.querySelectorAll("[data-proved]").forEach(function (pill) {
      if (pill.dataset.proved !== (line.dataset.bare || "")) pill.remove();
    });
    line.prepend(made);
  }
  function chosen(select) {
    return select && select.selectedIndex > -1 ? select.options[select.selectedIndex].text : "";
  }
  function amountOf(line) {
    var amount = (line.querySelector("[data-sum]") || line.querySelector("[name$='-quantity']") || {}).value;
    return amount ? amount + " " + chosen(line.querySelector("[name$='-unit']")) : "—";
  }
  dress(page);
  page.querySelectorAll("[data-without-js]").forEach(function (button) { button.hidden = true; });
  new MutationObserver(function (changes) {
    changes.forEach(function (change) {
      change.addedNodes.forEach(function (node) { if (node.querySelectorAll) dress(node); });
    });
  }).observe(form, { childList: true, subtree: true });

  /* Cells of a spreadsheet are read by the server, as a file is: they go into its box, with the stage of the row. */
  form.addEventListener("paste", function (event) {
    var line = event.target.closest("[data-row]"), fold = page.getElementById("paste");
    var text = event.clipboardData ? event.clipboardData.getData("text/plain") : "";
    if (!line || !fold || !/\t|\n./.test(text)) return;
    event.preventDefault();
    fold.open = true;
    form.elements.pasted.value = text;
    form.elements.pasted_stage.value = line.querySelector("[name$='-stage']").value;
    fold.querySelector("button").focus();
  });

  function prefix() { return row.querySelector("[name$='-stage']").name.replace(/stage$/, ""); }
  function box(column) {
    var name = prefix() + column, found = form.elements[name];
    if (found) return found;
    found = page.createElement("input");
    found.type = "hidden";
    found.name = name;
    row.querySelector("[data-plain]").append(found);
    return found;
  }

  page.addEventListener("click", function (event) {
    var pick = event.target.closest("[data-pick]");
    if (pick) open(pick.closest("[data-row]"));
    if (event.target.closest("[data-close]")) event.target.closest("dialog").close();
    var prove = event.target.closest("[data-prove]");
    if (prove) askProofs(prove);
    if (event.target.closest("[data-proved]")) takeProofs();
    var found = event.target.closest("#factor-found [data-code]");
    if (found && leg) takeForLeg(found);
    else if (found) choose("library", { factor_code: found.dataset.code }, found.dataset.text, found.dataset.source, found.dataset.units);
    var pickCode = event.target.closest("[data-pick-code]");
    if (pickCode) searchFor(page.getElementById(pickCode.dataset.pickCode));
    var use = event.target.closest("#factor-dialog [data-use]");
    if (use) useOwn(use.closest("[data-kind]"));
  });

  /* The library is looked through for one box of a leg, by the work that transport is counted in. */
  function searchFor(code) {
    leg = code;
    look(code.labels[0].textContent.trim(), "t·km");
  }
  function takeForLeg(found) {
    leg.value = found.dataset.code;
    leg.parentNode.querySelector("[data-picked]").textContent = found.dataset.text + " · " + found.dataset.source;
    leg.focus();
    ask(box("name").value, box("unit").value);
    leg = null;
  }
  function ask(name, unit) {
    var search = dialog.querySelector("[data-search]");
    dialog.querySelector("[data-for]").textContent = name;
    dialog.querySelector("[data-unit]").textContent = spelt[unit] || unit;
    search.elements.unit.value = unit;
    search.elements.q.value = "";
    return search;
  }
  function look(name, unit) {
    var search = ask(name, unit);
    search.elements.q.focus();
    search.dispatchEvent(new Event("look"));
  }

  function open(next) {
    row = next;
    leg = null;
    dialog.querySelector("[data-search]").elements.stage.value = box("stage").value;
    dialog.querySelectorAll("[data-picked]").forEach(function (said) { said.textContent = ""; });
    dialog.querySelectorAll("[data-column]").forEach(function (field) {
      var typed = form.elements[prefix() + field.dataset.column];
      if (field.tagName === "SELECT" && !(typed && typed.value)) field.selectedIndex = 0;
      else field.value = typed ? typed.value : "";
    });
    dialog.querySelectorAll("details.facet").forEach(function (facet) {
      facet.open = !!facet.querySelector("[data-kind='" + box("kind").value + "']");
    });
    dialog.showModal();
    look(box("name").value, box("unit").value);
  }

  /* The files that prove a row, or one of its months: their digests in a hidden box, their names beside it. */
  var proofs = page.getElementById("proofs-dialog"), proving = null;
  function proved() { return box(proving.dataset.prove || "evidence_digest"); }
  function askProofs(button) {
    row = button.closest("[data-row]");
    proving = button;
    var held = proved().value.split(" "), month = button.dataset.month;
    proofs.querySelector("[data-for]").textContent = box("name").value + (month ? " " + month : "");
    proofs.querySelectorAll("input").forEach(function (file) { file.checked = held.indexOf(file.value) >= 0; });
    proofs.showModal();
  }
  function takeProofs() {
    var held = [], names = [];
    proofs.querySelectorAll("input:checked").forEach(function (file) {
      held.push(file.value);
      names.push(file.closest("label").textContent.trim());
    });
    proved().value = held.join(" ");
    proving.parentElement.querySelector("[data-proofs]").textContent = names.join("，");
    proofs.close();
    proving.focus();
    proved().dispatchEvent(new Event("input", { bubbles: true }));
  }

  function useOwn(group) {
    var columns = {}, texts = [];
    group.querySelectorAll("[data-column]").forEach(function (field) {
      columns[field.dataset.column] = field.value;
      if (field.value && !field.dataset.column.endsWith("-unit")) texts.push(field.value + unitOf(group, field));
    });
    if (group.dataset.kind === "own") choose("own", columns, columns.own_value + " " + columns.own_unit, columns.own_source);
    else if (!texts.length) choose(group.dataset.kind, columns, form.dataset.choose, "");
    else choose(group.dataset.kind, columns, group.parentNode.querySelector("summary").textContent, texts.join(" · "));
  }

  function unitOf(group, field) {
    var unit = group.querySelector("[data-column='" + field.dataset.column + "-unit']");
    return unit ? " " + unit.selectedOptions[0].textContent : "";
  }

  /* A record that multiplies with a factor stays what it is when one is chosen for it. */
  function kindWith(chosen) {
    var now = box("kind").value, factor = chosen === "library" || chosen === "own";
    return factor && dialog.querySelector("[data-kind='" + now + "'][data-takes-factor]") ? now : chosen;
  }

  function choose(kind, columns, text, source, units) {
    box("kind").value = Object.keys(columns).length ? kindWith(kind) : kind;
    if ("factor_code" in columns) columns = Object.assign({ own_value: "", own_unit: "", own_source: "" }, columns);
    if (columns.own_value) columns = Object.assign({ factor_code: "" }, columns);
    Object.keys(columns).forEach(function (column) { box(column).value = columns[column]; });
    var pick = row.querySelector("[data-pick]"), small = page.createElement("small");
    small.textContent = source;
    pick.replaceChildren(text, small);
    if (units) offer(box("unit"), units.split(" "));
    dialog.close();
    pick.focus();
    box("unit").dispatchEvent(new Event("change", { bubbles: true }));
  }

  /* How the page spells each unit, in its language. */
  var spelt = {}, blank = page.getElementById("row-template");
  if (blank) blank.content.querySelectorAll("select[name$=-unit] option").forEach(function (option) {
    spelt[option.value] = option.textContent;
  });

  /* Only units the factor can be multiplied with; one that was chosen and does not fit stays, for its reader to mend. */
  function offer(select, units) {
    var chosen = select.value, all = chosen && units.indexOf(chosen) < 0 ? units.concat(chosen) : units;
    select.replaceChildren.apply(select, all.map(function (unit) {
      var option = page.createElement("option");
      option.value = unit;
      option.textContent = spelt[unit] || unit;
      option.selected = unit === (chosen || units[0]);
      return option;
    }));
  }

  function write(line, which, text) {
    line.querySelectorAll(which).forEach(function (place) { place.textContent = text; });
  }

  /* What is doubted in a row: one line whose place is kept, so that no row moves when a sum arrives, and all of
     it once that is opened. */
  function doubt(fold, notes) {
    if (!fold) return;
    var line = fold.querySelector("summary"), told = [];
    fold.querySelectorAll("[data-note]").forEach(function (note) { note.remove(); });
    if (notes.length) {
      var mark = notes[0].querySelector("svg"), text = page.createElement("span");
      text.textContent = notes[0].dataset.note;
      told = [mark ? mark.cloneNode(true) : "", " ", text];
    }
    if (notes.length > 1) {
      var more = page.createElement("b");
      more.textContent = " +" + (notes.length - 1);
      told.push(more);
    }
    line.replaceChildren.apply(line, told);
    fold.append.apply(fold, notes);
  }

  /* On a phone a row is one line until it is opened, one at a time. */
  var narrow = window.matchMedia("(max-width: 63.99em)");
  function shut(line, closed) {
    line.toggleAttribute("data-folded", closed);
    line.querySelector("[data-fold]").setAttribute("aria-expanded", closed ? "false" : "true");
  }
  function unfold(line) {
    lines().forEach(function (other) { if (other !== line && !other.classList.contains("bad")) shut(other, true); });
    shut(line, false);
  }
  function lines() { return Array.from(form.querySelectorAll("[data-row]")).filter(function (line) { return line.querySelector("[data-fold]"); }); }
  function foldAll() {
    lines().forEach(function (line) {
      shut(line, narrow.matches && !line.classList.contains("bad") && !line.querySelector("[autofocus]"));
    });
  }
  foldAll();
  narrow.addEventListener("change", foldAll);
  page.addEventListener("click", function (event) {
    var fold = event.target.closest("[data-fold]"), link = event.target.closest("a[href^='#rows-']");
    if (fold) {
      var line = fold.closest("[data-row]");
      if (line.hasAttribute("data-folded")) unfold(line);
      else shut(line, true);
    }
    if (link) reveal(link.hash);
  });
  function reveal(hash) {
    var there = hash && page.getElementById(hash.slice(1)), line = there && there.closest("[data-row]");
    if (!line || !line.querySelector("[data-fold]")) return;
    show("all");
    if (narrow.matches) unfold(line);
  }
  form.addEventListener("input", function (event) {
    var line = event.target.closest("[data-row]"), name = event.target.name || "";
    if (!line) return;
    if (/-name$/.test(name)) write(line, "[data-called]", event.target.value);
    if (/^rows-\d+-(quantity|unit)$/.test(name)) write(line, "[data-amount]", amountOf(line));
  });

  /* Which rows are shown: all, those that are doubted, those without a file, those that weigh. */
  var filters = page.getElementById("row-filters"), LARGE = 0.01;
  var asked = {
    all: function () { return true; },
    doubted: function (line) { return line.matches(".flag, .bad"); },
    bare: function (line) { return line.hasAttribute("data-bare"); },
    large: function (line) { return Math.abs(Number(line.dataset.part)) > LARGE; }
  };
  function show(which) {
    if (!filters) return;
    filters.querySelectorAll("button").forEach(function (button) {
      button.setAttribute("aria-pressed", button.value === which ? "true" : "false");
    });
    form.querySelectorAll("[data-row]").forEach(function (line) { line.hidden = !asked[which](line); });
  }
  function count() {
    if (!filters) return;
    var every = Array.from(form.querySelectorAll("[data-row]"));
    filters.querySelectorAll("button").forEach(function (button) {
      button.querySelector("[data-count]").textContent = every.filter(asked[button.value]).length;
    });
  }
  if (filters) {
    filters.hidden = false;
    filters.addEventListener("click", function (event) {
      var button = event.target.closest("button");
      if (button) show(button.value);
    });
  }
  reveal(window.location.hash);

  /* What each row comes to, as the panel has it. */
  function weigh(results) {
    form.querySelectorAll("[data-row]").forEach(function (line, place) {
      line.dataset.part = results[place] && results[place].dataset.part || "";
    });
    count();
  }
  weigh(page.querySelectorAll("[data-results] li"));

  page.addEventListener("htmx:afterSwap", function (event) {
    if (event.target.id !== "reckoned") return;
    var results = event.target.querySelectorAll("[data-results] li");
    form.querySelectorAll("[data-row]").forEach(function (line, place) {
      var found = results[place];
      write(line, "[data-result]", found ? found.dataset.value : "—");
      write(line, "[data-share]", found ? found.dataset.share : "");
      var sum = line.querySelector("[data-sum]");
      if (sum && found && found.dataset.sum) sum.value = found.dataset.sum;
      line.classList.toggle("flag", !!found && found.children.length > 0 && !line.classList.contains("bad"));
      doubt(line.querySelector("[data-doubts]"), found ? Array.from(found.children) : []);
    });
    weigh(results);
    form.querySelectorAll("[data-stage-total]").forEach(function (sum) { sum.textContent = ""; });
    event.target.querySelectorAll("[data-stages] li").forEach(function (stage) {
      form.querySelector("[data-stage-total='" + stage.dataset.stage + "']").textContent = stage.dataset.value;
    });
  });
})();
