// Puts a moment, so many minutes from now, into a date and time input as its picker does.
const input = [...document.querySelectorAll(arguments[0])].find(e => e.getClientRects().length > 0);
const at = new Date(Date.now() + arguments[1] * 60000);
const two = number => String(number).padStart(2, '0');
const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
input.scrollIntoView({ block: 'center' });
input.value = `${day}T${two(at.getHours())}:${two(at.getMinutes())}`;
for (const kind of ['input', 'change']) input.dispatchEvent(new Event(kind, { bubbles: true }));
return input.value;
