// What the probes ask a page, from inside it. Evaluated as a function; leaves its answers at window.probe.
() => {
  const FIELDS = "input:not([type=hidden]), select, textarea";
  const PRESSED = `a[href], button, summary, ${FIELDS}`;
  const name = e => {
    const words = e.innerText || e.getAttribute("aria-label") || e.name || "";
    return `<${e.tagName.toLowerCase()}${e.id ? "#" + e.id : ""}> ${words.trim().slice(0, 30)}`;
  };
  const box = e => {
    const b = e.getBoundingClientRect();
    return {name: name(e), top: b.top + scrollY, bottom: b.bottom + scrollY, left: b.left, right: b.right};
  };
  const shown = e => e.checkVisibility();
  const ticked = e => ["radio", "checkbox"].includes(e.type);
  const form = () => [...document.querySelectorAll("main form[method=post]")].find(f => f.querySelector(FIELDS));
  // A focus ring may be drawn on the control, on the label beside it or on the row around both.
  const around = e => [e, e.parentElement, e.nextElementSibling].filter(Boolean);
  const look = e => {
    const s = getComputedStyle(e);
    return [s.outlineStyle, s.outlineWidth, s.outlineColor, s.boxShadow, s.backgroundColor, s.borderColor,
      s.borderWidth, s.color, s.textDecorationLine, s.textDecorationThickness].join("|");
  };
  const ring = e => {
    const s = getComputedStyle(e);
    return s.outlineStyle === "none" ? 0 : parseFloat(s.outlineWidth) || 0;
  };
  const isCovered = e => {
    const b = e.getBoundingClientRect();
    const x = Math.min(Math.max(b.left + b.width / 2, 0), innerWidth - 1);
    const y = Math.min(Math.max(b.top + Math.min(b.height / 2, 20), 0), innerHeight - 1);
    const there = document.elementFromPoint(x, y);
    return !!there && !e.contains(there) && !there.contains(e) && !around(e).some(a => a.contains(there));
  };
  const scrollsInside = e => {
    for (let a = e.parentElement; a; a = a.parentElement)
      if (["auto", "scroll", "hidden"].includes(getComputedStyle(a).overflowX)) return true;
    return false;
  };
  const unfocused = new Map();
  for (const e of document.querySelectorAll(`${PRESSED}, [tabindex]`)) unfocused.set(e, around(e).map(look));

  window.probe = {
    stop() {
      const e = document.activeElement;
      if (!e || e === document.body || e === document.documentElement) return null;
      const before = unfocused.get(e) || [];
      return {
        ...box(e),
        is_field: !!e.closest("main form") && e.matches(FIELDS),
        outline: Math.max(...around(e).map(ring)),
        changed: around(e).some((a, place) => look(a) !== before[place]),
        covered: isCovered(e),
        lifted: ["fixed", "absolute"].includes(getComputedStyle(e).position),
      };
    },
    wide() {
      const limit = document.documentElement.clientWidth;
      const all = document.documentElement.scrollWidth;
      const out = [...document.body.querySelectorAll("*")].filter(e => {
        const b = e.getBoundingClientRect();
        return shown(e) && b.width > 1 && b.height > 1 && b.right > limit + 1 && !scrollsInside(e);
      });
      const names = out.slice(0, 3).map(e => `${name(e)} reaches past the right edge`);
      return all > limit ? [`the page is ${all} px wide on ${limit}`, ...names] : names;
    },
    first() {
      if (!form()) return {boxes: [], rows: 0};
      const fields = [...form().querySelectorAll(FIELDS)].filter(shown);
      const first = fields[0] && ticked(fields[0]) && fields[0].labels.length ? fields[0].labels[0] : fields[0];
      const wayOn = form().querySelector("button:not([name]), button[name=action][value=continue]");
      const boxes = [document.querySelector("main h1"), first, wayOn].filter(Boolean).map(box);
      // An option is one row; a field with its label above takes the room of two.
      const rows = new Map(fields.map(e => [Math.round(box(e).top), ticked(e) ? 1 : 2]));
      return {boxes, rows: [...rows.values()].reduce((sum, height) => sum + height, 0)};
    },
    targets() {
      const isSeen = e => {
        const b = e.getBoundingClientRect(), s = getComputedStyle(e);
        return shown(e) && b.width > 1 && b.height > 1 && s.clipPath === "none";
      };
      const isInText = e => e.tagName === "A" && getComputedStyle(e).display === "inline"
        && [...e.parentElement.childNodes].some(n => n.nodeType === 3 && n.textContent.trim());
      return [...document.querySelectorAll(PRESSED)].filter(isSeen).map(e => {
        const boxes = [e, ...(ticked(e) ? e.labels : [])].map(one => one.getBoundingClientRect());
        return {
          name: name(e),
          width: Math.max(...boxes.map(b => b.width)),
          height: Math.max(...boxes.map(b => b.height)),
          inline: isInText(e),
        };
      });
    },
  };
}
