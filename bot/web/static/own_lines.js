/* The person's own lines, kept in this browser; the server keeps no copy of what was typed. */
(function (root) {
  'use strict';
  var Wengong = root.Wengong = root.Wengong || {};
  var MOST_KEPT = 50;

  function randomId() {
    var source = root.crypto || root.msCrypto;
    var marks = '';
    var bytes;
    var i;
    if (source && source.getRandomValues && root.Uint8Array) {
      bytes = new Uint8Array(16);
      source.getRandomValues(bytes);
    } else {
      bytes = [];
      for (i = 0; i < 16; i += 1) { bytes.push(Math.floor(Math.random() * 256)); }
    }
    for (i = 0; i < 16; i += 1) { marks += ('0' + bytes[i].toString(16)).slice(-2); }
    return marks;
  }

  /* A line: {id, text, button, sequence, to, choice, at, state, note}. `to` is the message whose
     option was pressed and `choice` that option's data; `at` is business time in milliseconds. */
  function OwnLines(base, thread) {
    var kept;
    this.key = 'wengong:' + base;
    this.thread = thread;
    this.lines = [];
    this.last = 0;
    try {
      kept = JSON.parse(root.localStorage.getItem(this.key));
    } catch (unreadable) {
      kept = null;
    }
    if (kept && kept.thread === thread && kept.lines instanceof Array) {
      this.lines = kept.lines;
      this.last = Number(kept.last) || 0;
    }
  }

  /* answered: {id, choice} of the message whose option this is, or null. */
  OwnLines.prototype.create = function (text, button, at, answered) {
    var line;
    /* The phone's clock may run backwards; the order of lines may not. */
    this.last = Math.max(this.last + 1, new Date().getTime());
    line = {
      id: randomId(), text: text, button: button, sequence: this.last,
      to: answered ? answered.id : null, choice: answered ? answered.choice : null,
      at: at, state: 'sending', note: ''
    };
    this.lines.push(line);
    while (this.lines.length > MOST_KEPT) { this.lines.shift(); }
    this.save();
    return line;
  };

  OwnLines.prototype.save = function () {
    var mine = { thread: this.thread, last: this.last, lines: this.lines };
    try {
      root.localStorage.setItem(this.key, JSON.stringify(mine));
    } catch (full) {
      /* Without storage the page still works; its own lines are gone after a reload. */
    }
  };

  /* What another tab of this chat said: adds its lines, returns those that are new or changed. */
  OwnLines.prototype.adopt = function (stored) {
    var kept = null;
    var changed = [];
    var own = this;
    try { kept = JSON.parse(stored); } catch (unreadable) { kept = null; }
    if (!kept || kept.thread !== this.thread || !(kept.lines instanceof Array)) { return changed; }
    this.last = Math.max(this.last, Number(kept.last) || 0);
    kept.lines.forEach(function (line) {
      var known = own.lines.filter(function (one) { return one.id === line.id; })[0];
      if (!known) {
        own.lines.push(line);
        changed.push(line);
      } else if (known.state !== 'sent' && line.state === 'sent') {
        known.state = line.state;
        known.note = line.note;
        known.at = line.at;
        changed.push(known);
      }
    });
    return changed;
  };

  OwnLines.prototype.erase = function (until) {
    var left = [];
    var i;
    for (i = 0; i < this.lines.length; i += 1) {
      if (this.lines[i].at > until) { left.push(this.lines[i]); }
    }
    this.lines = left;
    this.save();
  };

  Wengong.OwnLines = OwnLines;
}(window));
