package io.sallyport.core.record.credential;

/** Tokens and keys that are known by how they begin. Allocates nothing. */
final class KnownTokens {

    private static final int SHORTEST = 20;
    private static final int SHORTEST_VAGUE = 16;
    private static final int FEWEST_DIGITS_OF_BOT = 5;
    private static final String PEM = "-----BEGIN ";
    private static final String PEM_END = "-----END ";
    private static final String DASHES = "-----";
    private static final String PUTTY = "PuTTY-User-Key-File-";

    private static final String[] NONE = {};
    private static final String[] A = {"AKIA", "ASIA", "AIza"};
    private static final String[] D = {
        "dckr_pat_", "dckr_oat_", "discord.com/api/webhooks/", "discordapp.com/api/webhooks/", "dop_v1_"
    };
    private static final String[] E = {"eyJ"};
    private static final String[] G = {"ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_", "glpat-"};
    private static final String[] H = {"hf_", "hooks.slack.com/services/"};
    private static final String[] N = {"npm_"};
    private static final String[] P = {PUTTY};
    private static final String[] PY = {"pypi-"};
    private static final String[] R = {"rk_live_", "rk_test_"};
    private static final String[] S = {"sk_live_", "sk_test_", "sk-", "shpat_", "shpss_", "shpca_", "shppa_"};
    private static final String[] SG = {"SG."};
    private static final String[] W = {"whsec_"};
    private static final String[] X = {"xoxa-", "xoxb-", "xoxe-", "xoxp-", "xoxr-", "xoxs-", "xapp-"};
    private static final String[] YA = {"ya29."};
    private static final String[] KEY_FILES = {PEM};

    private KnownTokens() {}

    /** Where the secret of a token begins that stands at a place; -1 where none does. */
    static int begin(String text, int at) {
        String[] beginnings = beginnings(text.charAt(at));
        if (beginnings.length == 0
                || text.length() - at < SHORTEST
                // A key file may begin behind an escaped line break: backslash, n.
                || at > 0 && text.charAt(at) != '-' && Character.isLetterOrDigit(text.charAt(at - 1))) {
            return -1;
        }
        for (String beginning : beginnings) {
            if (text.startsWith(beginning, at)) {
                int behind = at + beginning.length();
                return beginning.endsWith("/") ? behind : !isVague(beginning) || isRandom(text, behind) ? at : -1;
            }
        }
        return -1;
    }

    /** Whether a token that is known may begin with that character. */
    static boolean mayBegin(char c) {
        return beginnings(c).length > 0;
    }

    /** Of what goes on over lines, where it is over; -1 for a token. */
    static int endOfKeyFile(String text, int start) {
        if (text.startsWith(PUTTY, start)) {
            return text.length();
        }
        if (!text.startsWith(PEM, start)) {
            return -1;
        }
        int last = text.indexOf(PEM_END, start);
        int end = last < 0 ? -1 : text.indexOf(DASHES, last + PEM_END.length());
        return end < 0 ? text.length() : end + DASHES.length();
    }

    /** {@code bot123456:AAH…} and {@code 123456:AAH…}, of Telegram. */
    static boolean isOfBot(String text, int colon) {
        int start = colon;
        while (start > 0 && isDigit(text.charAt(start - 1))) {
            start--;
        }
        return colon - start >= FEWEST_DIGITS_OF_BOT
                && (text.regionMatches(start - 3, "bot", 0, 3)
                        || text.startsWith("AA", colon + 1) && run(text, colon + 1) - colon > SHORTEST_VAGUE);
    }

    private static String[] beginnings(char c) {
        return switch (c) {
            case 'A' -> A;
            case 'd' -> D;
            case 'e' -> E;
            case 'g' -> G;
            case 'h' -> H;
            case 'n' -> N;
            case 'P' -> P;
            case 'p' -> PY;
            case 'r' -> R;
            case 's' -> S;
            case 'S' -> SG;
            case 'w' -> W;
            case 'x' -> X;
            case 'y' -> YA;
            case '-' -> KEY_FILES;
            default -> NONE;
        };
    }

    /** Whether names of other things begin so too ({@code npm_config_registry}). */
    private static boolean isVague(String beginning) {
        return switch (beginning) {
            case "hf_", "npm_", "SG.", "pypi-" -> true;
            default -> false;
        };
    }

    private static boolean isRandom(String text, int from) {
        int end = run(text, from);
        boolean digit = false;
        boolean upper = false;
        boolean lower = false;
        for (int i = from; i < end; i++) {
            char c = text.charAt(i);
            digit |= isDigit(c);
            upper |= c >= 'A' && c <= 'Z';
            lower |= c >= 'a' && c <= 'z';
        }
        return end - from >= SHORTEST_VAGUE && (digit || upper && lower);
    }

    private static int run(String text, int from) {
        int end = from;
        while (end < text.length()
                && text.charAt(end) < 128
                && (Character.isLetterOrDigit(text.charAt(end)) || "_-.".indexOf(text.charAt(end)) >= 0)) {
            end++;
        }
        return end;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
