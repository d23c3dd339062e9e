package io.sallyport.core.mask.detect;

import org.jspecify.annotations.Nullable;

/** Secrets that their issuers mark with a prefix: AWS_KEY, GITHUB_TOKEN, SLACK_TOKEN, STRIPE_KEY, GOOGLE_API_KEY. */
final class Tokens {
    private Tokens() {}

    /** The token that starts at {@code start}, where a word begins. */
    static @Nullable Finding at(String text, int start) {
        return switch (text.charAt(start)) {
            case 'A' -> text.startsWith("AIza", start) ? google(text, start) : aws(text, start);
            case 'g' -> github(text, start);
            case 'x' -> slack(text, start);
            case 'h' -> slackHook(text, start);
            case 'w' -> stripeHook(text, start);
            case 's', 'r' -> stripe(text, start);
            default -> null;
        };
    }

    private static @Nullable Finding aws(String text, int start) {
        boolean prefixed = text.startsWith("AKIA", start)
                || text.startsWith("ASIA", start)
                || text.startsWith("ABIA", start)
                || text.startsWith("ACCA", start);
        if (!prefixed || start + 20 > text.length() || Chars.isWord(Chars.at(text, start + 20))) {
            return null;
        }
        for (int i = start + 4; i < start + 20; i++) {
            char c = text.charAt(i);
            if (!(c >= 'A' && c <= 'Z') && !Chars.isDigit(c)) {
                return null;
            }
        }
        return finding("AWS_KEY", text, start, start + 4, start + 20);
    }

    private static @Nullable Finding google(String text, int start) {
        int end = Chars.endOfBase64Url(text, start);
        return end - start == 39 ? finding("GOOGLE_API_KEY", text, start, start + 4, end) : null;
    }

    private static @Nullable Finding github(String text, int start) {
        if (text.startsWith("github_pat_", start)) {
            int end = start + 11;
            while (end < text.length() && (Chars.isAsciiAlnum(text.charAt(end)) || text.charAt(end) == '_')) {
                end++;
            }
            boolean long82 = end - start == 93 && text.charAt(start + 33) == '_';
            return long82 ? finding("GITHUB_TOKEN", text, start, start + 11, end) : null;
        }
        boolean prefixed = text.startsWith("gh", start)
                && "pousr".indexOf(Chars.at(text, start + 2)) >= 0
                && Chars.at(text, start + 3) == '_';
        if (!prefixed) {
            return null;
        }
        int end = Chars.endOfAlnum(text, start + 4);
        int length = end - start - 4;
        boolean whole = length >= 36 && length <= 251 && Chars.at(text, end) != '_';
        return whole ? finding("GITHUB_TOKEN", text, start, start + 4, end) : null;
    }

    private static @Nullable Finding slack(String text, int start) {
        int body;
        if (text.startsWith("xapp-", start)) {
            body = start + 5;
        } else if (text.startsWith("xoxe.xox", start) && Chars.at(text, start + 9) == '-') {
            body = start + 10;
        } else if (text.startsWith("xox", start)
                && "abceoprsd".indexOf(Chars.at(text, start + 3)) >= 0
                && Chars.at(text, start + 4) == '-') {
            body = start + 5;
        } else {
            return null;
        }
        int end = body;
        boolean digit = false;
        while (end < text.length() && (Chars.isAsciiAlnum(text.charAt(end)) || text.charAt(end) == '-')) {
            digit |= Chars.isDigit(text.charAt(end));
            end++;
        }
        boolean whole = digit && end - body >= 20 && Chars.at(text, end) != '_';
        return whole ? finding("SLACK_TOKEN", text, start, body, end) : null;
    }

    /** Who knows the address of an incoming webhook can post: {@code hooks.slack.com/services/T…/B…/…}. */
    private static @Nullable Finding slackHook(String text, int start) {
        if (!text.startsWith("hooks.slack.com/", start)) {
            return null;
        }
        int body = start + "hooks.slack.com/".length();
        int end = body;
        int slashes = 0;
        while (end < text.length() && (Chars.isWord(text.charAt(end)) || text.charAt(end) == '/')) {
            slashes += text.charAt(end) == '/' ? 1 : 0;
            end++;
        }
        return slashes >= 3 && end - body >= 40 ? finding("SLACK_TOKEN", text, start, body, end) : null;
    }

    /** The secret that signs what Stripe sends. */
    private static @Nullable Finding stripeHook(String text, int start) {
        if (!text.startsWith("whsec_", start)) {
            return null;
        }
        int end = Chars.endOfAlnum(text, start + 6);
        boolean whole = end - start >= 30 && end - start <= 260 && Chars.at(text, end) != '_';
        return whole ? finding("STRIPE_KEY", text, start, start + 6, end) : null;
    }

    private static @Nullable Finding stripe(String text, int start) {
        boolean prefixed = Chars.at(text, start + 1) == 'k'
                && (text.startsWith("_live_", start + 2) || text.startsWith("_test_", start + 2));
        if (!prefixed) {
            return null;
        }
        int end = Chars.endOfAlnum(text, start + 8);
        boolean whole = end - start >= 24 && end - start <= 260 && Chars.at(text, end) != '_';
        return whole ? finding("STRIPE_KEY", text, start, start + 8, end) : null;
    }

    /** A body of one letter repeated ({@code ghp_xxxx…}) is a placeholder of some manual. */
    private static @Nullable Finding finding(String entity, String text, int start, int body, int end) {
        char first = Character.toLowerCase(text.charAt(body));
        for (int i = body + 1; i < end; i++) {
            char c = Character.toLowerCase(text.charAt(i));
            if (c != first && c != '-' && c != '_') {
                return new Finding(entity, start, end);
            }
        }
        return null;
    }

    private static boolean isBase64(char c) {
        return Chars.isAsciiAlnum(c) || c == '/' || c == '+';
    }

    /** AWS secret access keys have no prefix: forty characters of base64, of all classes, where the text speaks of AWS. */
    static @Nullable Finding awsSecret(String text, int start) {
        boolean lower = false;
        boolean upper = false;
        boolean digit = false;
        int i = start;
        for (; i < text.length() && i - start <= 40; i++) {
            char c = text.charAt(i);
            lower |= c >= 'a' && c <= 'z';
            upper |= c >= 'A' && c <= 'Z';
            digit |= Chars.isDigit(c);
            if (!isBase64(c)) {
                break;
            }
        }
        char next = Chars.at(text, i);
        boolean whole = i - start == 40 && !Chars.isWord(next) && next != '=' && next != '-';
        return whole && lower && upper && digit ? new Finding("AWS_KEY", start, i) : null;
    }
}
