// A value that tells its readers when it changes: the only shared state of the dashboard.
import { useEffect, useState } from './view.js';

export function cell(initial) {
  let value = initial;
  const readers = new Set();
  return {
    get: () => value,
    set(next) {
      const now = typeof next === 'function' ? next(value) : next;
      if (Object.is(now, value)) return;
      value = now;
      [...readers].forEach((reader) => reader(now));
    },
    subscribe(reader) {
      readers.add(reader);
      return () => readers.delete(reader);
    },
  };
}

/** The cell's value; the component is drawn again when it changes. */
export function useCell(source) {
  const [value, setValue] = useState(source.get());
  useEffect(() => {
    setValue(() => source.get());
    return source.subscribe((next) => setValue(() => next));
  }, [source]);
  return value;
}
