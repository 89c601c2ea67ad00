/**
 * A part of a railroad diagram. It enters and leaves on its base line, which lies `up` below its top and
 * `down` above its bottom; `draw` gives its SVG with the base line at (x, y).
 */
export interface Figure {
  readonly width: number;
  readonly up: number;
  readonly down: number;
  draw(x: number, y: number): string;
}

const gap = 12;
const half = 11;
const letter = 7.3;

const line = (x: number, y: number, width: number): string => `<path d="M${x} ${y}h${width}"/>`;
const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
const round = (value: number): number => Math.round(value * 10) / 10;

/** A token or, with a link, another rule. */
export function box(text: string, link: string | undefined): Figure {
  const width = round(text.length * letter + 16);
  return {
    width,
    up: half,
    down: half,
    draw(x, y) {
      const radius = link === undefined ? half : 2;
      const shape = `<rect x="${x}" y="${y - half}" width="${width}" height="${2 * half}" rx="${radius}"/>`;
      const label = `<text x="${round(x + width / 2)}" y="${y + 4}">${escaped(text)}</text>`;
      return link === undefined ? shape + label : `<a href="${link}">${shape}${label}</a>`;
    },
  };
}

/** One after the other. */
export function sequence(parts: readonly Figure[]): Figure {
  const width = round(parts.reduce((sum, part) => sum + part.width + gap, gap));
  return {
    width,
    up: Math.max(half, ...parts.map(part => part.up)),
    down: Math.max(half, ...parts.map(part => part.down)),
    draw(x, y) {
      let at = x;
      let drawn = '';
      for (const part of parts) {
        drawn += line(at, y, gap) + part.draw(round(at + gap), y);
        at = round(at + gap + part.width);
      }
      return drawn + line(at, y, round(x + width - at));
    },
  };
}

/** One of several, the first on the base line and the others below it. */
export function choice(parts: readonly Figure[]): Figure {
  const widest = Math.max(...parts.map(part => part.width));
  const width = round(widest + 4 * gap);
  const tops = [0];
  for (const [index, part] of parts.slice(1).entries())
    tops.push(tops[index]! + parts[index]!.down + part.up + 8);
  return {
    width,
    up: parts[0]?.up ?? half,
    down: tops.at(-1)! + (parts.at(-1)?.down ?? half),
    draw(x, y) {
      return parts
        .map((part, index) => {
          const base = y + tops[index]!;
          const inside = round(x + 2 * gap);
          const after = round(inside + part.width);
          const rest = round(x + width - 2 * gap - after);
          return (
            branch(x, y, base) + part.draw(inside, base) + line(after, base, rest) + join(x + width, y, base)
          );
        })
        .join('');
    },
  };
}

/** From the base line down to a branch. */
const branch = (x: number, y: number, base: number): string =>
  base === y
    ? line(x, y, 2 * gap)
    : `<path d="M${x} ${y}q${gap} 0 ${gap} ${gap}V${base - gap}q0 ${gap} ${gap} ${gap}"/>`;

/** From a branch back up to the base line. */
const join = (x: number, y: number, base: number): string =>
  base === y
    ? line(round(x - 2 * gap), y, 2 * gap)
    : `<path d="M${round(x - 2 * gap)} ${base}q${gap} 0 ${gap} ${-gap}V${y + gap}q0 ${-gap} ${gap} ${-gap}"/>`;

/** The part, or the empty line below it. */
export function optional(part: Figure): Figure {
  return choice([part, { width: 0, up: gap, down: gap, draw: () => '' }]);
}

/** The part at least once; the way back runs below it, through the separator. */
export function loop(part: Figure, separator?: Figure): Figure {
  const inner = Math.max(part.width, separator?.width ?? 0);
  const width = round(inner + 4 * gap);
  const depth = Math.max(2 * gap, part.down + (separator?.up ?? 0) + gap);
  return {
    width,
    up: part.up,
    down: depth + (separator?.down ?? 0),
    draw(x, y) {
      const base = y + depth;
      const left = round(x + 2 * gap);
      const right = round(left + inner);
      const through = separator ? separator.draw(left, base) : '';
      const from = round(left + (separator?.width ?? 0));
      return [
        line(x, y, 2 * gap),
        part.draw(left, y),
        line(round(left + part.width), y, round(x + width - left - part.width)),
        `<path d="M${right} ${y}q${gap} 0 ${gap} ${gap}V${base - gap}q0 ${gap} ${-gap} ${gap}H${from}"/>`,
        `<path d="M${left} ${y}q${-gap} 0 ${-gap} ${gap}V${base - gap}q0 ${gap} ${gap} ${gap}"/>`,
        through,
      ].join('');
    },
  };
}

/** A whole drawing. */
export function sketch(figure: Figure): string {
  const height = figure.up + figure.down + 4;
  return `<svg width="${figure.width + 4}" height="${height}" role="img">${figure.draw(2, figure.up + 2)}</svg>`;
}
