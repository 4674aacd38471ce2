"""What is looked for in a page as it is laid out, in the words of the page itself: each list is of faults."""

LOOK = """(() => {
  const shown = (one) => one.getClientRects().length > 0 && getComputedStyle(one).visibility !== "hidden" &&
    !one.closest(".aside, .skip, details:not([open]) > :not(summary)");
  const all = (what) => [...document.querySelectorAll(what)];
  const said = (one) => `${one.tagName} ${(one.textContent || "").trim().slice(0, 40)}`;
  const label = (one) => (one.getAttribute("aria-label") || (one.getAttribute("aria-labelledby") || "").split(" ")
    .map((id) => document.getElementById(id)?.textContent || "").join(" ")).trim();
  const scrolls = (one) => ["auto", "scroll"].includes(getComputedStyle(one).overflowX);

  const color = (text) => {
    const found = (text.match(/[\\d.]+/g) || []).map(Number);
    return { rgb: found.slice(0, 3), alpha: found.length > 3 ? found[3] : found.length ? 1 : 0 };
  };
  const light = ([r, g, b]) => [r, g, b].map((one) => one / 255)
    .map((one) => (one <= 0.03928 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4))
    .reduce((sum, one, at) => sum + one * [0.2126, 0.7152, 0.0722][at], 0);
  const behind = (one) => {
    for (let at = one; at; at = at.parentElement) {
      const { rgb, alpha } = color(getComputedStyle(at).backgroundColor);
      if (alpha === 1) return rgb;
    }
    return [255, 255, 255];
  };
  const contrast = (one) => {
    const style = getComputedStyle(one);
    const ink = one instanceof SVGElement ? style.fill : style.color;
    const [low, high] = [light(color(ink).rgb), light(behind(one))].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  };
  const texts = () => {
    const found = new Set();
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) {
      const one = walk.currentNode.parentElement;
      const said = walk.currentNode.textContent.trim();
      if (said && !one.closest("script, style, title, desc") && shown(one)) found.add(one);
    }
    return [...found];
  };

  const headings = all("h1, h2, h3, h4, h5, h6");
  const levels = headings.map((one) => Number(one.tagName[1]));
  const letters = all("svg.chart text").filter(shown)
    .map((one) => parseFloat(getComputedStyle(one).fontSize) * one.getScreenCTM().a);
  return {
    width: document.documentElement.scrollWidth,
    view: document.documentElement.clientWidth,
    letters: letters.length ? Math.min(...letters) : null,
    charts: all("svg.chart").filter(shown).length,
    headings: headings.filter((one, at) => at === 0 ? levels[0] !== 1 : levels[at] > levels[at - 1] + 1).map(said)
      .concat(levels.filter((one) => one === 1).length === 1 ? [] : ["not one h1"]),
    regions: all("*").filter((one) => scrolls(one) && one.scrollWidth > one.clientWidth && shown(one))
      .filter((one) => one.tabIndex < 0 || !label(one) || !one.getAttribute("role")).map(said)
      .concat(all("[role=region]").filter((one) => !label(one)).map(said)),
    captions: all("table").filter((one) => !one.caption || !one.caption.textContent.trim()).map(said),
    scopes: all("th").filter((one) => !one.scope).map(said),
    charts_unnamed: all("svg.chart").filter((one) => one.getAttribute("role") !== "img" || !label(one)).map(said),
    buttons: all("button, input, select, summary, a[href]").filter((one) => !(one.textContent.trim() || label(one) ||
      [...(one.labels || [])].some((tag) => tag.textContent.trim()))).map((one) => one.outerHTML.slice(0, 80)),
    landmarks: [["header", 1], ["main", 1], ["footer", 1]].filter(([name, wanted]) =>
      all(`body > ${name}`).length !== wanted).map(([name]) => name),
    navs: all("nav").filter((one) => !label(one)).map(said),
    lang: document.documentElement.lang,
    faint: texts().map((one) => [contrast(one), one]).filter(([number]) => number < 4.5)
      .map(([number, one]) => `${number.toFixed(2)} ${said(one)}`),
    squeezed: all("td, tbody th").filter((one) => shown(one) && one.clientWidth < 60 &&
      one.clientHeight > 260 && one.textContent.trim().length > 12).map(said),
  };
})()"""
