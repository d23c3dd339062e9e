package io.sallyport.core.sql.facts;

/** Regular expressions that leave no text out. */
final class RegularExpressions {

    private RegularExpressions() {}

    /**
     * Whether {@code pattern} is found in every text, as far as one pass without a stack can tell: each part of it may be left out, and no more than
     * one end is held, or what is between both is anything.
     */
    static boolean findInAll(String pattern) {
        int to = pattern.length();
        boolean begins = pattern.startsWith("^");
        int i = begins ? 1 : 0;
        boolean ends = to > i && pattern.charAt(to - 1) == '$' && !(to > 1 && pattern.charAt(to - 2) == '\\');
        to -= ends ? 1 : 0;
        boolean anything = true;
        while (i < to) {
            int after = behindPart(pattern, i, to);
            if (after < 0 || after >= to || "*?".indexOf(pattern.charAt(after)) < 0) {
                return false;
            }
            anything &= pattern.startsWith(".*", i);
            i = after + 1;
            if (i < to && "?+".indexOf(pattern.charAt(i)) >= 0) {
                // Reluctant or possessive.
                i++;
            }
        }
        return anything || !(begins && ends);
    }

    /** Index behind the one character, class or escape at {@code i}; negative where something else stands there. */
    private static int behindPart(String pattern, int i, int to) {
        return switch (pattern.charAt(i)) {
            case '[' -> {
                int close = pattern.indexOf(']', i + 2);
                boolean nested = close >= 0 && pattern.lastIndexOf('[', close) > i;
                yield close < 0 || close >= to || nested ? -1 : close + 1;
            }
            case '\\' -> i + 2;
            case '(' -> {
                int close = pattern.indexOf(')', i);
                boolean nested = close < 0 || pattern.lastIndexOf('(', close) > i || pattern.charAt(close - 1) == '\\';
                yield nested || close >= to || pattern.substring(i, close).contains("[") ? -1 : close + 1;
            }
            case ')', '|', '{', '}', '*', '+', '?', '^', '$' -> -1;
            default -> i + 1;
        };
    }
}
