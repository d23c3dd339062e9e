// Whether somebody is at this page. What it asks for by itself, because the live feed told of something, must not keep a login
// alive whose person has left.
const MINUTE = 60000;

let last = Date.now();
['pointerdown', 'pointermove', 'keydown', 'wheel'].forEach((sign) => (
  window.addEventListener(sign, () => { last = Date.now(); }, { capture: true, passive: true })));

export const unattended = () => Date.now() - last > MINUTE;
