/* Only shortens the way: every page works without this file.  What is said comes from the page, in its language. */
(function () {
  "use strict";
  var page = document, root = page.documentElement;
  root.dataset.js = "on";

  function say(text) {
    var live = page.getElementById("live");
    if (!live || !text) return;
    live.textContent = "";
    setTimeout(function () { live.textContent = text; }, 30);
  }

  function keep(name, value) {
    var life = value ? 31536000 : 0;
    page.cookie = name + "=" + value + ";path=/;max-age=" + life + ";samesite=lax";
  }

  /* The switches of the header: how the page looks is told to the server by a cookie. */
  function isDark() {
    return root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  }
  function switchTheme(button) {
    var theme = isDark() ? "light" : "dark";
    root.dataset.theme = theme;
    keep("theme", theme);
    say(button.dataset[theme === "dark" ? "saidDark" : "saidLight"]);
  }
  function switchText(button) {
    var large = root.dataset.text !== "large";
    if (large) root.dataset.text = "large"; else delete root.dataset.text;
    keep("text", large ? "large" : "");
    button.setAttribute("aria-pressed", large);
    say(button.dataset[large ? "saidOn" : "saidOff"]);
  }
  function switchKeys(button) {
    var off = page.body.dataset.keys === "on";
    if (off) delete page.body.dataset.keys; else page.body.dataset.keys = "on";
    keep("keys", off ? "off" : "");
    button.setAttribute("aria-pressed", off);
    say(button.dataset[off ? "saidOff" : "saidOn"]);
  }

  function copy(button) {
    var done = function () { say(button.dataset.said); };
    if (navigator.clipboard) { navigator.clipboard.writeText(button.dataset.copy).then(done); return; }
    var box = page.createElement("textarea");
    box.value = button.dataset.copy;
    page.body.append(box);
    box.select();
    page.execCommand("copy");
    box.remove();
    button.focus();
    done();
  }

  /* Rows of a grid.  A template's __N__ becomes the next number, as the server would have named it. */
  function nextNumber(form, prefix) {
    var pattern = new RegExp("^" + prefix + "-(\\d+)-"), next = 0;
    form.querySelectorAll("[name^='" + prefix + "-']").forEach(function (field) {
      var found = pattern.exec(field.name);
      if (found) next = Math.max(next, Number(found[1]) + 1);
    });
    return next;
  }
  function addRow(button) {
    var template = page.getElementById(button.dataset.addRow), box = button.closest("[data-rows]");
    if (!template || !box) return false;
    var number = nextNumber(button.form, template.dataset.prefix || "rows");
    var holder = page.createElement("div");
    holder.innerHTML = template.innerHTML.replace(/__N__/g, number);
    var row = holder.querySelector("[data-row]"), stage = row.querySelector("[name$='-stage']");
    if (stage && box.dataset.stage) stage.value = box.dataset.stage;
    box.insertBefore(row, button.closest("[data-add]"));
    row.querySelector("input:not([type=hidden]),select").focus();
    say(button.dataset.said);
    return true;
  }
  function removeRow(button) {
    var row = button.closest("[data-row]");
    if (!row) return false;
    var form = button.form, said = button.closest("[data-rows]").dataset.saidRemoved, beside = row.previousElementSibling || row.nextElementSibling;
    var target = beside && beside.querySelector("input:not([type=hidden]),button,select,a");
    row.remove();
    if (target) target.focus();
    say(said);
    if (form) form.dispatchEvent(new Event("input", { bubbles: true }));
    return true;
  }

  var MENU = "details.menu[open], details.bar-g[open]";
  var deeds = [
    ["[data-theme-toggle]", switchTheme], ["[data-text-toggle]", switchText], ["[data-keys-toggle]", switchKeys],
    ["[data-copy]", copy], ["[data-print]", function () { print(); }],
    ["[data-add-row]", addRow], ["[data-remove-row]", removeRow]
  ];
  page.addEventListener("click", function (event) {
    deeds.forEach(function (deed) {
      var button = event.target.closest && event.target.closest(deed[0]);
      if (button && deed[1](button) !== false && button.type === "submit") event.preventDefault();
    });
    var menu = page.querySelector(MENU);
    if (menu && !menu.contains(event.target)) menu.open = false;
  });

  page.addEventListener("keydown", function (event) {
    var menu = page.querySelector(MENU);
    if (event.key === "Escape" && menu) { menu.open = false; menu.querySelector("summary").focus(); }
    if (event.ctrlKey || event.metaKey || event.altKey || page.body.dataset.keys !== "on") return;
    var at = page.activeElement, typing = at && (/^(INPUT|TEXTAREA|SELECT)$/.test(at.tagName) || at.isContentEditable);
    var search = page.querySelector("input[type=search]");
    if (event.key === "/" && !typing && search) { event.preventDefault(); search.focus(); }
  });

  /* Files: dropped onto the field, and how far they are. */
  page.addEventListener("dragover", function (event) {
    if (event.target.closest && event.target.closest("[data-drop]")) event.preventDefault();
  });
  page.addEventListener("drop", function (event) {
    var box = event.target.closest && event.target.closest("[data-drop]"), field = box && box.querySelector("input[type=file]");
    if (!field) return;
    event.preventDefault();
    field.files = event.dataTransfer.files;
    field.dispatchEvent(new Event("change", { bubbles: true }));
  });
  page.addEventListener("htmx:xhr:progress", function (event) {
    var bar = event.target.querySelector && event.target.querySelector("[data-drop] progress");
    if (!bar || !event.detail.lengthComputable) return;
    bar.hidden = false;
    bar.value = Math.round(event.detail.loaded / event.detail.total * 100);
  });
  page.addEventListener("htmx:responseError", function () { say(page.body.dataset.saidError); });
  page.addEventListener("htmx:sendError", function () { say(page.body.dataset.saidOffline); });

  /* A second press of the same button waits for the answer to the first; the server does it once anyhow. */
  var PATIENCE = 10000;
  function busy(form, on) {
    if (on) form.dataset.sent = "on"; else delete form.dataset.sent;
    form.querySelectorAll("button[type=submit]").forEach(function (button) {
      if (on) button.setAttribute("aria-busy", "true"); else button.removeAttribute("aria-busy");
    });
  }
  page.addEventListener("submit", function (event) {
    var form = event.target;
    if (event.defaultPrevented || form.getAttribute("method") !== "post") return;
    if (form.dataset.sent) { event.preventDefault(); return; }
    busy(form, true);
    setTimeout(busy, PATIENCE, form, false);
  });
  addEventListener("pageshow", function () { page.querySelectorAll("form[data-sent]").forEach(function (form) { busy(form, false); }); });

  /* After sign-out a page that Back brings up shows nothing of whoever was signed in. */
  addEventListener("pageshow", function () {
    var seat = page.body.dataset.seat;
    if (!seat || page.cookie.split("; ").indexOf("seat=" + seat) >= 0) return;
    root.hidden = true;
    location.reload();
  });

  /* What is asked only under a condition is shown while it holds, and while something is typed in it. */
  function holds(match, box) {
    var ends = "[name$='parameters-" + match.slug + "']", line = box.closest("[role='group']") || box.closest("form");
    var near = line.querySelectorAll(ends), asked = near.length ? near : box.closest("form").querySelectorAll(ends);
    return [].some.call(asked, function (field) {
      var text = field.value.trim(), number = parseFloat(text);
      if (match.words.length) return match.words.indexOf(text) >= 0;
      return (match.least === null || number >= match.least) && (match.below === null || number < match.below);
    });
  }
  function showAsked() {
    page.querySelectorAll("[data-when]").forEach(function (box) {
      var field = box.querySelector("input, select"), said = field.value.trim() || box.querySelector(".err");
      box.hidden = !said && field !== page.activeElement && !JSON.parse(box.dataset.when).every(function (match) { return holds(match, box); });
    });
  }
  page.addEventListener("change", showAsked);
  showAsked();

  /* A form that came back takes its reader to what is wrong. */
  function focusErrors(within) {
    var summary = within.querySelector("[data-focus]");
    if (summary) summary.focus();
  }
  page.addEventListener("htmx:afterSwap", function (event) { focusErrors(event.target); });
  focusErrors(page);
})();
