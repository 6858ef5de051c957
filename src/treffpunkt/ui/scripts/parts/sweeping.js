// What waits on a device to be sent does not stay there for good: a phone may be shared.
const DAY = 24 * 3600 * 1000;

// Lets go of what a phone could not send within a day: its meeting is long over.
export function sweep() {
  for (const key of keys("treffpunkt.say.")) {
    try {
      const fresh = JSON.parse(localStorage.getItem(key)).filter((entry) => Date.now() - Date.parse(entry.sent_at) < DAY);
      if (fresh.length) localStorage.setItem(key, JSON.stringify(fresh));
      else localStorage.removeItem(key);
    } catch {
      localStorage.removeItem(key);
    }
  }
}

export function keys(prefix) {
  return Object.keys(localStorage).filter((key) => key.startsWith(prefix));
}
