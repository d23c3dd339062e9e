// The one place that names the view library. Values in templates become text nodes or attributes, never markup.
export {
  html, render, h, useState, useEffect, useLayoutEffect, useRef, useMemo, useCallback, useErrorBoundary,
} from '../vendor/htm-preact-3.1.1.js';
