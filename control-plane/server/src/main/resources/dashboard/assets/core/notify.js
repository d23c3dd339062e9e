// Browser notifications of new approvals: only with the person's permission and only while the page is not looked at. The
// statement stays out of it, because notifications end up on lock screens.
import { plain, targetName } from './text.js';
import { go } from './router.js';

export const supported = 'Notification' in window;
export const permission = () => (supported ? Notification.permission : 'denied');
export const ask = () => Notification.requestPermission();

export function notify(approval) {
  if (permission() !== 'granted' || !document.hidden) return;
  const shown = show(`${plain(approval.workload?.name)}: ${plain(approval.summary)} on ${plain(targetName(approval.target))}`, approval.id);
  if (!shown) return;
  shown.onclick = () => {
    window.focus();
    go('approvals');
    shown.close();
  };
}

// Some phones have the constructor and throw from it: they want a service worker, which this page does not have.
function show(body, tag) {
  try {
    return new Notification('Approval wanted', { body, tag, icon: '/assets/icon.svg' });
  } catch {
    return null;
  }
}
