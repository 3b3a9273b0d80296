/* Starts the page and joins its parts. */
(function (root) {
  'use strict';
  var Wengong = root.Wengong;
  var page = document.getElementById('chat');
  var words = JSON.parse(page.getAttribute('data-words'));
  var base = page.getAttribute('data-base');
  var language = page.getAttribute('data-language');
  var mostBytes = Number(page.getAttribute('data-most-bytes'));
  var SLOW_AFTER = 20000;
  var SAME_PRESS = 1500;
  var clockShift = Date.parse(page.getAttribute('data-now')) - new Date().getTime();
  var lastBotAt = 0;
  var lastPersonAt = 0;
  var focusIsLost = false;
  var slowTimer = null;
  var own = new Wengong.OwnLines(base, page.getAttribute('data-thread'));

  function part(id) { return document.getElementById(id); }
  function computerNow() { return new Date().getTime(); }
  function now() { return computerNow() + clockShift; }

  var thread = new Wengong.Thread(
    { lines: part('lines'), scroll: part('scroll'), newest: part('newest') },
    {
      words: words,
      offsetMinutes: Number(page.getAttribute('data-offset-minutes')),
      now: now,
      voice: Wengong.bubbles.makeVoice(words, language),
      onPress: press,
      onResend: resend
    }
  );
  var sender = new Wengong.Sender(base, {
    sent: function (line, at) { keepTime(line, at); mark(line, 'sent', ''); awaitAnswer(line); },
    failed: function (line, message) { mark(line, 'failed', message); },
    waiting: function (line, message) { mark(line, 'waiting', message); },
    refused: function (line, message) { mark(line, 'refused', message); thread.setAllOptions(); },
    gone: showGone
  });
  var poll = new Wengong.Poll(base, {
    messages: takeMessages,
    caughtUp: showStart,
    lost: function (message) { showBanner(message || words.offline); },
    back: function () { part('offline').hidden = true; resendFailed(); },
    gone: showGone
  });

  function mark(line, state, note) {
    line.state = state;
    line.note = note;
    own.save();
    thread.redrawOwn(line);
    thread.keepPlace();
  }

  function keepTime(line, at) {
    if (!at) { return; }
    line.at = at;
    clockShift = at - computerNow();
  }

  function say(text, data, item) {
    var line = own.create(text, data, thread.timeOfNew(), item);
    line.startedAt = computerNow();
    part('welcome').hidden = true;
    thread.addOwn(line);
    thread.follows = true;
    thread.settle(null);
    sender.send(line);
  }

  function press(item, option, withKeyboard) {
    if (item.mode === 'done') { return; }
    focusIsLost = withKeyboard;
    say(option.number + ' ' + option.label, option.data, { id: item.id, choice: option.data });
  }

  function sayTyped(text) {
    var match = thread.optionFor(text);
    say(text, null, match ? { id: match.item.id, choice: match.option.data } : null);
  }

  function resend(line) {
    line.startedAt = computerNow();
    mark(line, 'sending', '');
    sender.send(line);
  }

  function resendFailed() {
    own.lines.filter(function (line) { return line.state === 'failed' && line.startedAt; })
      .forEach(resend);
  }

  function takeMessages(messages, serverNow) {
    var firstNew = null;
    if (serverNow) { clockShift = Date.parse(serverNow) - computerNow(); }
    messages.forEach(function (message) {
      var item = thread.addBot(message);
      firstNew = firstNew || item;
      if (message.link === '#erased') {
        own.erase(Date.parse(message.at));
        thread.erase(Date.parse(message.at));
      }
    });
    if (!messages.length) { return; }
    lastBotAt = computerNow();
    part('welcome').hidden = true;
    stopTyping();
    thread.settle(poll.caughtUp ? firstNew : null);
    if (focusIsLost) { focusNext(); }
  }

  /* A choice that was pressed with the keyboard is gone; what follows it gets the focus. */
  function focusNext() {
    var next = part('lines').querySelectorAll('.options.open .option')[0];
    focusIsLost = false;
    (next || part('text')).focus();
  }

  function awaitAnswer(line) {
    if (lastBotAt >= line.startedAt) { return; }
    part('typing').hidden = false;
    part('slow').hidden = true;
    root.clearTimeout(slowTimer);
    slowTimer = root.setTimeout(function () {
      part('slow').textContent = words.slow;
      part('slow').hidden = false;
    }, SLOW_AFTER);
    thread.keepPlace();
  }

  function stopTyping() {
    root.clearTimeout(slowTimer);
    part('typing').hidden = true;
  }

  function showBanner(text) {
    part('offline').textContent = text;
    part('offline').hidden = false;
    thread.keepPlace();
  }

  function showGone(message) {
    stopTyping();
    showBanner(message || words.gone);
  }

  function showStart() {
    part('lines').setAttribute('aria-busy', 'false');
    if (thread.items.length) { return; }
    part('welcome').hidden = false;
  }

  function isTooLong(text) {
    var body = JSON.stringify({ id: own.key, text: text, button: null, sequence: computerNow() });
    try {
      return encodeURIComponent(body).replace(/%../g, 'x').length + 40 > mostBytes;
    } catch (halfCharacter) {
      return body.length * 3 > mostBytes;
    }
  }

  function sendTyped() {
    var box = part('text');
    var text = box.value.replace(/^\s+|\s+$/g, '');
    part('hint').hidden = true;
    if (!text) { box.focus(); return; }
    if (isTooLong(text)) {
      part('hint').textContent = words.too_long;
      part('hint').hidden = false;
      thread.keepPlace();
      return;
    }
    box.value = '';
    fitBox();
    sayTyped(text);
  }

  function fitBox() {
    var box = part('text');
    box.style.height = 'auto';
    box.style.height = Math.min(136, Math.max(52, box.scrollHeight + 4)) + 'px';
    box.style.overflowY = box.scrollHeight > 136 ? 'auto' : 'hidden';
    thread.keepPlace();
  }

  part('composer').addEventListener('submit', function (event) { event.preventDefault(); sendTyped(); });
  part('text').addEventListener('input', function () { fitBox(); part('hint').hidden = true; });
  part('text').addEventListener('keydown', function (event) {
    var composing = event.isComposing || event.keyCode === 229;
    if ((event.key === 'Enter' || event.keyCode === 13) && !event.shiftKey && !composing) {
      event.preventDefault();
      sendTyped();
    }
  });
  part('person').addEventListener('click', function () {
    if (computerNow() - lastPersonAt < SAME_PRESS) { return; }
    lastPersonAt = computerNow();
    say('0', null, null);
  });
  part('start').addEventListener('click', function (event) {
    focusIsLost = event.detail === 0;
    say(words.hello, null, null);
  });
  root.addEventListener('storage', function (event) {
    if (event.key !== own.key) { return; }
    own.adopt(event.newValue).forEach(function (line) { thread.addOrRedraw(line); });
    thread.settle(null);
  });
  root.addEventListener('online', function () {
    if (!poll.failures) { part('offline').hidden = true; }
    resendFailed();
    poll.now();
  });
  root.addEventListener('offline', function () { showBanner(words.offline); });
  root.addEventListener('resize', function () { thread.keepPlace(); });
  document.addEventListener('visibilitychange', function () { if (!document.hidden) { poll.now(); } });

  part('lines').setAttribute('aria-busy', 'true');
  own.lines.forEach(function (line) {
    if (line.state === 'sending' || line.state === 'waiting') { line.state = 'failed'; }
    line.startedAt = 0;
    thread.addOwn(line);
  });
  thread.settle(null);
  poll.start();
  // A poster's or an invitation's link: its token is the first thing said, once.
  var begin = /[?&]start=([A-Za-z0-9_-]{1,64})/.exec(root.location.search);
  if (begin && root.history && root.history.replaceState) {
    root.history.replaceState(null, '', root.location.pathname);
    say('/start ' + begin[1], null, null);
  }
}(window));
