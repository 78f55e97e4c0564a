// Saves what is typed in a form with data-save, part by part, and shows what the other one wrote meanwhile. What could not be saved
// stays in this tab (sessionStorage) and is tried again until it is; a part that both changed is never overwritten. Without this script
// the button of the form saves.
(() => {
  const form = document.querySelector('form[data-save]');
  if (!form) return;
  const url = form.dataset.save;
  const token = form.querySelector('input[name=__RequestVerificationToken]').value;
  const state = form.querySelector('[data-save-state]');
  let loggedOut = false;
  const parts = [...form.querySelectorAll('textarea[data-part]')].map((field) => {
    const name = field.dataset.part;
    const of = (kind) => form.querySelector(`[data-${kind}-of="${name}"]`);
    return { name, field, base: of('base'), note: of('state'), help: of('help'), other: of('other'), saved: field.value, timer: 0, wait: 0, busy: false, stuck: false };
  });
  const who = document.querySelector('.vg-person__name')?.textContent ?? '';
  const key = (part) => `vg-unsaved ${who} ${location.pathname} ${part.name}`;
  const isDirty = (part) => part.field.value.trim() !== part.saved.trim();

  function say() {
    const open = parts.filter(isDirty);
    state.textContent = open.some((p) => p.stuck) ? 'Nog niet alles is opgeslagen. Kijk bij het deel waar dat staat.'
      : loggedOut && open.length > 0 ? 'U bent niet meer ingelogd. Log in een ander tabblad weer in. Uw tekst blijft hier staan en wordt dan opgeslagen.'
      : open.some((p) => p.wait > 0) ? 'Geen verbinding. Uw tekst blijft hier staan en wordt opgeslagen zodra het weer kan.'
        : open.length > 0 ? 'Bezig met opslaan…' : 'Alles is opgeslagen.';
  }

  function took(part, answer) {
    part.saved = answer.text;
    part.base.value = answer.base;
    if (answer.help) part.help.replaceChildren(...answer.help.map((text) => Object.assign(document.createElement('li'), { className: 'utrecht-unordered-list__item', textContent: text })));
    part.stuck = false;
    part.other.hidden = true;
  }

  function contested(part, answer) {
    part.stuck = true;
    part.other.querySelector('[data-other-text]').textContent = answer.text || '(leeg)';
    part.other.hidden = false;
    part.note.textContent = answer.isMarked
      ? 'Niet opgeslagen: iemand heeft de tekst net gelezen of ondertekend. Kies Opslaan als u de tekst toch wilt veranderen.'
      : 'Niet opgeslagen: uw duopartner veranderde dit deel ook. Neem hieronder over wat u wilt en kies dan Opslaan.';
  }

  async function save(part) {
    if (part.busy || part.stuck || !isDirty(part)) return;
    part.busy = true;
    const typed = part.field.value;
    try {
      const answer = await fetch(`${url}/${part.name}`, { method: 'POST', body: new URLSearchParams({ text: typed, base: part.base.value, __RequestVerificationToken: token }), redirect: 'manual' });
      loggedOut = answer.type === 'opaqueredirect';
      if (answer.status === 200) {
        took(part, await answer.json());
        if (part.saved !== typed.trim() && part.field.value === typed) part.field.value = part.saved; // the other one's: this was only what the writing started from
        if (part.field.value === typed) part.saved = typed;
        part.wait = 0;
        part.note.textContent = isDirty(part) ? '' : 'Opgeslagen.';
        if (!isDirty(part)) sessionStorage.removeItem(key(part));
      } else if (answer.status === 409) {
        contested(part, await answer.json());
      } else if (answer.status === 422) {
        part.stuck = part.tooLong = true;
        part.note.textContent = (await answer.json()).fault;
      } else if (answer.status === 404 || answer.status === 400) {
        part.stuck = true;
        part.note.textContent = 'Niet opgeslagen. Kopieer uw tekst en open de pagina opnieuw.';
      } else throw new Error(String(answer.status));
    } catch {
      part.wait = Math.min(Math.max(part.wait * 2, 1), 15);
      part.note.textContent = 'Nog niet opgeslagen.';
    } finally {
      part.busy = false;
      say();
      if (isDirty(part) && !part.stuck) later(part, part.wait > 0 ? part.wait * 1000 : 700);
    }
  }

  function later(part, ms) {
    clearTimeout(part.timer);
    part.timer = setTimeout(save, ms, part);
  }

  // What the other one saved appears in the parts that this one is not changing.
  async function look() {
    if (document.visibilityState !== 'visible') return;
    try {
      const answer = await fetch(url, { redirect: 'error' });
      if (!answer.ok) return;
      const now = await answer.json();
      for (const part of parts) {
        const theirs = now.parts[part.name];
        if (part.busy || isDirty(part) || theirs.base === part.base.value) continue;
        part.field.value = theirs.text;
        took(part, theirs);
        part.note.textContent = 'Net veranderd door uw duopartner.';
      }
      if (now.isMarked && !parts.some(isDirty)) location.reload();
    } catch { /* the next look is soon */ }
  }

  for (const part of parts) {
    const kept = JSON.parse(sessionStorage.getItem(key(part)) ?? 'null');
    if (kept && kept.text.trim() !== part.saved.trim()) {
      part.field.value = kept.text;
      part.base.value = kept.base; // what the writing started from, so that nothing of the other one is overwritten
      part.note.textContent = 'Deze tekst was nog niet opgeslagen.';
      later(part, 0);
    } else if (kept) sessionStorage.removeItem(key(part));
    part.field.addEventListener('input', () => {
      sessionStorage.setItem(key(part), JSON.stringify({ text: part.field.value, base: part.base.value }));
      if (part.tooLong) part.stuck = part.tooLong = false;
      if (!part.stuck) part.note.textContent = '';
      say();
      later(part, 700);
    });
  }
  let leaves = false;
  form.addEventListener('submit', () => {
    leaves = true;
    parts.forEach((part) => clearTimeout(part.timer));
  });
  addEventListener('beforeunload', (event) => {
    if (!leaves && parts.some(isDirty)) event.preventDefault();
  });
  addEventListener('online', () => parts.forEach((part) => later(part, 0)));
  setInterval(look, 2000);
  say();
})();
