// The statements on the page: newest first, each once, and never taken away under somebody's hands.
export class Thread {
  constructor(page) {
    this.list = page.querySelector("#statements");
    this.none = page.querySelector("#no-statements");
    this.template = page.querySelector("#pending-note");
    this.topic = page.dataset.topic;
  }

  put(row, { force = false } = {}) {
    const present = document.getElementById(`s-${row.id}`);
    if (row.item !== this.topic) {
      present?.remove();
      return this.count();
    }
    if (present && !force) {
      if (Number(present.dataset.seq) >= row.seq) return;
      // Somebody writes in it just now: their saving will show both texts.
      if (edited(present)) return;
    }
    const holder = document.createElement("template");
    holder.innerHTML = row.html.trim();
    const item = holder.content.firstElementChild;
    this.pending(row.id)?.remove();
    if (present) present.replaceWith(item);
    else this.insert(item);
    this.count();
  }

  insert(item) {
    const at = Date.parse(item.dataset.at);
    for (const other of this.list.children) {
      if (other.classList.contains("pending")) continue;
      const theirs = Date.parse(other.dataset.at);
      if (at > theirs || (at === theirs && item.dataset.id > other.dataset.id)) {
        other.before(item);
        return;
      }
    }
    this.list.append(item);
  }

  drop(id) {
    const item = document.getElementById(`s-${id}`);
    // Whoever took it back may still bring it back; whoever writes in it must not lose what she wrote.
    if (!item || "takenBack" in item.dataset) return;
    if (edited(item)) {
      this.list.dispatchEvent(new CustomEvent("notes:removed", { bubbles: true }));
      return;
    }
    item.remove();
    this.count();
  }

  pending(id) {
    return this.list.querySelector(`[data-pending="${id}"]`);
  }

  // Shows an entry that is not stored yet; `status` is waiting, sending, signed-out, findings or refused.
  wait(entry) {
    let item = this.pending(entry.id);
    if (!item) {
      item = this.template.content.firstElementChild.cloneNode(true);
      item.dataset.pending = entry.id;
      this.list.prepend(item);
    }
    const text = item.querySelector("[data-text]");
    if (entry.status === "findings" && entry.marked) text.innerHTML = entry.marked;
    else text.textContent = entry.text;
    for (const part of item.querySelectorAll("[data-status]")) part.hidden = part.dataset.status !== entry.status;
    const reason = item.querySelector("[data-reason]");
    if (entry.reason) reason.textContent = entry.reason;
    this.count();
  }

  unwait(id) {
    this.pending(id)?.remove();
    this.count();
  }

  count() {
    if (this.none) this.none.hidden = this.list.children.length > 0;
  }
}

function edited(item) {
  return [...item.querySelectorAll("textarea, input:not([type=hidden])")].some((field) => field === document.activeElement || field.value !== field.defaultValue);
}
