// Under which topic this tab writes, and in which group: remembered for when the page is opened without a connection.
const key = (meeting) => `treffpunkt.place.${meeting}`;

export function place(meeting) {
  try {
    return JSON.parse(sessionStorage.getItem(key(meeting)) ?? "{}");
  } catch {
    return {};
  }
}

export function remember(meeting, item, group) {
  sessionStorage.setItem(key(meeting), JSON.stringify({ item, group }));
}
