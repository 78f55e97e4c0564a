// What htmx may not do here: make styles or run text as code, for which the Content-Security-Policy has no room.
document.documentElement.classList.add('vg-live');
