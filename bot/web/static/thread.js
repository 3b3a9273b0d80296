/* The conversation as one list in order of time: what the bot said and what the person said. */
(function (root) {
  'use strict';
  var Wengong = root.Wengong = root.Wengong || {};
  var bubbles = Wengong.bubbles;
  var DAY = 86400000;
  var NEAR_BOTTOM = 70;
  var SAME_ANSWER = 3000;
  var FIRST_OPTION = 30;

  /* parts: {lines, scroll, newest}; tools as for bubbles, plus now() in milliseconds. */
  function Thread(parts, tools) {
    var self = this;
    this.parts = parts;
    this.tools = tools;
    this.items = [];
    this.byId = {};
    this.follows = true;
    this.drawnDay = '';
    tools.onPicture = function () { self.keepPlace(); };
    parts.newest.addEventListener('click', function () { self.toBottom(); });
    parts.scroll.addEventListener('scroll', function () {
      self.follows = self.isAtBottom();
      if (self.follows) { parts.newest.hidden = true; }
    });
  }

  Thread.prototype.isAtBottom = function () {
    var box = this.parts.scroll;
    return box.scrollHeight - box.scrollTop - box.clientHeight < NEAR_BOTTOM;
  };

  Thread.prototype.toBottom = function () {
    this.parts.scroll.scrollTop = this.parts.scroll.scrollHeight;
    this.parts.newest.hidden = true;
    this.follows = true;
  };

  /* Says so when below the screen there is something to read, or to choose. */
  Thread.prototype.pointDown = function () {
    var words = this.tools.words;
    var box = this.parts.scroll;
    var asked = this.parts.lines.querySelectorAll('.options.open');
    var last = asked[asked.length - 1];
    var isSeen = last && box.scrollTop + box.clientHeight - last.offsetTop > FIRST_OPTION;
    this.parts.newest.textContent = '↓ ' + (last ? words.choose : words.newest);
    this.parts.newest.hidden = isSeen || this.isAtBottom();
  };

  /* The first of the bubbles that came together; one request may bring only some of them. */
  Thread.prototype.beginningOf = function (item) {
    var place = this.items.indexOf(item);
    var before = this.items[place - 1];
    while (before && before.kind === 'bot' && item.at - before.at < SAME_ANSWER) {
      item = before;
      place -= 1;
      before = this.items[place - 1];
    }
    return item;
  };

  /* Something around the lines grew or shrank; who read the newest line still does. */
  Thread.prototype.keepPlace = function () {
    if (this.follows) { this.toBottom(); }
  };

  /* A new line stands below everything, even if the clocks disagree a little. */
  Thread.prototype.timeOfNew = function () {
    var last = this.items[this.items.length - 1];
    return Math.max(this.tools.now(), last ? last.at : 0);
  };

  Thread.prototype.addOwn = function (line) {
    var item = { kind: 'own', id: line.id, text: this.shown(line.text), at: line.at, line: line };
    bubbles.drawOwn(item, this.tools);
    this.byId[line.id] = item;
    this.insert(item);
  };

  /* A link's start token is sent as words, but nobody said them. */
  Thread.prototype.shown = function (text) {
    return /^\/start\b/.test(text) ? this.tools.words.start : text;
  };

  Thread.prototype.redrawOwn = function (line) {
    var item = this.byId[line.id];
    if (!item) { return; }
    item.at = line.at;
    bubbles.setState(item, this.tools);
  };

  Thread.prototype.addOrRedraw = function (line) {
    if (this.byId[line.id]) { this.redrawOwn(line); } else { this.addOwn(line); }
  };

  /* Takes a message as the server sends it; returns the new item, or null for an edit. */
  Thread.prototype.addBot = function (message) {
    var earlier = this.byId[message.edits || message.id];
    var item = earlier && earlier.kind === 'bot' ? earlier : { kind: 'bot', ids: [] };
    var isNew = item !== earlier;
    item.id = message.id;
    item.ids.push(message.id);
    item.text = message.text;
    item.link = message.link;
    item.closed = message.closed;
    item.at = isNew ? Date.parse(message.at) : item.at;
    /* 找真人 has its own button at the bottom of the page. */
    item.options = message.options.filter(function (option) { return option.number !== 0; });
    bubbles.drawBot(item, this.tools);
    this.byId[message.id] = item;
    if (isNew) { this.insert(item); } else { item.node.className += ' changed'; }
    return isNew ? item : null;
  };

  /* The server's own order stays; lines of this browser are put between by time. */
  Thread.prototype.insert = function (item) {
    var place = this.items.length;
    while (place > 0 && this.items[place - 1].at > item.at
      && this.items[place - 1].kind !== item.kind) { place -= 1; }
    this.parts.lines.insertBefore(item.node, place < this.items.length ? this.items[place].node : null);
    this.items.splice(place, 0, item);
  };

  Thread.prototype.erase = function (until) {
    var left = [];
    var lines = this.parts.lines;
    this.items.forEach(function (item) {
      if (item.kind === 'own' && item.at <= until) { lines.removeChild(item.node); } else { left.push(item); }
    });
    this.items = left;
  };

  /* After a batch: days, which options can be pressed, and where the reader looks. */
  Thread.prototype.settle = function (firstNew) {
    var scroll = this.parts.scroll;
    var first = firstNew && this.beginningOf(firstNew);
    this.drawDays();
    this.setAllOptions();
    if (this.follows) {
      this.toBottom();
      /* An answer longer than the screen is read from its beginning. */
      if (first && scroll.scrollHeight - first.node.offsetTop > scroll.clientHeight) {
        scroll.scrollTop = first.node.offsetTop - 8;
      }
    }
    if (firstNew) { this.pointDown(); }
  };

  Thread.prototype.setAllOptions = function () {
    var chosenBy = {};
    var newerOptions = false;
    var spoke = false;
    var item;
    var i;
    this.items.forEach(function (one) {
      if (one.kind === 'own' && one.line.to && one.line.state !== 'refused') {
        chosenBy[one.line.to] = one.line.choice;
      }
    });
    for (i = this.items.length - 1; i >= 0; i -= 1) {
      item = this.items[i];
      if (item.kind === 'own') {
        spoke = true;
      } else if (item.list) {
        this.setItemOptions(item, chosenBy, newerOptions, spoke);
        newerOptions = true;
        spoke = false;
      }
    }
  };

  Thread.prototype.setItemOptions = function (item, chosenBy, newerOptions, spoke) {
    var chosen = chosenBy[item.id];
    var mode = 'open';
    if (item.closed) {
      item.ids.forEach(function (id) { chosen = chosen === undefined ? chosenBy[id] : chosen; });
    }
    if (item.closed || chosen !== undefined) {
      mode = 'done';
    } else if (newerOptions) {
      /* A push on top of an open question leaves it open; a question that was answered is over. */
      mode = spoke ? 'done' : 'late';
    }
    bubbles.setOptions(item, mode, chosen, this.tools.words);
  };

  /* The open options that a typed number or label would choose, or null. */
  Thread.prototype.optionFor = function (text) {
    var i = this.items.length - 1;
    var item;
    var found;
    while (i >= 0 && !(this.items[i].list && this.items[i].mode === 'open')) { i -= 1; }
    if (i < 0) { return null; }
    item = this.items[i];
    found = item.options.filter(function (option) {
      return String(option.number) === text || option.label === text;
    });
    return found.length ? { item: item, option: found[0] } : null;
  };

  Thread.prototype.dayOf = function (at) {
    return Math.floor((at + this.tools.offsetMinutes * 60000) / DAY);
  };

  Thread.prototype.drawDays = function () {
    var lines = this.parts.lines;
    var old = lines.querySelectorAll('.day');
    var today = this.dayOf(this.tools.now());
    var last = null;
    var self = this;
    var mark = today + ':' + this.items.map(function (item) { return self.dayOf(item.at); }).join();
    var i;
    if (mark === this.drawnDay) { return; }
    this.drawnDay = mark;
    for (i = 0; i < old.length; i += 1) { lines.removeChild(old[i]); }
    this.items.forEach(function (item) {
      var day = self.dayOf(item.at);
      if (day !== last) {
        lines.insertBefore(bubbles.node('li', 'day', self.dayName(day, today)), item.node);
      }
      last = day;
    });
  };

  Thread.prototype.dayName = function (day, today) {
    var words = this.tools.words;
    var date = new Date(day * DAY);
    var sameYear = date.getUTCFullYear() === new Date(today * DAY).getUTCFullYear();
    if (day === today) { return words.today; }
    if (day === today - 1) { return words.yesterday; }
    return (sameYear ? words.date : words.date_with_year)
      .replace('{year}', date.getUTCFullYear())
      .replace('{month}', date.getUTCMonth() + 1)
      .replace('{day}', date.getUTCDate());
  };

  Wengong.Thread = Thread;
}(window));
