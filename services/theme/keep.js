// Keeps what is typed in a field with data-keep in this tab, until a page comes back after its form was sent: a connection that drops or
// a service that stops takes no text away. Where the field shows another text by now, the kept one stands below it.
(() => {
  const who = document.querySelector('.vg-person__name')?.textContent ?? '';
  const of = (field) => `vg-kept ${who} ${location.pathname} ${field.name}`;
  const read = (key) => JSON.parse(sessionStorage.getItem(key) ?? 'null');
  if (performance.getEntriesByType('navigation')[0]?.type === 'navigate') {
    Object.keys(sessionStorage).filter((key) => key.startsWith('vg-kept ') && read(key).isSent).forEach((key) => sessionStorage.removeItem(key));
  }

  for (const field of document.querySelectorAll('textarea[data-keep]')) {
    const key = of(field);
    const keep = (isSent) => sessionStorage.setItem(key, JSON.stringify({ text: field.value, was: field.defaultValue, isSent }));
    const kept = read(key);
    if (kept && kept.text.trim() !== field.value.trim()) {
      const note = Object.assign(document.createElement('p'), { className: 'vg-soft vg-pre' });
      note.setAttribute('role', 'status');
      if (kept.was === field.defaultValue) field.value = kept.text;
      note.textContent = kept.was === field.defaultValue ? 'Deze tekst was nog niet opgeslagen.' : `Dit typte u eerder en is niet opgeslagen:\n${kept.text}`;
      field.after(note);
    }
    field.addEventListener('input', () => keep(false));
    field.form?.addEventListener('submit', () => {
      if (read(key)) keep(true);
    });
  }
})();
