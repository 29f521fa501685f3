/* Keeps a form while it is typed.  What is said comes from the page, in its language; without this file
   the page's own button keeps the form. */
(function () {
  "use strict";
  var page = document, AFTER = 2000, AT_MOST = 10000, LEAVING = 60000;

  function keeper(box) {
    var form = box.closest("form"), said = box.querySelector("[data-saved]"), out = box.querySelector("[data-signed-out]");
    var timer = null, since = 0, sending = false, again = false, left = false;
    box.querySelector("[data-keep]").hidden = true;

    function tell(text, failed) {
      out.hidden = true;
      said.hidden = false;
      said.classList.toggle("c-warn", Boolean(failed));
      said.querySelector("span").textContent = text;
    }

    function typed() {
      var body = new URLSearchParams();
      new FormData(form).forEach(function (value, name) {
        if (typeof value === "string") body.append(name, value);
      });
      return body;
    }

    /* A sign-in that ended and began anew in another window brings new tokens. */
    function renewed() {
      return fetch(box.dataset.token, { headers: { Accept: "application/json" } }).then(function (answer) {
        if (!answer.ok) throw answer;
        return answer.json();
      }).then(function (found) {
        page.querySelectorAll("input[name=csrf_token]").forEach(function (field) { field.value = found.csrf_token; });
      });
    }

    function post(leaving) {
      return fetch(box.dataset.autosave, {
        method: "POST", body: typed(), headers: { Accept: "application/json" }, keepalive: leaving === true && typed().toString().length < LEAVING
      });
    }

    function save(leaving) {
      clearTimeout(timer);
      timer = null;
      if (sending) { again = true; return; }
      sending = true;
      since = 0;
      (out.hidden ? post(leaving) : renewed().then(post)).then(function (answer) {
        return answer.status === 400 ? renewed().then(post) : answer;
      }).then(function (answer) {
        if (!answer.ok) throw answer;
        return answer.json();
      }).then(function (kept) {
        tell(box.dataset.saidSaved.replace("__TIME__", kept.saved_at));
      }).catch(function (answer) {
        if (answer && answer.status === 401) { said.hidden = true; out.hidden = false; return; }
        tell(answer && answer.status ? box.dataset.saidFailed : box.dataset.saidOffline, true);
      }).finally(function () {
        sending = false;
        if (again) { again = false; later(); }
      });
    }

    function later() {
      since = since || Date.now();
      clearTimeout(timer);
      timer = setTimeout(save, Math.max(0, Math.min(AFTER, since + AT_MOST - Date.now())));
    }

    form.addEventListener("input", later);
    form.addEventListener("change", later);
    form.addEventListener("submit", function () { clearTimeout(timer); timer = null; again = false; left = true; });
    page.addEventListener("visibilitychange", function () {
      if (page.visibilityState === "hidden" && timer) save(true);
    });
    /* What a browser sends behind a page that goes is bounded; a longer form is saved while its reader is asked. */
    addEventListener("beforeunload", function (event) {
      if (left || !(timer || sending) || typed().toString().length < LEAVING) return;
      if (timer) save();
      event.preventDefault();
    });
  }

  page.querySelectorAll("[data-autosave]").forEach(keeper);
})();
