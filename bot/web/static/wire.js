/* Requests: one line at a time goes out, answers come by long polling. */
(function (root) {
  'use strict';
  var Wengong = root.Wengong = root.Wengong || {};
  var WAIT_SECONDS = 25;
  var POLL_TIMEOUT = 40000;
  var SEND_TIMEOUT = 20000;
  var BACK_OFF = [1000, 2000, 4000, 8000, 15000, 30000];
  var EMPTY_PAUSE = 2000;
  var SECOND_TRY_AFTER = 2000;

  function ask(method, url, body, timeout, done) {
    var request = new XMLHttpRequest();
    var finished = false;
    function finish(status) {
      var answer = null;
      if (finished) { return; }
      finished = true;
      try { answer = JSON.parse(request.responseText); } catch (unreadable) { answer = null; }
      done(status, answer, Number(status && request.getResponseHeader('Retry-After')) || 0);
    }
    request.open(method, url, true);
    request.timeout = timeout;
    request.onload = function () { finish(request.status); };
    request.onerror = function () { finish(0); };
    request.ontimeout = function () { finish(0); };
    if (body !== null) { request.setRequestHeader('Content-Type', 'application/json'); }
    request.send(body);
    return { drop: function () { finished = true; request.abort(); } };
  }

  /* on.messages(list, now), on.caughtUp(), on.lost(message), on.back(), on.gone(message) */
  function Poll(base, on) {
    this.base = base;
    this.on = on;
    this.cursor = 0;
    this.failures = 0;
    this.caughtUp = false;
    this.timer = null;
    this.open = null;
    this.startedAt = 0;
    this.ended = false;
  }

  Poll.prototype.start = function () {
    var self = this;
    var wait = this.caughtUp && !this.failures ? WAIT_SECONDS : 0;
    this.timer = null;
    if (this.ended) { return; }
    this.startedAt = new Date().getTime();
    this.open = ask(
      'GET', this.base + '/messages?after=' + this.cursor + '&wait=' + wait, null, POLL_TIMEOUT,
      function (status, answer) { self.open = null; self.take(status, answer, wait); }
    );
  };

  Poll.prototype.take = function (status, answer, wait) {
    var pause = 0;
    if (status === 200 && answer && answer.messages) {
      if (this.failures) { this.failures = 0; this.on.back(); }
      this.cursor = answer.cursor;
      this.on.messages(answer.messages, answer.now);
      if (!answer.messages.length) {
        if (!this.caughtUp) { this.caughtUp = true; this.on.caughtUp(); }
        /* A server that answers at once with nothing must not be asked in a tight loop. */
        if (wait && new Date().getTime() - this.startedAt < 1000) { pause = EMPTY_PAUSE; }
      }
      this.later(pause);
    } else if (status === 401 || status === 403) {
      this.ended = true;
      this.on.gone(answer && answer.error ? answer.error.message : '');
    } else {
      this.failures += 1;
      this.on.lost(answer && answer.error ? answer.error.message : '');
      pause = BACK_OFF[Math.min(this.failures, BACK_OFF.length) - 1];
      this.later(pause * (0.75 + Math.random() / 2));
    }
  };

  Poll.prototype.later = function (pause) {
    var self = this;
    this.timer = root.setTimeout(function () { self.start(); }, pause);
  };

  /* The phone woke up or is online again: do not sit out the pause or a dead connection. */
  Poll.prototype.now = function () {
    if (this.open && new Date().getTime() - this.startedAt > (WAIT_SECONDS + 5) * 1000) {
      this.open.drop();
      this.open = null;
    }
    if (this.open || this.ended) { return; }
    if (this.timer) { root.clearTimeout(this.timer); }
    this.start();
  };

  /* on.sent(line, at), on.failed(line, message), on.waiting(line, message), on.refused(line, message),
     on.gone(message) */
  function Sender(base, on) {
    this.base = base;
    this.on = on;
    this.queue = [];
    this.busy = false;
  }

  Sender.prototype.send = function (line) {
    var i;
    for (i = 0; i < this.queue.length; i += 1) {
      if (this.queue[i].id === line.id) { return; }
    }
    line.tries = 0;
    this.queue.push(line);
    this.next();
  };

  Sender.prototype.next = function () {
    var self = this;
    var line = this.queue[0];
    if (this.busy || !line) { return; }
    this.busy = true;
    line.tries += 1;
    ask(
      'POST', this.base + '/messages', Sender.body(line), SEND_TIMEOUT,
      function (status, answer, retryAfter) { self.take(line, status, answer, retryAfter); }
    );
  };

  Sender.body = function (line) {
    return JSON.stringify({
      id: line.id, text: line.text, button: line.button, sequence: line.sequence
    });
  };

  Sender.prototype.take = function (line, status, answer, retryAfter) {
    var message = answer && answer.error ? answer.error.message : '';
    if (status === 202) {
      this.on.sent(line, answer ? Date.parse(answer.at) : 0);
      this.advance();
    } else if (status === 429) {
      this.on.waiting(line, message);
      this.pause(Math.max(1, retryAfter) * 1000);
    } else if (status === 401 || (status === 403 && answer && answer.error.code === 'link_needed')) {
      this.on.failed(line, message);
      this.on.gone(message);
      this.advance();
    } else if (status >= 400 && status < 500) {
      this.on.refused(line, message);
      this.advance();
    } else if (line.tries < 2) {
      this.pause(SECOND_TRY_AFTER);
    } else {
      this.on.failed(line, message);
      this.advance();
    }
  };

  Sender.prototype.advance = function () {
    this.queue.shift();
    this.busy = false;
    this.next();
  };

  Sender.prototype.pause = function (milliseconds) {
    var self = this;
    root.setTimeout(function () { self.busy = false; self.next(); }, milliseconds);
  };

  Wengong.Poll = Poll;
  Wengong.Sender = Sender;
}(window));
