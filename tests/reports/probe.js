// Shows PAGE in a frame WIDTH pixels wide, and writes into this document what is wrong with it.
const frame = document.createElement("iframe");
frame.style = `width: ${WIDTH}px; height: 2000px; border: 0`;
frame.srcdoc = PAGE;

// WCAG 2.2: relative luminance, and contrast ratio.
const numbers = (colour) => colour.match(/[\d.]+/g).map(Number);
const luminance = (colour) => {
  const [red, green, blue] = numbers(colour).map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
};
const contrast = (one, other) => {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
};

frame.onload = () => {
  const page = frame.contentDocument, view = frame.contentWindow;
  const style = (element) => view.getComputedStyle(element);
  const behind = (element) => {
    const box = element.closest("g.box");
    if (box) return style(box.querySelector("rect")).fill;
    for (let place = element; place; place = place.parentElement) {
      const colour = style(place).backgroundColor;
      if ((numbers(colour)[3] ?? 1) > 0) return colour;
    }
    return "rgb(255, 255, 255)";
  };
  const told = [...page.body.querySelectorAll("*")].filter(
    (element) => element.tagName !== "title" && [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim())
  );
  const colour = (element) => (element.tagName === "text" ? style(element).fill : style(element).color);
  const faint = told
    .map((element) => [element.textContent.trim().slice(0, 40), contrast(colour(element), behind(element))])
    .filter(([, ratio]) => ratio < 4.5);
  const unseen = told.filter((element) => {
    const place = element.getBoundingClientRect();
    return !place.width || !place.height;
  });
  const outside = [...page.querySelectorAll("g.box")].filter((box) => {
    const text = box.querySelector("text").getBBox(), rect = box.querySelector("rect").getBBox();
    return text.x < rect.x || text.x + text.width > rect.x + rect.width;
  });
  const names = (elements) => elements.map((element) => element.textContent.trim().slice(0, 40));
  const found = document.createElement("pre");
  found.id = "found";
  found.textContent = JSON.stringify({
    title: page.title,
    mode: page.compatMode,
    articles: page.querySelectorAll("article").length,
    boxes: page.querySelectorAll("g.box").length,
    tooWide: page.documentElement.scrollWidth - page.documentElement.clientWidth,
    deadLinks: [...page.querySelectorAll("a[href^='#']")]
      .map((link) => link.getAttribute("href").slice(1))
      .filter((name) => !page.getElementById(name)),
    loaded: view.performance.getEntriesByType("resource").map((entry) => entry.name),
    faint, unseen: names(unseen), outside: names(outside),
  });
  document.body.replaceChildren(found);
};
document.body.append(frame);
