// Line differences of two texts: longest common subsequence after cutting off what is equal at both ends.

/**
 * @returns {Array<{kind: 'same'|'old'|'new', text: string, oldLine?: number, newLine?: number}>}
 */
export function diff(before, after) {
  const a = before.split('\n');
  const b = after.split('\n');
  let head = 0;
  while (head < a.length && head < b.length && a[head] === b[head]) head++;
  let tail = 0;
  while (tail < a.length - head && tail < b.length - head && a.at(-1 - tail) === b.at(-1 - tail)) tail++;

  const lines = [];
  const same = (i, j) => lines.push({ kind: 'same', text: a[i], oldLine: i + 1, newLine: j + 1 });
  const old = (i) => lines.push({ kind: 'old', text: a[i], oldLine: i + 1 });
  const fresh = (j) => lines.push({ kind: 'new', text: b[j], newLine: j + 1 });

  for (let i = 0; i < head; i++) same(i, i);
  const length = commonLengths(a.slice(head, a.length - tail), b.slice(head, b.length - tail));
  let i = head;
  let j = head;
  while (i < a.length - tail || j < b.length - tail) {
    if (i < a.length - tail && j < b.length - tail && a[i] === b[j]) same(i++, j++);
    else if (j >= b.length - tail || (i < a.length - tail && length(i - head + 1, j - head) >= length(i - head, j - head + 1))) old(i++);
    else fresh(j++);
  }
  for (; i < a.length; i++, j++) same(i, j);
  return lines;
}

/** Length of the longest common subsequence of a from i on and b from j on. */
function commonLengths(a, b) {
  const width = b.length + 1;
  const table = new Uint32Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      table[i * width + j] = a[i] === b[j] ? table[(i + 1) * width + j + 1] + 1
        : Math.max(table[(i + 1) * width + j], table[i * width + j + 1]);
    }
  }
  return (i, j) => table[i * width + j];
}

/** The same without the lines that are far from any change; a gap is {kind: 'gap', lines}. */
export function changesOnly(lines, context = 3) {
  const near = new Set();
  lines.forEach((line, index) => {
    if (line.kind === 'same') return;
    for (let i = index - context; i <= index + context; i++) near.add(i);
  });
  const kept = [];
  lines.forEach((line, index) => {
    const alone = near.has(index - 1) && near.has(index + 1);
    if (near.has(index) || alone) kept.push(line);
    else if (kept.at(-1)?.kind === 'gap') kept.at(-1).lines++;
    else kept.push({ kind: 'gap', lines: 1 });
  });
  return kept;
}
