/* Draws single bubbles. Whatever was said enters the page as text, never as markup. */
(function (root) {
  'use strict';
  var Wengong = root.Wengong = root.Wengong || {};
  var MOST_IN_A_PAIR = 10;
  var URGENT = '🔴';

  function node(name, className, text) {
    var made = document.createElement(name);
    if (className) { made.className = className; }
    if (text !== undefined && text !== null) { made.textContent = text; }
    return made;
  }

  function button(className, text) {
    var made = node('button', className, text);
    made.type = 'button';
    return made;
  }

  function empty(parent) {
    while (parent.firstChild) { parent.removeChild(parent.firstChild); }
  }

  function two(number) { return (number < 10 ? '0' : '') + number; }

  /* The bureau's time of day, wherever the phone is. */
  function timeOfDay(at, offsetMinutes) {
    var local = new Date(at + offsetMinutes * 60000);
    return two(local.getUTCHours()) + ':' + two(local.getUTCMinutes());
  }

  function isOwnPath(link) { return /^\/(?![\/\\])/.test(link || ''); }
  function isPicture(link) { return /\.(svg|png)(\?|$)/i.test(link); }

  /* Computers without colour signs show a box for this one; the dot is drawn instead. */
  function said(text) {
    var made = node('span', 'said');
    text.split(URGENT).forEach(function (part, place) {
      if (place) { made.appendChild(node('span', 'urgent', URGENT)); }
      made.appendChild(document.createTextNode(part));
    });
    return made;
  }

  function frame(item, kind, spokenBy, offsetMinutes) {
    var row = node('div', 'line-row');
    var bubble = node('div', 'bubble');
    item.node = item.node || node('li');
    empty(item.node);
    item.node.className = 'line ' + kind;
    bubble.appendChild(node('span', 'spoken-by', spokenBy + ' '));
    bubble.appendChild(said(item.text));
    item.foot = node('span', 'foot');
    item.time = node('span', 'at', timeOfDay(item.at, offsetMinutes));
    item.foot.appendChild(item.time);
    row.appendChild(bubble);
    item.node.appendChild(row);
    item.bubble = bubble;
  }

  function addLink(item, words, onPicture) {
    var shown;
    if (!isOwnPath(item.link)) { return; }
    shown = node('a', isPicture(item.link) ? 'picture-link' : 'page-link');
    shown.href = item.link;
    shown.target = '_blank';
    shown.rel = 'noopener';
    if (isPicture(item.link)) {
      shown.appendChild(node('img', 'picture'));
      shown.firstChild.alt = words.picture;
      shown.firstChild.addEventListener('load', onPicture);
      shown.firstChild.src = item.link;
    } else {
      shown.textContent = words.open;
    }
    item.bubble.appendChild(shown);
  }

  /* item: {id, text, options, link, at}; tools: {words, offsetMinutes, onPicture, onPress, voice} */
  function drawBot(item, tools) {
    frame(item, 'bot', tools.words.bot, tools.offsetMinutes);
    addLink(item, tools.words, tools.onPicture);
    if (tools.voice) { item.foot.appendChild(tools.voice.buttonFor(item)); }
    item.bubble.appendChild(item.foot);
    item.list = null;
    if (item.options.length) { drawOptions(item, tools); }
  }

  /* Labels that fit side by side on 360 pixels; a Chinese sign is as wide as two letters. */
  function areShort(options) {
    return options.length > 2 && options.every(function (option) {
      return option.label.replace(/[^\x00-\x7f]/g, '..').length <= MOST_IN_A_PAIR;
    });
  }

  function drawOptions(item, tools) {
    item.list = node('ul', 'options');
    item.shape = areShort(item.options) ? ' pairs' : '';
    item.options.forEach(function (option) {
      var place = node('li');
      var choice = button('option');
      choice.appendChild(node('span', 'number', option.number));
      choice.appendChild(node('span', 'label', option.label));
      choice.addEventListener('click', function (event) {
        tools.onPress(item, option, event.detail === 0);
      });
      place.appendChild(choice);
      item.list.appendChild(place);
    });
    item.node.appendChild(item.list);
  }

  /* mode: `open` (big), `late` (small, still good) or `done` (grey; chosen is the data picked). */
  function setOptions(item, mode, chosen, words) {
    var buttons = item.list.querySelectorAll('.option');
    var mark = mode + ':' + chosen;
    var i;
    if (item.optionsMark === mark && item.optionsList === item.list) { return; }
    item.optionsMark = mark;
    item.optionsList = item.list;
    item.mode = mode;
    item.list.className = 'options ' + mode + item.shape;
    for (i = 0; i < buttons.length; i += 1) {
      buttons[i].disabled = mode === 'done';
      buttons[i].className = 'option' + (item.options[i].data === chosen ? ' chosen' : '');
      if (item.options[i].data === chosen) {
        buttons[i].setAttribute('aria-label', item.options[i].label + ' ' + words.chosen);
      }
    }
  }

  function drawOwn(item, tools) {
    frame(item, 'own', tools.words.me, tools.offsetMinutes);
    item.mark = node('span', 'mark');
    item.foot.appendChild(item.mark);
    item.bubble.appendChild(item.foot);
    item.stateNode = node('div', 'state-place');
    item.node.appendChild(item.stateNode);
    setState(item, tools);
  }

  function setState(item, tools) {
    var line = item.line;
    var words = tools.words;
    var again;
    empty(item.stateNode);
    empty(item.mark);
    item.time.textContent = timeOfDay(item.at, tools.offsetMinutes);
    item.node.className = 'line own ' + line.state;
    if (line.state === 'sending' || line.state === 'sent') {
      item.mark.appendChild(node('i', line.state === 'sent' ? 'tick' : 'ring'));
      item.mark.appendChild(node('span', 'spoken-by', words[line.state]));
      return;
    }
    if (line.note || line.state === 'waiting') {
      item.stateNode.appendChild(node('span', 'state', line.note || words.waiting));
    }
    if (line.state === 'failed') {
      again = button('again', words.resend);
      again.addEventListener('click', function () { tools.onResend(line); });
      item.stateNode.appendChild(again);
    }
  }

  /* Reads bubbles aloud with the browser's own voice; null where there is none. */
  function makeVoice(words, language) {
    var speech = root.speechSynthesis;
    var speaking = null;
    if (!speech || !root.SpeechSynthesisUtterance) { return null; }
    function quiet() {
      if (speaking) {
        speaking.className = 'listen';
        speaking.setAttribute('aria-label', words.listen);
      }
      speaking = null;
    }
    function say(item, control) {
      var parts = [item.text];
      var utterance;
      item.options.forEach(function (option) { parts.push(option.number + '，' + option.label); });
      utterance = new root.SpeechSynthesisUtterance(parts.join('。'));
      utterance.lang = language === 'en' ? 'en-US' : 'zh-CN';
      utterance.rate = 0.9;
      utterance.onend = function () { if (speaking === control) { quiet(); } };
      utterance.onerror = utterance.onend;
      speaking = control;
      control.className = 'listen speaking';
      control.setAttribute('aria-label', words.stop);
      speech.speak(utterance);
    }
    return {
      buttonFor: function (item) {
        var control = button('listen');
        control.setAttribute('aria-label', words.listen);
        control.title = words.listen;
        control.addEventListener('click', function () {
          var wasThis = speaking === control;
          speech.cancel();
          quiet();
          if (!wasThis) { say(item, control); }
        });
        return control;
      }
    };
  }

  Wengong.bubbles = {
    node: node, drawBot: drawBot, drawOwn: drawOwn, setOptions: setOptions, setState: setState,
    makeVoice: makeVoice
  };
}(window));
